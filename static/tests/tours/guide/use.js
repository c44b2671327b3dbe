import { registry } from "@web/core/registry";
import { dialog, dialogContent, openTab, picture } from "./picture";

const tours = registry.category("web_tour.tours");
const row = (text) => `${dialog} div[name=line_ids] .o_data_row:contains(${text})`;

tours.add("guide_adjust", {
    steps: () => [
        { trigger: "button[name=action_adjust]", run: "click" },
        {
            content: "Two of the twelve chairs come back",
            trigger: `${row("Reading chair")} td[name=quantity]`,
            run: "click",
        },
        {
            trigger: `${dialog} div[name=line_ids] .o_selected_row td[name=quantity] input`,
            run: "edit 2",
        },
        {
            content: "The tables stay as they are",
            trigger: `${row("Reading table")} .o_list_record_remove`,
            run: "click",
        },
        {
            trigger: `${dialog} div[name=description] textarea`,
            run: "edit Two chairs arrived damaged.",
        },
        { trigger: `${dialog} div[name=amount_total]:contains(360.00)` },
        picture("adjust_dialog", dialogContent),
        { trigger: `${dialog} button[name=action_post]`, run: "click" },
        {
            content: "The adjustment names its invoice",
            trigger: "body:not(:has(.modal)) button[name=action_open_adjusted_invoice]",
        },
    ],
});

tours.add("guide_apply", {
    steps: () => [
        openTab,
        { trigger: "button[name=action_apply_credit]", run: "click" },
        { trigger: `${dialog} div[name=difference]:contains(0.00)` },
        { trigger: `${dialog} div[name=reason] input`, run: "edit Agreed by phone" },
        picture("apply_dialog", dialogContent),
        { trigger: `${dialog} button[name=action_apply]`, run: "click" },
        {
            content: "Open the credit",
            trigger:
                "body:not(:has(.modal)) .o_field_widget[name=ar_document_ids] .o_data_row:contains(61003) td[name=title]",
            run: "click",
        },
        { trigger: "a[name=receivable_applications]", run: "click" },
        { trigger: "div[name=receivable_application_ids] .o_data_row:contains(Agreed by phone)" },
        picture("applications"),
    ],
});

tours.add("guide_refund", {
    steps: () => [
        openTab,
        { trigger: "button[name=action_refund_credit]", run: "click" },
        { trigger: `${dialog} div[name=line_ids] .o_data_row:contains(400.00)` },
        { trigger: `${dialog} div[name=memo] input`, run: "edit Refund of 61003" },
        picture("refund_dialog", dialogContent),
        { trigger: `${dialog} .btn-close`, run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

tours.add("guide_pay", {
    steps: () => [
        { trigger: "button[name=action_register_payment]", run: "click" },
        {
            content: "The open credit beside the money",
            trigger: `${dialog} div[name=credit_line_ids] .o_data_row:contains(61003) td[name=use]`,
            run: "click",
        },
        { trigger: `${dialog} div[name=amount] input:value(550.00)` },
        picture("pay_dialog", dialogContent),
        { content: "More comes in", trigger: `${dialog} div[name=amount] input`, run: "edit 600.00" },
        { trigger: `${dialog} div[name=communication] input`, run: "click" },
        {
            trigger: `${dialog} div[name=payment_difference_handling] label:contains(Keep as customer credit)`,
            run: "click",
        },
        { trigger: `${dialog} p[name=overpayment]` },
        picture("overpayment_dialog", dialogContent),
        { trigger: `${dialog} .btn-close`, run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

tours.add("guide_open_credits", {
    steps: () => [
        { trigger: ".o_list_view .o_data_row:contains(61003)" },
        picture("open_credits"),
        { trigger: ".o_data_row:contains(61003) .o_list_record_selector input", run: "click" },
        {
            content: "Not before the chairs were looked at",
            trigger: ".o_control_panel button:contains(Put on Hold)",
            run: "click",
        },
        { trigger: `${dialog} div[name=note] input`, run: "edit Wait for the returned chairs" },
        picture("hold_dialog", dialogContent),
        { trigger: `${dialog} .btn-close`, run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});
