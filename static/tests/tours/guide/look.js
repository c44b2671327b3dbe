import { registry } from "@web/core/registry";
import { dialog, dialogContent, picture } from "./picture";

const tours = registry.category("web_tour.tours");
const harbor = ".o_group_header:contains(Harbor Point Library)";

tours.add("guide_aging", {
    steps: () => [
        { trigger: harbor, run: "click" },
        { trigger: ".o_data_row:contains(61003)" },
        picture("aging"),
        { trigger: ".o_control_panel button[name=action_choose]", run: "click" },
        { trigger: `${dialog} div[name=as_of]` },
        picture("aging_choices", dialogContent),
        { trigger: `${dialog} .btn-close`, run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

tours.add("guide_tie_out", {
    steps: () => [
        { trigger: ".o_list_view .o_group_header:first", run: "click" },
        { trigger: ".o_list_view .o_data_row:contains(Harbor Point Library)" },
        picture("tie_out"),
    ],
});

tours.add("guide_statements", {
    steps: () => [
        {
            trigger: "a[name=finance_accounting]",
            run: "click",
        },
        { trigger: "div[name=ar_actions] button:contains(Statement)", run: "click" },
        { trigger: `${dialog} div[name=kind]` },
        picture("statement_dialog", dialogContent),
        { trigger: `${dialog} .btn-close`, run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

tours.add("guide_settings", {
    steps: () => [
        {
            content: "The settings of credits",
            trigger: "#customer_credit_enabled",
            run({ anchor }) {
                anchor.closest(".o_settings_container").previousElementSibling.scrollIntoView();
            },
        },
        picture("settings"),
    ],
});

tours.add("guide_portal", {
    steps: () => [
        { trigger: "[name=credit_available]:contains(400.00)" },
        picture("portal_home", "#wrap"),
        {
            trigger: "a[href*='/my/invoices']:first",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "tr:contains(61003) a:first",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".o_portal_sidebar" },
        picture("portal_credit", "#wrap"),
    ],
});
