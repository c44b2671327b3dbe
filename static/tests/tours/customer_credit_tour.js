import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const lines = "div[name=invoice_line_ids]";

registry.category("web_tour.tours").add("account_customer_credit_issue", {
    steps: () => [
        {
            content: "Customers > Invoices: a new one",
            trigger: ".o_control_panel_main_buttons .o_list_button_add",
            run: "click",
        },
        {
            content: "Name the customer",
            trigger: "div[name=partner_id] input",
            run: "edit Lakeside School District",
        },
        {
            trigger: ".ui-menu-item a:contains(Lakeside School District)",
            run: "click",
        },
        {
            content: "Say why",
            trigger: "div[name=description] textarea",
            run: "edit Credit memo to extend Spring 2023 promotion.",
        },
        {
            content: "One line",
            trigger: `${lines} .o_field_x2many_list_row_add a:contains(Add a line)`,
            run: "click",
        },
        {
            content: "with the code REW",
            trigger: `${lines} .o_selected_row .o_list_many2one[name=product_id] input`,
            run: "edit REW",
        },
        {
            trigger: ".ui-menu-item-wrapper:contains(Customer Reward)",
            run: "click",
        },
        {
            content: "at -250.00",
            trigger: `${lines} .o_selected_row td[name=price_unit] input`,
            run: "edit -250",
        },
        {
            content: "Leave the line",
            trigger: "div[name=description] textarea",
            run: "click",
        },
        {
            content: "The heading follows the sign before anything is saved",
            trigger: ".oe_title span[name=customer_credit_heading]:contains(Customer Credit)",
        },
        {
            content: "So does the date",
            trigger: "label:contains(Credit Date)",
        },
        ...stepUtils.saveForm(),
        {
            content: "Its title is proposed",
            trigger: "div[name=title] input:value(Lakeside School District - REW)",
        },
        {
            content: "Confirm",
            trigger: "button[name=action_post]:contains(Confirm)",
            run: "click",
        },
        {
            content: "All of it remains",
            trigger: "div[name=credit_remaining]:contains(250.00)",
        },
        {
            content: "Print",
            trigger: "button[name=action_print_pdf]",
            run: "click",
        },
        {
            content: "The print came without an error; open the customer",
            trigger: "body:not(:has(.modal, .o_blockUI)) div[name=partner_id] a.o_form_uri",
            run: "click",
        },
        {
            content: "Finance & Accounting",
            trigger: "a[name=finance_accounting]",
            run: "click",
        },
        {
            content: "We owe the customer 250.00",
            trigger: "div[name=ar_figures] button[name=action_open_ar_balance]:contains(-250.00)",
        },
        {
            content: "And the credit is in the list",
            trigger:
                ".o_field_widget[name=ar_document_ids] .o_data_row:contains(-250.00):contains(To Be Sent)",
        },
    ],
});
