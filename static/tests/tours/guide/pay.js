import { registry } from "@web/core/registry";
import { dialog, inDialog, picture } from "@account_receivable/../tests/tours/picture";

registry.category("web_tour.tours").add("guide_refund_credit", {
    steps: () => [
        { content: "Refund", trigger: "button[name=action_refund_credit]", run: "click" },
        { trigger: `${dialog} div[name=amount]:contains(150.00)` },
        picture("refund_dialog", [inDialog], { marks: [`${dialog} button[name=action_refund]`] }),
        { trigger: `${dialog} button[name=action_refund]`, run: "click" },
        { trigger: "body:not(:has(.modal)) .o_form_view .o_field_widget[name=payment_method_line_id]" },
    ],
});

registry.category("web_tour.tours").add("guide_pay_with_credits", {
    steps: () => [
        { content: "Pay", trigger: "button[name=action_register_payment]", run: "click" },
        {
            content: "Tick the credit",
            trigger: `${dialog} div[name=credit_line_ids] td[name=use]`,
            run: "click",
        },
        {
            trigger: `${dialog} div[name=credit_line_ids] .o_selected_row td[name=use] input`,
            run: "check",
        },
        { trigger: `${dialog} div[name=amount] input:value(810.00)` },
        picture("pay_with_credit", [inDialog], {
            marks: [`${dialog} div[name=credit_line_ids] td[name=use]`, `${dialog} div[name=amount]`],
        }),
        { trigger: `${dialog} button[name=action_create_payments]:visible`, run: "click" },
        { trigger: "body:not(:has(.modal)) .o_widget_web_ribbon .text-bg-success" },
    ],
});

registry.category("web_tour.tours").add("guide_overpayment", {
    steps: () => [
        { content: "Pay", trigger: "button[name=action_register_payment]", run: "click" },
        { trigger: `${dialog} div[name=amount] input`, run: "edit 1000.00" },
        { trigger: `${dialog} div[name=communication] input`, run: "click" },
        {
            trigger: `${dialog} div[name=payment_difference_handling] label:contains(Keep as customer credit)`,
            run: "click",
        },
        { trigger: `${dialog} p[name=overpayment]` },
        picture("overpayment", [inDialog], {
            marks: [`${dialog} div[name=payment_difference_handling]`],
        }),
        { trigger: `${dialog} button[name=action_create_payments]:visible`, run: "click" },
        { trigger: "body:not(:has(.modal)) .o_widget_web_ribbon .text-bg-success" },
    ],
});
