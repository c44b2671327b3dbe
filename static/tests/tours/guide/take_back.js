import { registry } from "@web/core/registry";
import { dialog, inDialog, picture } from "@account_receivable/../tests/tours/picture";

const block = ".o_settings_container:has(#customer_credit_enabled)";
const heading = "h2:has(+ .o_settings_container > #customer_credit_enabled)";

registry.category("web_tour.tours").add("guide_reverse_credit", {
    steps: () => [
        { content: "Reverse", trigger: "button[name=action_reverse]", run: "click" },
        {
            trigger: `${dialog} div[name=reason] input`,
            run: "edit Issued by mistake",
        },
        picture("reverse_dialog", [inDialog]),
        { trigger: `${dialog} button[name=refund_moves], ${dialog} button[name=reverse_moves]`, run: "click" },
        { trigger: "body:not(:has(.modal)) .oe_title:contains(Draft)" },
    ],
});

registry.category("web_tour.tours").add("guide_reset_refused", {
    steps: () => [
        { content: "Reset to Draft", trigger: "button[name=button_draft]", run: "click" },
        { trigger: `${dialog} .modal-body:contains(60061)` },
        picture("reset_refused", [inDialog]),
        { trigger: `${dialog} .modal-footer button`, run: "click" },
        { trigger: "body:not(:has(.modal)) div[name=credit_remaining]" },
    ],
});

registry.category("web_tour.tours").add("guide_settings", {
    steps: () => [
        {
            content: "Settings > Customer Credits",
            trigger: heading,
            run() {
                this.anchor.scrollIntoView();
            },
        },
        picture("settings", [heading, block], { trigger: "#customer_credit_enabled" }),
        { trigger: `${block} button:contains(Credit Reasons)`, run: "click" },
        { content: "The reasons", trigger: ".o_list_view .o_data_row:contains(Goodwill)" },
    ],
});
