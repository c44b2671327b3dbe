import { registry } from "@web/core/registry";

const dialog = ".modal:not(.o_inactive_modal)";
const openTab = { trigger: "a[name=finance_accounting]", run: "click" };

registry.category("web_tour.tours").add("account_customer_credit_apply", {
    steps: () => [
        { content: "Open the customer's tab", ...openTab },
        {
            content: "Apply credits",
            trigger: "button[name=action_apply_credit]",
            run: "click",
        },
        {
            content: "All of the credit is proposed on the invoice",
            trigger: `${dialog} div[name=difference]:contains(0.00)`,
        },
        {
            content: "Use less of the credit",
            trigger: `${dialog} div[name=credit_line_ids] td[name=amount]:contains(250.00)`,
            run: "click",
        },
        {
            trigger: `${dialog} div[name=credit_line_ids] td[name=amount] input`,
            run: "edit 100.55",
        },
        {
            content: "The difference follows before anything is saved",
            trigger: `${dialog} div[name=invoice_line_ids] td[name=amount]:contains(250.00)`,
            run: "click",
        },
        { trigger: `${dialog} div[name=difference]:contains(149.45)` },
        {
            content: "Back to what was proposed, and the difference is none again",
            trigger: `${dialog} div[name=credit_line_ids] td[name=amount]:contains(100.55)`,
            run: "click",
        },
        {
            trigger: `${dialog} div[name=credit_line_ids] td[name=amount] input`,
            run: "edit 250.00",
        },
        {
            trigger: `${dialog} div[name=reason] input`,
            run: "edit Agreed",
        },
        { trigger: `${dialog} div[name=difference]:contains(0.00)` },
        {
            content: "Less after all",
            trigger: `${dialog} div[name=credit_line_ids] td[name=amount]:contains(250.00)`,
            run: "click",
        },
        {
            trigger: `${dialog} div[name=credit_line_ids] td[name=amount] input`,
            run: "edit 100.55",
        },
        {
            trigger: `${dialog} div[name=invoice_line_ids] td[name=amount]:contains(250.00)`,
            run: "click",
        },
        { trigger: `${dialog} div[name=difference]:contains(149.45)` },
        {
            content: "And on the invoice",
            trigger: `${dialog} div[name=invoice_line_ids] td[name=amount] input`,
            run: "edit 100.55",
        },
        {
            content: "Leave the cell",
            trigger: `${dialog} div[name=reason] input`,
            run: "edit Agreed by phone",
        },
        { trigger: `${dialog} div[name=difference]:contains(0.00)` },
        {
            content: "Apply",
            trigger: `${dialog} button[name=action_apply]`,
            run: "click",
        },
        {
            content: "The open credits are less",
            trigger: "body:not(:has(.modal)) button[name=action_open_ar_open_credits]:contains(149.45)",
        },
        {
            content: "Open the credit",
            trigger: ".o_field_widget[name=ar_document_ids] .o_data_row:contains(-149.45) td[name=invoice_date]",
            run: "click",
        },
        {
            content: "What happened to it",
            trigger: "a[name=receivable_applications]",
            run: "click",
        },
        {
            trigger:
                "div[name=receivable_application_ids] .o_data_row:contains(100.55):contains(Agreed by phone)",
        },
        { content: "149.45 remain", trigger: "div[name=credit_remaining]:contains(149.45)" },
        {
            content: "Take it back",
            trigger: "div[name=receivable_application_ids] button[name=action_unapply]",
            run: "click",
        },
        {
            trigger: `${dialog} div[name=reason] input`,
            run: "edit Wrong school",
        },
        { trigger: `${dialog} button[name=action_unapply]`, run: "click" },
        {
            content: "All of it remains, and both days are told",
            trigger: "body:not(:has(.modal)) div[name=credit_remaining]:contains(250.00)",
        },
        {
            trigger: "div[name=receivable_application_ids] .o_data_row:contains(Wrong school)",
        },
    ],
});

