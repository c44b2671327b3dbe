import { registry } from "@web/core/registry";
import { dialog, dialogContent, openTab, picture } from "./picture";

const tours = registry.category("web_tour.tours");

tours.add("guide_credit_form", {
    steps: () => [
        {
            content: "The credit is entered like an invoice",
            trigger: ".oe_title span[name=customer_credit_heading]:contains(Customer Credit)",
        },
        picture("credit_form"),
        { trigger: "button[name=action_reverse]", run: "click" },
        { trigger: `${dialog} button[name=refund_moves]` },
        picture("reverse_dialog", dialogContent),
        { trigger: `${dialog} .btn-close`, run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

tours.add("guide_customer_tab", {
    steps: () => [
        openTab,
        { trigger: ".o_field_widget[name=ar_document_ids] .o_data_row:contains(60055)" },
        picture("customer_tab"),
    ],
});

tours.add("guide_issue", {
    steps: () => [
        openTab,
        {
            content: "Issue Credit",
            trigger: "button:contains(Issue Credit)",
            run: "click",
        },
        { trigger: `${dialog} div[name=amount] input`, run: "edit 120.00" },
        { trigger: `${dialog} div[name=reason_id] input`, run: "edit Goodwill" },
        { trigger: ".ui-menu-item a:contains(Goodwill)", run: "click" },
        {
            trigger: `${dialog} div[name=description] textarea`,
            run: "edit For the delivery that came a week late.",
        },
        { trigger: `${dialog} div[name=reason_id] input`, run: "click" },
        picture("issue_dialog", dialogContent),
        { trigger: `${dialog} button[name=action_issue]`, run: "click" },
        {
            content: "It is posted, and open",
            trigger:
                "body:not(:has(.modal)) .oe_title span[name=customer_credit_heading]:contains(Customer Credit)",
        },
    ],
});
