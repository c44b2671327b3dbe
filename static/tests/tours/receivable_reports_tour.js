import { registry } from "@web/core/registry";

const group = ".o_group_header:contains(Montboro School District)";

registry.category("web_tour.tours").add("account_customer_credit_receivable_aging", {
    steps: () => [
        {
            content: "The customer's row has the invoice and the credit in one bucket",
            trigger: `${group}:contains(750.00)`,
        },
        {
            content: "Choose how the credits count",
            trigger: ".o_control_panel button[name=action_choose]",
            run: "click",
        },
        {
            content: "In a separate column",
            trigger: ".modal div[name=credits] label:contains(In a separate column)",
            run: "click",
        },
        {
            content: "Show it",
            trigger: ".modal button[name=action_show]",
            run: "click",
        },
        {
            content: "The choice stands in the search bar",
            trigger: ".o_searchview .o_facet_values:contains(Credits in Separate Column)",
        },
        {
            content: "The credits have a column",
            trigger: "th[data-name=open_credits]",
        },
        {
            content: "The total is the same",
            trigger: `${group}:contains(-250.00):contains(750.00)`,
            run: "click",
        },
        {
            content: "Its items stand below; open the credit",
            trigger: ".o_data_row td[name=open_credits]:contains(-250.00)",
            run: "click",
        },
        {
            content: "It is the document",
            trigger: ".o_form_view .o_field_widget[name=invoice_line_ids]",
        },
    ],
});

registry.category("web_tour.tours").add("account_customer_credit_receivable_tie_out", {
    steps: () => [
        {
            content: "Documents and ledger differ by the entry",
            trigger: ".o_data_row.text-danger td[name=documents_difference]:contains(-70.00)",
            run: "click",
        },
        {
            content: "The row opens what makes the difference",
            trigger: ".o_data_row td[name=cause]:contains(Manual entry)",
            run: "click",
        },
        {
            content: "It is the entry",
            trigger: ".o_form_view .o_field_widget[name=line_ids]",
        },
    ],
});
