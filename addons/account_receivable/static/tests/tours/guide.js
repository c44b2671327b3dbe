import { registry } from "@web/core/registry";
import { dialog, form, inDialog, list, openActivityStatement, picture, tab, wholeForm } from "./picture";

const applications = "div[name=receivable_application_ids]";
const settings = ".o_settings_container:has(> #receivable_aging_limits)";
const heading = "h2:has(+ .o_settings_container > #receivable_aging_limits)";
const group = (text) => `.o_group_header:contains(${text})`;

registry.category("web_tour.tours").add("guide_receivables_apply", {
    steps: () => [
        tab("finance_accounting"),
        { trigger: "button[name=action_open_ar_balance]:contains(1,050.00)" },
        picture("receivables_customer", wholeForm),
        {
            content: "Every figure opens what it sums",
            trigger: "button[name=action_open_ar_open_credits]",
            run: "click",
        },
        { trigger: ".o_list_view .o_data_row:contains(RINV/2023/00004)" },
        {
            content: "Back to the customer",
            trigger: ".o_breadcrumb .breadcrumb-item:last-of-type a:contains(Oakwood)",
            run: "click",
        },
        tab("finance_accounting"),
        {
            content: "Apply the payment to the oldest invoice",
            trigger: "div[name=ar_actions] button[name=action_apply_credit]",
            run: "click",
        },
        {
            trigger: `${dialog} div[name=credit_line_ids] .o_data_row:contains(RINV) td[name=amount]`,
            run: "click",
        },
        {
            trigger: `${dialog} div[name=credit_line_ids] td[name=amount] input`,
            run: "edit 0.00",
        },
        {
            trigger: `${dialog} div[name=invoice_line_ids] .o_data_row:first-child td[name=amount]`,
            run: "click",
        },
        {
            trigger: `${dialog} div[name=invoice_line_ids] td[name=amount] input`,
            run: "edit 1000.00",
        },
        { trigger: `${dialog} div[name=reason] input`, run: "edit Named in the transfer" },
        { trigger: `${dialog} div[name=difference]:contains(0.00)` },
        picture("receivables_apply", [inDialog]),
        { trigger: `${dialog} button[name=action_apply]`, run: "click" },
        { trigger: "body:not(:has(.modal)) .o_form_view" },
    ],
});

registry.category("web_tour.tours").add("guide_receivables_unapply", {
    steps: () => [
        tab("receivable_applications"),
        picture("receivables_invoice", form, {
            marks: [`${applications} button[name=action_unapply]`],
        }),
        { trigger: `${applications} button[name=action_unapply]`, run: "click" },
        { trigger: `${dialog} div[name=reason] input`, run: "edit Meant for another invoice" },
        { trigger: `${dialog} button[name=action_unapply]`, run: "click" },
        {
            trigger: `body:not(:has(.modal)) ${applications} .o_data_row:contains(Meant for another)`,
        },
    ],
});

registry.category("web_tour.tours").add("guide_receivables_aging", {
    steps: () => [
        { content: "Its items", trigger: group("Oakwood Interiors"), run: "click" },
        { trigger: ".o_data_row:contains(INV/2023/00052)" },
        picture("receivables_aging", list),
        { trigger: ".o_control_panel button[name=action_choose]", run: "click" },
        { trigger: `${dialog} button[name=action_show]`, run: "click" },
        {
            trigger: `body:not(:has(.modal)) ${group("Brightwater School")}:contains(480.00)`,
        },
    ],
});

registry.category("web_tour.tours").add("guide_receivables_tie_out", {
    steps: () => [
        { trigger: ".o_group_header", run: "click" },
        { trigger: ".o_data_row:contains(Oakwood Interiors):not(.text-danger)" },
        picture("receivables_tie_out", list),
    ],
});

registry.category("web_tour.tours").add("guide_receivables_statement", {
    steps: () => [
        ...openActivityStatement,
        picture("receivables_statement", [inDialog]),
        { trigger: `${dialog} button[name=action_send]`, run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

registry.category("web_tour.tours").add("guide_receivables_settings", {
    steps: () => [
        {
            content: "Settings > Receivables",
            trigger: heading,
            run() {
                this.anchor.scrollIntoView();
            },
        },
        picture("receivables_settings", [settings, heading], {
            trigger: "#receivable_tie_out_check",
        }),
    ],
});
