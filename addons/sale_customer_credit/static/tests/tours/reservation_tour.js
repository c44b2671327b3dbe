import { registry } from "@web/core/registry";

const dialog = ".modal:not(.o_inactive_modal)";
const reserved = "div[name=credit_reservation_ids] .o_data_row";
const openCredits = {
    content: "What is reserved for the order",
    trigger: "a[name=customer_credits]",
    run: "click",
};
const discard = [
    { trigger: `${dialog} .modal-footer button:contains(Discard)`, run: "click" },
    { trigger: "body:not(:has(.modal))" },
];
const changeCustomer = [
    {
        content: "The order goes to another customer",
        trigger: "div[name=partner_id] input",
        run: "edit Another Library",
    },
    { trigger: ".o-autocomplete--dropdown-item:contains(Another Library)", run: "click" },
    {
        content: "What that frees is said at once",
        trigger: "div[name=credit_release_note]:contains(250.00)",
    },
    { content: "Save", trigger: ".o_form_button_save", run: "click" },
];

registry.category("web_tour.tours").add("sale_customer_credit_reserve", {
    steps: () => [
        {
            content: "The customer has a credit: use it",
            trigger: "button[name=action_use_credit]",
            run: "click",
        },
        { trigger: `${dialog} td[name=amount]:contains(250.00)` },
        { content: "Reserve", trigger: `${dialog} button[name=action_reserve]`, run: "click" },
        { trigger: "body:not(:has(.modal))" },
        openCredits,
        { trigger: `${reserved} td[name=amount_open]:contains(250.00)` },
        ...changeCustomer,
        {
            content: "The question; no",
            trigger: `${dialog} .modal-body:contains(250.00)`,
        },
        { trigger: `${dialog} button:contains(Go Back)`, run: "click" },
        {
            content: "Nothing is saved, and the change is still there to take back",
            trigger: "body:not(:has(.modal)) div[name=credit_release_note]:contains(250.00)",
        },
        { trigger: ".o_form_button_cancel", run: "click" },
        { trigger: ".o_form_saved, body:not(:has(div[name=credit_release_note] .o_field_widget))" },
        openCredits,
        { trigger: `${reserved} td[name=state]:contains(Reserved)` },
        ...changeCustomer,
        { content: "Yes", trigger: `${dialog} button:contains(Save and Release)`, run: "click" },
        {
            content: "It is free",
            trigger: ".o-mail-Message:contains(No longer reserved)",
        },
    ],
});

registry.category("web_tour.tours").add("sale_customer_credit_lower_and_release", {
    steps: () => [
        openCredits,
        { trigger: `${reserved} td[name=amount_open]:contains(900.00)` },
        { content: "Back to the lines", trigger: "a[name=order_lines]", run: "click" },
        {
            content: "Only three desks after all",
            trigger: "div[name=order_line] td[name=product_uom_qty]",
            run: "click",
        },
        { trigger: "div[name=order_line] td[name=product_uom_qty] input", run: "edit 3" },
        {
            content: "Leave the cell",
            trigger: "div[name=order_line] td[name=price_unit]",
            run: "click",
        },
        {
            content: "The order says at once that more is reserved than it can use",
            trigger: "div[name=credit_note]:contains(only $ 300.00)",
        },
        { content: "Save", trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved" },
        openCredits,
        {
            content: "Release it",
            trigger: "button[name=action_release_credits]",
            run: "click",
        },
        { trigger: `${reserved} td[name=state]:contains(Released)` },
        { trigger: "body:not(:has(div[name=credit_note] .o_field_widget))" },
    ],
});

registry.category("web_tour.tours").add("sale_customer_credit_reserved_elsewhere", {
    steps: () => [
        {
            content: "In core's list of outstanding items",
            trigger: ".outstanding_reserved:contains(200.00 for)",
        },
        {
            content: "In Apply Credit, and not proposed",
            trigger: "button[name=action_apply_credit]",
            run: "click",
        },
        { trigger: `${dialog} div[name=credit_line_ids] td[name=reserved]:contains(200.00)` },
        { trigger: `${dialog} div[name=credit_line_ids] td[name=amount]:contains(50.00)` },
        ...discard,
        { content: "In Pay", trigger: "button[name=action_register_payment]", run: "click" },
        { trigger: `${dialog} div[name=credit_line_ids] td[name=reserved]:contains(200.00)` },
        ...discard,
        {
            content: "On the credit",
            trigger: ".outstanding_reserved:contains(200.00 for)",
        },
        { trigger: "a.open_account_move", run: "click" },
        { trigger: "div[name=credit_reserved]:contains(200.00 for)" },
        { content: "In Refund", trigger: "button[name=action_refund_credit]", run: "click" },
        { trigger: `${dialog} div[name=line_ids] td[name=reserved]:contains(200.00)` },
        {
            content: "All of it all the same",
            trigger: `${dialog} div[name=line_ids] td[name=amount]:contains(50.00)`,
            run: "click",
        },
        { trigger: `${dialog} div[name=line_ids] td[name=amount] input`, run: "edit 250.00" },
        { trigger: `${dialog} div[name=memo] input`, run: "edit Sent back" },
        { trigger: `${dialog} div[name=amount]:contains(250.00)` },
        { trigger: `${dialog} button[name=action_refund]`, run: "click" },
        { content: "The payment", trigger: "body:not(:has(.modal)) div[name=memo] input:value(Sent back)" },
    ],
});

registry.category("web_tour.tours").add("sale_customer_credit_own_invoice", {
    steps: () => [
        {
            content: "What could not be taken is said on the invoice",
            trigger: ".o-mail-Message:contains(could not be applied)",
        },
        {
            content: "The hold has ended: apply what the order reserved",
            trigger: "button[name=action_apply_credit]",
            run: "click",
        },
        { trigger: `${dialog} div[name=credit_line_ids] td[name=amount]:contains(250.00)` },
        { trigger: `${dialog} button[name=action_apply]`, run: "click" },
        { trigger: "body:not(:has(.modal)) div[name=amount_residual]:contains(750.00)" },
    ],
});
