import { registry } from "@web/core/registry";

const figure = (name) => `div[name=ar_figures] button[name=action_open_${name}]`;
const backToCustomer = {
    content: "Go back to the customer",
    trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item:last-of-type a",
    run: "click",
};

registry.category("web_tour.tours").add("account_customer_credit_customer_account", {
    steps: () => [
        {
            content: "Open the tab",
            trigger: "a[name=finance_accounting]",
            run: "click",
        },
        {
            content: "The customer owes 750.00",
            trigger: `${figure("ar_balance")}:contains(750.00)`,
        },
        {
            content: "See the open credits",
            trigger: `${figure("ar_open_credits")}:contains(250.00)`,
            run: "click",
        },
        {
            content: "They are the customer credit",
            trigger: ".o_list_view .o_data_row td[name=receivable_kind]:contains(Customer Credit)",
        },
        {
            content: "Their total is the figure",
            trigger: ".o_list_view tfoot:contains(250.00)",
        },
        backToCustomer,
        {
            content: "Open the tab again",
            trigger: "a[name=finance_accounting]",
            run: "click",
        },
        {
            content: "The newest document comes first, the credit",
            trigger:
                ".o_field_widget[name=ar_document_ids] .o_data_row:first-child td[name=amount_residual_in_currency_signed]:contains(-250.00)",
        },
        {
            content: "See the open documents only",
            trigger: "a[name=ar_open_documents]",
            run: "click",
        },
        {
            content: "Open one",
            trigger:
                ".o_field_widget[name=ar_open_document_ids] .o_data_row:contains(1,000.00) td[name=invoice_date]",
            run: "click",
        },
        {
            content: "It opens as itself, not in a dialog",
            trigger: "body:not(:has(.modal)) .o_form_view .o_field_widget[name=invoice_line_ids]",
        },
        backToCustomer,
        {
            content: "Back on the customer",
            trigger: "a[name=finance_accounting]",
        },
    ],
});
