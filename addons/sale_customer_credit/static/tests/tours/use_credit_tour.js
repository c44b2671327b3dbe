import { registry } from "@web/core/registry";

const dialog = ".modal:not(.o_inactive_modal)";
const useCredit = {
    content: "Use Credit",
    trigger: "button[name=action_use_credit]",
    run: "click",
};

registry.category("web_tour.tours").add("sale_customer_credit_use_credit", {
    steps: () => [
        useCredit,
        { trigger: `${dialog} div[name=line_ids] td[name=amount]:contains(250.00)` },
        {
            content: "Not now",
            trigger: `${dialog} footer button[special=cancel]`,
            run: "click",
        },
        { trigger: "body:not(:has(.modal))" },
        useCredit,
        {
            content: "All of the credit is proposed",
            trigger: `${dialog} div[name=line_ids] td[name=amount]:contains(250.00)`,
        },
        { trigger: `${dialog} button[name=action_reserve]`, run: "click" },
        { trigger: "body:not(:has(.modal)) .o_notification:contains(Reserved for)" },
        { content: "The totals", trigger: ".credit_reserved:contains(-250.00)" },
        { trigger: ".credit_left_to_pay:contains(750.00)" },
        {
            content: "Nothing more to use",
            trigger: "body:not(:has(button[name=action_use_credit]))",
        },
        { trigger: "a.nav-link[name=customer_credits]", run: "click" },
        { trigger: "div[name=credit_reserved]:contains(250.00)" },
        {
            content: "Release it again",
            trigger: "div[name=credit_reservation_ids] button[name=action_release]",
            run: "click",
        },
        { trigger: "div[name=credit_reserved]:contains(0.00):not(:contains(250.00))" },
        { trigger: "div[name=credit_reservation_ids] .o_data_row:contains(Released)" },
        { trigger: ".o_notification:contains(Other orders can use it now)" },
        { trigger: "div[name=credit_available]:contains(250.00 credit is available)" },
    ],
});

registry.category("web_tour.tours").add("sale_customer_credit_new_quotation", {
    steps: () => [
        { content: "A new quotation", trigger: ".o_list_button_add", run: "click" },
        { trigger: "div[name=partner_id] input", run: "edit Ashton Public Library" },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Ashton Public Library)",
            run: "click",
        },
        {
            content: "The customer's credit, before anything else is entered",
            trigger: "div[name=credit_available]:contains(250.00 credit is available. Add a product)",
        },
        {
            content: "A product",
            trigger: "div[name=order_line] .o_field_x2many_list_row_add :contains(Add a product)",
            run: "click",
        },
        {
            trigger: "div[name=order_line] .o_selected_row td[name^=product] input",
            run: "edit School desk",
        },
        { trigger: ".o-autocomplete--dropdown-item:contains(School desk)", run: "click" },
        { ...useCredit, content: "Use it; that saves the quotation" },
        { trigger: `${dialog} div[name=line_ids] td[name=amount]:contains(100.00)` },
        { trigger: `${dialog} button[name=action_reserve]`, run: "click" },
        { trigger: "body:not(:has(.modal)) .credit_left_to_pay:contains(0.00)" },
        { content: "Back to the list", trigger: ".o_back_button a, .breadcrumb-item a", run: "click" },
        {
            content: "The orders that can use a credit",
            trigger: ".o_searchview_dropdown_toggler",
            run: "click",
        },
        {
            trigger: ".o_filter_menu .o_menu_item:contains(Credit Available)",
            run: "click",
        },
        { trigger: "td[name=credit_available]:contains(150.00)" },
        { trigger: "body:not(:has(.o_data_row:contains(Berwick School)))" },
    ],
});

registry.category("web_tour.tours").add("sale_customer_credit_customer", {
    steps: () => [
        {
            content: "What is available",
            trigger: "button[name=action_view_sale_open_credits]:contains(250.00)",
            run: "click",
        },
        { trigger: ".o_data_row td[name=available]:contains(250.00)" },
    ],
});
