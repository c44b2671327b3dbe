import { registry } from "@web/core/registry";
import { dialog, form, inDialog, picture, tab } from "@account_receivable/../tests/tours/picture";

const credits = `${dialog} div[name=credit_line_ids] td[name=amount]`;
const invoices = `${dialog} div[name=invoice_line_ids] td[name=amount]`;
const enter = (cell, amount) => [
    { trigger: `${cell}:contains(150.00)`, run: "click" },
    { trigger: `${cell} input`, run: `edit ${amount}` },
];
const applications = "div[name=receivable_application_ids]";

registry.category("web_tour.tours").add("guide_apply_credit", {
    steps: () => [
        {
            content: "Apply Credit",
            trigger: "button[name=action_apply_credit]",
            run: "click",
        },
        { trigger: `${dialog} div[name=difference]:contains(0.00)` },
        ...enter(credits, "100.00"),
        ...enter(invoices, "100.00"),
        {
            trigger: `${dialog} div[name=reason] input`,
            run: "edit Agreed with the library",
        },
        { trigger: `${dialog} div[name=credit_total]:contains(100.00)` },
        { trigger: `${dialog} div[name=difference]:contains(0.00)` },
        picture("apply_dialog", [inDialog], {
            marks: [credits, `${dialog} div[name=invoice_line_ids] tr:first-child td[name=amount]`],
        }),
        { trigger: `${dialog} button[name=action_apply]`, run: "click" },
        { trigger: "body:not(:has(.modal)) div[name=credit_remaining]:contains(50.00)" },
        tab("receivable_applications"),
        picture("applications_tab", form, { marks: [`${applications} button[name=action_unapply]`] }),
        { trigger: `${applications} button[name=action_unapply]`, run: "click" },
        { trigger: `${dialog} div[name=reason] input`, run: "edit The other invoice was meant" },
        picture("unapply_dialog", [inDialog]),
        { trigger: `${dialog} button[name=action_unapply]`, run: "click" },
        { trigger: "body:not(:has(.modal)) div[name=credit_remaining]:contains(150.00)" },
        { trigger: `${applications} .o_data_row:contains(The other invoice was meant)` },
    ],
});
