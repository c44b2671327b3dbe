import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { action, back, click, dialog, form, header, list, loadedAgain, lookAndDiscard, noDialog, select, tab } from "./steps";

const tours = registry.category("web_tour.tours");
const used = (side, amount) => ({
    trigger: `${dialog} div[name=${side}_line_ids] td[name=amount]:contains(${amount})`,
});

tours.add("account_customer_credit_document_list", {
    steps: () => [
        ...lookAndDiscard(header("Issue Credit"), "div[name=amount]"),
        select("-250.00"),
        ...action("Apply Credits"),
        used("credit", "250.00"),
        click(`${dialog} button[name=action_clear]`),
        { trigger: `${dialog} div[name=credit_line_ids] td[name=amount]:not(:contains(250.00))` },
        click(`${dialog} button[name=action_propose_oldest]`, "The older invoice"),
        { trigger: `${dialog} .o_data_row:contains(May 1) td[name=amount]:contains(250.00)` },
        click(`${dialog} button[name=action_propose_due]`, "The one that is due first"),
        { trigger: `${dialog} .o_data_row:contains(800.00) td[name=amount]:contains(250.00)` },
        click(`${dialog} footer button[special=cancel]`, "Discard"),
        noDialog,
        loadedAgain,
        select("-250.00"),
        ...action("Refund Credits"),
        { trigger: `${dialog} div[name=line_ids] td[name=amount]:contains(250.00)` },
        click(`${dialog} footer button[special=cancel]`, "Discard"),
        noDialog,
    ],
});

tours.add("account_customer_credit_document_write_off", {
    steps: () => [
        select("-2.00"),
        ...lookAndDiscard(header("Write Off"), "div[name=move_ids] .o_data_row"),
    ],
});

tours.add("account_customer_credit_hold", {
    steps: () => [
        click("div[name=customer_credit_outstanding] a[href='#outstanding']"),
        ...lookAndDiscard(`${form} button:contains(Put on Hold)`, "div[name=note]"),
        click(`${form} button:contains(Put on Hold)`),
        {
            trigger: `${dialog} div[name=note] input, ${dialog} div[name=note] textarea`,
            run: "edit They check the delivery",
        },
        click(`${dialog} button[name=action_hold]`),
        { trigger: "body:not(:has(.modal)) div[name=customer_credit_on_hold]:contains(They check)" },
        click("div[name=customer_credit_on_hold] button[name=action_release_credits]"),
        { trigger: `${form}:not(:has(div[name=customer_credit_on_hold]))` },
        tab("receivable_applications"),
        ...lookAndDiscard(
            "div[name=receivable_application_ids] button[name=action_unapply]",
            "div[name=reason]"
        ),
        click("div[name=receivable_application_ids] button[name=action_open_document]"),
        { content: "The invoice", trigger: "div[name=amount_residual]:contains(900.00)" },
    ],
});

tours.add("account_customer_credit_adjust_draft", {
    steps: () => [
        ...lookAndDiscard("button[name=action_adjust]", "div[name=amount_total]"),
        click("button[name=action_adjust]"),
        click(`${dialog} button[name=action_adjust_all]:contains(Return All)`),
        { trigger: `${dialog} .o_data_row td[name=quantity]:not(:contains(/^0/))` },
        click(`${dialog} button[name=action_create_draft]`),
        { trigger: "body:not(:has(.modal)) .oe_title:contains(Draft)" },
        { trigger: "button[name=action_open_adjusted_invoice]" },
    ],
});

tours.add("account_customer_credit_ask_for_approval", {
    steps: () => [
        click("button[name=action_request_credit_approval]"),
        { content: "Somebody is asked", trigger: ".o-mail-Activity" },
    ],
});

const decline = ".o_form_statusbar button:contains(Decline)";
tours.add("account_customer_credit_declined", {
    steps: () => [
        ...lookAndDiscard(decline, "div[name=reason]"),
        click(decline),
        { trigger: `${dialog} div[name=reason] input`, run: "edit The desks were not returned" },
        click(`${dialog} button[name=action_decline]`),
        noDialog,
        { content: "It waits no more", trigger: `${form}:not(:has(div[name=customer_credit_waits_for_approval]))` },
    ],
});

/** Write another price by RPC, behind the open form. */
const editedElsewhere = (price) => ({
    content: `Somebody makes it ${price}`,
    trigger: `${form} button[name=action_approve_credit]`,
    run: async () => {
        const id = Number(window.location.pathname.split("/").at(-1));
        const call = (model, method, args) =>
            rpc(`/web/dataset/call_kw/${model}/${method}`, { model, method, args, kwargs: {} });
        const [move] = await call("account.move", "read", [[id], ["invoice_line_ids"]]);
        await call("account.move.line", "write", [move.invoice_line_ids, { price_unit: price }]);
    },
});
const total = (amount) => ({ trigger: `${form} div[name=tax_totals]:contains(${amount})` });
const refusedAndShown = (amount) => [
    click("button[name=action_approve_credit]"),
    { trigger: `${dialog}:contains(has changed since you opened it)` },
    click(`${dialog} footer button`, "Close"),
    noDialog,
    total(amount),
];

tours.add("account_customer_credit_approve_what_is_seen", {
    steps: () => [
        total("100.00"),
        editedElsewhere(-900.0),
        total("100.00"),
        ...refusedAndShown("900.00"),
        editedElsewhere(-5000.0),
        {
            content: "An edit of one's own, which the button saves first",
            trigger: "div[name=title] input",
            run: "edit Spring promotion",
        },
        ...refusedAndShown("5,000.00"),
        click("button[name=action_approve_credit]"),
        { trigger: "div[name=credit_approver_id]:contains(controls)" },
    ],
});

tours.add("account_customer_credit_reentered", {
    steps: () => [
        click("button[name=action_reverse]"),
        click(`${dialog} button[name=modify_moves]`, "Reverse and Re-enter"),
        noDialog,
        { trigger: `${form} .o_form_statusbar button[name=action_post]` },
        total("250.00"),
    ],
});

tours.add("account_customer_credit_payment_kept", {
    steps: () => [
        ...lookAndDiscard("button[name=action_apply_credit]", "div[name=invoice_line_ids]"),
        click("button[name=action_keep_as_credit]"),
        { trigger: "div[name=credit_remaining]:contains(80.00)" },
        back,
        click("button[name=action_open_overpayment_credits]:contains(1)"),
        { trigger: "div[name=credit_remaining]:contains(80.00)" },
    ],
});

tours.add("account_customer_credit_entry_kept", {
    steps: () => [
        click("button[name=action_keep_as_credit]"),
        { trigger: "div[name=credit_remaining]:contains(80.00)" },
    ],
});

tours.add("account_customer_credit_open_credit_list", {
    steps: () => [
        select("-250.00"),
        click(header("Assign to Me")),
        { trigger: `${list} .o_data_row:contains(-250.00) td[name=credit_owner_id]:contains(controls)` },
        select("-250.00"),
        click(header("Release")),
        { trigger: `${list} .o_data_row:contains(-250.00):not(:has(.text-muted))` },
        { trigger: `${list} .o_data_row:contains(-250.00) td[name=customer_open_invoices]:contains(100.00)` },
        select("-250.00"),
        ...lookAndDiscard(header("Apply"), "div[name=invoice_line_ids] .o_data_row"),
        select("-250.00"),
        ...lookAndDiscard(header("Refund"), "div[name=line_ids] .o_data_row"),
        select("-2.00"),
        ...lookAndDiscard(header("Write Off"), "div[name=move_ids] .o_data_row"),
    ],
});
