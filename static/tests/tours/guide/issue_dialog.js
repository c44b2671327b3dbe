import { registry } from "@web/core/registry";
import { dialog, form, inDialog, picture, tab } from "@account_receivable/../tests/tours/picture";

const issue = (amount, reason, description) => [
    tab("finance_accounting"),
    {
        content: "Issue Credit",
        trigger: "div[name=ar_actions] button:contains(Issue Credit)",
        run: "click",
    },
    { trigger: `${dialog} div[name=amount] input`, run: `edit ${amount}` },
    { trigger: `${dialog} div[name=reason_id] input`, run: `edit ${reason}` },
    { trigger: `.ui-menu-item a:contains(${reason})`, run: "click" },
    { trigger: `${dialog} div[name=description] textarea`, run: `edit ${description}` },
    { content: "Leave the field", trigger: `${dialog} div[name=amount] input`, run: "click" },
    { trigger: `${dialog} div[name=tax_totals]:contains(${amount})` },
];

registry.category("web_tour.tours").add("guide_issue_credit", {
    steps: () => [
        ...issue("75.00", "Reward or promotion", "Thank you for ten years with us."),
        picture("issue_dialog", [inDialog], { marks: [`${dialog} button[name=action_issue]`] }),
        { trigger: `${dialog} button[name=action_issue]`, run: "click" },
        { trigger: "body:not(:has(.modal)) div[name=credit_remaining]:contains(75.00)" },
    ],
});

registry.category("web_tour.tours").add("guide_request_approval", {
    steps: () => [
        ...issue("400.00", "Goodwill", "Two desks arrived scratched."),
        picture("issue_above_limit", [inDialog], {
            marks: [`${dialog} button[name=action_request_approval]`],
        }),
        { trigger: `${dialog} button[name=action_request_approval]`, run: "click" },
        { trigger: "body:not(:has(.modal)) .oe_title:contains(Draft)" },
    ],
});

registry.category("web_tour.tours").add("guide_approve_credit", {
    steps: () => [
        picture("approve_credit", form, { marks: ["button[name=action_approve_credit]"] }),
        { trigger: "button[name=action_approve_credit]", run: "click" },
        { trigger: "div[name=credit_approver_id]:contains(AK)" },
        { trigger: "button[name=action_post]", run: "click" },
        { trigger: "div[name=credit_remaining]:contains(400.00)" },
    ],
});
