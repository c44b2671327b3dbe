import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";
import { dialog, form, inDialog, picture, wholeForm } from "@account_receivable/../tests/tours/picture";

const lines = "div[name=invoice_line_ids]";

registry.category("web_tour.tours").add("guide_enter_credit", {
    steps: () => [
        {
            content: "Customers > Invoices, New",
            trigger: ".o_control_panel_main_buttons .o_list_button_add",
            run: "click",
        },
        {
            trigger: "div[name=partner_id] input",
            run: "edit Erica Dawson",
        },
        { trigger: ".ui-menu-item a:contains(Erica Dawson)", run: "click" },
        {
            content: "Say why",
            trigger: "div[name=description] textarea",
            run: "edit Credit memo to extend Spring 2023 promotion.",
        },
        {
            content: "One line with the code REW",
            trigger: `${lines} .o_field_x2many_list_row_add a:contains(Add a line)`,
            run: "click",
        },
        {
            trigger: `${lines} .o_selected_row .o_list_many2one[name=product_id] input`,
            run: "edit REW",
        },
        { trigger: ".ui-menu-item-wrapper:contains(Customer Reward)", run: "click" },
        {
            trigger: `${lines} .o_selected_row td[name=price_unit] input`,
            run: "edit -250",
        },
        {
            content: "Leave the line",
            trigger: "div[name=description] textarea",
            run: "click",
        },
        { trigger: ".oe_title span[name=customer_credit_heading]:contains(Customer Credit)" },
        picture("credit_entered", form, {
            marks: ["button[name=action_post]", `${lines} td[name=price_unit]`],
        }),
        ...stepUtils.saveForm(),
        { trigger: "button[name=action_post]:contains(Confirm)", run: "click" },
        { trigger: "div[name=credit_remaining]:contains(250.00)" },
        picture("credit_form", wholeForm),
        {
            content: "Send",
            trigger: "button[name=action_invoice_sent]:visible",
            run: "click",
        },
        { trigger: `${dialog} .o_form_view` },
        picture("credit_send", [inDialog]),
    ],
});
