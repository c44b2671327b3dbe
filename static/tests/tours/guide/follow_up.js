import { registry } from "@web/core/registry";
import { dialog, inDialog, list, picture, tab } from "@account_receivable/../tests/tours/picture";

registry.category("web_tour.tours").add("guide_open_credits", {
    steps: () => [
        {
            content: "Tick a credit",
            trigger: ".o_data_row:contains(Pinecrest) .o_list_record_selector input",
            run: "check",
        },
        {
            trigger: ".o_control_panel button:contains(Put on Hold)",
        },
        picture("open_credits", list, { marks: [".o_control_panel_actions button[name]"] }),
        { trigger: ".o_control_panel button:contains(Put on Hold)", run: "click" },
        {
            trigger: `${dialog} div[name=note] input, ${dialog} div[name=note] textarea`,
            run: "edit They check whether the desks came late",
        },
        picture("hold_dialog", [inDialog]),
        { trigger: `${dialog} button[name=action_hold]`, run: "click" },
        { trigger: "body:not(:has(.modal)) .o_data_row:contains(They check whether)" },
    ],
});

registry.category("web_tour.tours").add("guide_write_off", {
    steps: () => [
        {
            content: "Write Off",
            trigger: ".o_form_statusbar button:contains(Write Off)",
            run: "click",
        },
        {
            trigger: `${dialog} div[name=reason] input`,
            run: "edit Costs more to collect than it is",
        },
        picture("write_off_dialog", [inDialog]),
        { trigger: `${dialog} button[name=action_write_off]`, run: "click" },
        {
            content: "The entry names what it writes off",
            trigger: "body:not(:has(.modal)) div[name=write_off_document_id]:contains(60048)",
        },
    ],
});

registry.category("web_tour.tours").add("guide_customer_tab", {
    steps: () => [
        tab("finance_accounting"),
        { trigger: "button[name=action_open_ar_balance]:contains(-250.00)" },
        { trigger: ".o_field_widget[name=ar_document_ids] .o_data_row:contains(60055)" },
        picture("customer_tab", [".o_main_navbar", ".o_form_sheet"]),
        {
            content: "Every figure opens what it is made of",
            trigger: "button[name=action_open_ar_open_credits]",
            run: "click",
        },
        { trigger: ".o_list_view .o_data_row:contains(60055)" },
    ],
});