registry.category("web_tour.tours").add("account_customer_credit_outstanding_amount", {
    steps: () => [
        {
            content: "A part of the credit, beside Add, which uses all of it",
            trigger: ".outstanding_credit_amount",
            run: "click",
        },
        {
            content: "The credit is proposed on this invoice",
            trigger: `${dialog} div[name=invoice_line_ids] td[name=amount]:contains(100.00)`,
            run: "click",
        },
        {
            trigger: `${dialog} div[name=invoice_line_ids] td[name=amount] input`,
            run: "edit 40.00",
        },
        {
            content: "The same of the credit",
            trigger: `${dialog} div[name=credit_line_ids] td[name=amount]:contains(100.00)`,
            run: "click",
        },
        {
            trigger: `${dialog} div[name=credit_line_ids] td[name=amount] input`,
            run: "edit 40.00",
        },
        {
            content: "Leave the cell",
            trigger: `${dialog} div[name=reason] input`,
            run: "edit Agreed",
        },
        { trigger: `${dialog} div[name=difference]:contains(0.00)` },
        {
            trigger: `${dialog} button[name=action_apply]`,
            run: "click",
        },
        {
            content: "The invoice is loaded again, and owes less",
            trigger: "body:not(:has(.modal)) div[name=amount_residual]:contains(60.00)",
        },
    ],
});

registry.category("web_tour.tours").add("account_customer_credit_overpayment", {
    steps: () => [
        {
            content: "The customer pays",
            trigger: "button[name=action_register_payment]",
            run: "click",
        },
        {
            content: "More than is due",
            trigger: `${dialog} div[name=amount] input`,
            run: "edit 120.00",
        },
        {
            content: "Leave the amount",
            trigger: `${dialog} div[name=communication] input`,
            run: "click",
        },
        {
            content: "A third choice beside keeping it open and writing it off",
            trigger: `${dialog} div[name=payment_difference_handling] label:contains(Keep as customer credit)`,
            run: "click",
        },
        {
            content: "It says what happens",
            trigger: `${dialog} p[name=overpayment]`,
        },
        {
            content: "Confirm once",
            trigger: `${dialog} button[name=action_create_payments]:visible`,
            run: "click",
        },
        {
            content: "The invoice is paid",
            trigger: "body:not(:has(.modal)) .o_widget_web_ribbon .text-bg-success",
        },
        {
            content: "To the customer",
            trigger: "div[name=partner_id] a.o_form_uri",
            run: "click",
        },
        openTab,
        {
            content: "What was too much stands as a credit",
            trigger: "button[name=action_open_ar_balance]:contains(-20.00)",
        },
        {
            trigger: ".o_field_widget[name=ar_document_ids] .o_data_row:contains(-20.00)",
        },
    ],
});

registry.category("web_tour.tours").add("account_customer_credit_refund", {
    steps: () => [
        { content: "Open the customer's tab", ...openTab },
        {
            content: "Refund",
            trigger: "button[name=action_refund_credit]",
            run: "click",
        },
        {
            content: "A part of the credit",
            trigger: `${dialog} div[name=line_ids] td[name=amount]:contains(250.00)`,
            run: "click",
        },
        {
            trigger: `${dialog} div[name=line_ids] td[name=amount] input`,
            run: "edit 80.00",
        },
        {
            trigger: `${dialog} div[name=memo] input`,
            run: "edit Refund of a reward",
        },
        { content: "80.00 go out", trigger: `${dialog} div[name=amount]:contains(80.00)` },
        {
            content: "Refund",
            trigger: `${dialog} button[name=action_refund]`,
            run: "click",
        },
        {
            content: "The payment is there",
            trigger: "body:not(:has(.modal)) div[name=amount] span:contains(80.00), body:not(:has(.modal)) div[name=amount] input:value(80.00)",
        },
        {
            content: "Back to the customer",
            trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item:last-of-type a",
            run: "click",
        },
        openTab,
        {
            content: "170.00 are left of the credit",
            trigger: "button[name=action_open_ar_open_credits]:contains(170.00)",
        },
    ],
});
