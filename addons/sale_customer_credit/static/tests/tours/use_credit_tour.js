import { registry } from "@web/core/registry";

const dialog = ".modal:not(.o_inactive_modal)";
const useCredit = {
    content: "Use Credit",
    trigger: "button[name=action_use_credit]",
    run: "click",
};

registry.category("web_tour.tours").add("sale_customer_credit_use_credit", {
    steps: () => [
        useCredit,
        { trigger: `${dialog} div[name=line_ids] td[name=amount]:contains(250.00)` },
        {
            content: "Not now",
            trigger: `${dialog} footer button[special=cancel]`,
            run: "click",
        },
        { trigger: "body:not(:has(.modal))" },
        useCredit,
        {
            content: "All of the credit is proposed",
            trigger: `${dialog} div[name=line_ids] td[name=amount]:contains(250.00)`,
        },
        { trigger: `${dialog} button[name=action_reserve]`, run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { trigger: "a.nav-link[name=customer_credits]", run: "click" },
        { trigger: "div[name=credit_reserved]:contains(250.00)" },
        {
            content: "Release it again",
            trigger: "div[name=credit_reservation_ids] button[name=action_release]",
            run: "click",
        },
        { trigger: "div[name=credit_reserved]:contains(0.00):not(:contains(250.00))" },
        { trigger: "div[name=credit_reservation_ids] .o_data_row:contains(Released)" },
    ],
});
