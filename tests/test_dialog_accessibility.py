"""Each dialog with the keyboard alone, with a name for every field, and on a telephone."""

from .common_dialogs import DialogsCommon
from .common_keyboard import KeyboardCommon

DIALOGS = (
    "account.customer.credit.issue",
    "account.receivable.apply",
    "account.customer.credit.refund",
    "account.customer.credit.decline",
    "account.customer.credit.hold",
    "account.customer.statement.create",
    "account.invoice.adjust",
    "account.payment.register",
    "account.receivable.aging.print",
    "account.receivable.tie.out.print",
    "account.receivable.unapply",
    "account.receivable.write.off",
)

OPEN = """
const wrong = [];
const services = odoo.__WOWL_DEBUG__.root.env.services;
for (const action of actions) {
    const dialog = action.res_model;
    services.action.doAction(action);
    const modal = await until(dialog, () => document.querySelector(".modal .modal-footer button"))
        && document.querySelector(".modal .modal-content");
    await until("its fields", () => modal.querySelector(".o_form_renderer .o_field_widget"));
    const isShown = (node) => node.getClientRects().length > 0;
    const fields = [...modal.querySelectorAll(".o_field_widget:not(.o_readonly_modifier)")]
        .filter((node) => isShown(node) && node.querySelector("input, textarea, button, a"))
        .filter((node) => !node.parentElement.closest("td"));
"""
CLOSE = """
    await press("Escape");
    await until(dialog + " to close", () => !document.querySelector(".modal"));
}
if (wrong.length) {
    throw new Error(wrong.join("\\n"));
}
"""
KEYBOARD = (
    OPEN
    + """
    const buttons = [...modal.querySelectorAll(".modal-footer button")].filter(isShown);
    const wanted = new Set([...fields, ...buttons]);
    for (let turn = 0; turn < 60 && wanted.size; turn++) {
        await press("Tab");
        if (!modal.contains(document.activeElement)) {
            wrong.push(dialog + ": the focus leaves the dialog");
            break;
        }
        for (const node of [...wanted]) {
            if (node.contains(document.activeElement)) {
                wanted.delete(node);
            }
        }
    }
    if (wanted.size) {
        const names = [...wanted].map((node) => node.getAttribute("name") || node.textContent);
        wrong.push(dialog + ": the keyboard does not reach " + names);
    }
"""
    + CLOSE
)
NAMES = (
    OPEN
    + """
    const named = (node) =>
        node.getAttribute("aria-label") || node.getAttribute("placeholder") || node.title
        || (node.id && document.querySelector(`label[for="${node.id}"]`)?.textContent.trim())
        || node.closest("label, [role=radiogroup]")?.textContent.trim();
    for (const field of fields) {
        for (const input of field.querySelectorAll("input, textarea, select")) {
            if (isShown(input) && !field.closest("table") && !field.querySelector("table")
                && !named(input)) {
                wrong.push(`${dialog}: ${field.getAttribute("name")} has no name`);
            }
        }
    }
    const reached = modal.querySelectorAll("button:not([tabindex='-1'])");
    for (const button of [...reached].filter(isShown)) {
        if (!button.textContent.trim() && !named(button)) {
            wrong.push(`${dialog}: a button without a name: ${button.outerHTML}`);
        }
    }
    for (const table of modal.querySelectorAll("table.o_list_table")) {
        for (const cell of table.querySelectorAll("td.o_list_number")) {
            if (!["right", "end"].includes(getComputedStyle(cell).textAlign)) {
                wrong.push(`${dialog}: ${cell.getAttribute("name")} is not aligned`);
            }
        }
    }
"""
    + CLOSE
)
WIDTH = (
    OPEN
    + """
    const body = modal.querySelector(".modal-body");
    for (const node of [document.documentElement, body]) {
        if (node.scrollWidth > node.clientWidth + 1) {
            wrong.push(`${dialog}: ${node.scrollWidth} wide on ${node.clientWidth}`);
        }
    }
    (modal.querySelector(".btn-close, .oi-arrow-left, .o_form_button_cancel")
        || modal.querySelector(".modal-footer .btn-secondary")).click();
    await until(dialog + " to close", () => !document.querySelector(".modal"));
}
if (wrong.length) {
    throw new Error(wrong.join("\\n"));
}
"""
)


class DialogCommon(DialogsCommon, KeyboardCommon):
    def play(self, script):
        actions = [
            {
                "type": "ir.actions.act_window",
                "res_model": model,
                "res_id": self.dialog("admin", model).id,
                "views": [[False, "form"]],
                "target": "new",
            }
            for model in DIALOGS
        ]
        self.run_script(script, self.roles["admin"].login, actions=actions)


class TestDialogAccessibility(DialogCommon):
    def test_the_keyboard_reaches_every_field_and_button(self):
        self.play(KEYBOARD)

    def test_every_field_and_button_has_a_name(self):
        self.play(NAMES)


class TestDialogOnATelephone(DialogCommon):
    browser_size = "375x667"
    touch_enabled = True

    def test_no_dialog_is_wider_than_the_screen(self):
        self.play(WIDTH)
