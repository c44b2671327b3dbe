import { registry } from "@web/core/registry";
import { action, back, click, dialog, form, list, noDialog, tab } from "./steps";

const tours = registry.category("web_tour.tours");
const openTab = tab("finance_accounting");
const total = (amount) => ({ trigger: `${list} tfoot:contains(${amount})` });

tours.add("account_customer_credit_customer_figures", {
    steps: () => [
        click(".oe_stat_button[name=action_open_ar_balance]", "The balance, above the form"),
        total("750.00"),
        back,
        openTab,
        click("div[name=ar_figures] button[name=action_open_ar_balance]", "And in the tab"),
        total("750.00"),
        back,
        openTab,
        click("button[name=action_open_ar_overdue]"),
        total("1,000.00"),
        back,
        openTab,
        click("button[name=action_open_ar_aging]"),
        { trigger: `${list}:has(th[data-name=total], th[data-name=amount_residual]):contains(750.00)` },
        back,
        openTab,
        click("button[name=action_open_ar_open_invoices]"),
        total("1,000.00"),
        click(".o_data_row:contains(1,000.00) td[name=move_name]", "A row opens its document"),
        { trigger: `${form} .o_field_widget[name=invoice_line_ids]` },
    ],
});

tours.add("account_customer_credit_issue_draft", {
    steps: () => [
        ...action("Issue Credit"),
        { trigger: `${dialog} div[name=amount] input` },
        click(`${dialog} footer button[special=cancel]`, "Not from here"),
        noDialog,
        openTab,
        click("div[name=ar_actions] button:contains(Issue Credit)"),
        { trigger: `${dialog} div[name=amount] input`, run: "edit 30.00" },
        { trigger: `${dialog} div[name=description] textarea`, run: "edit For the delay" },
        click(`${dialog} button[name=action_create_draft]`),
        {
            content: "A draft, for somebody to look at",
            trigger: "body:not(:has(.modal)) .o_control_panel:contains(Draft Customer Credit)",
        },
    ],
});

tours.add("account_customer_credit_two_accounts", {
    steps: () => [
        openTab,
        click("button[name=action_apply_credit]"),
        { trigger: `${dialog} div[name=credit_line_ids] td[name=residual]:contains(250.00)` },
        click(`${dialog} div[name=account_id] input`, "The items of the other account"),
        click(".ui-menu-item a:contains(Other Receivables)"),
        click(`${dialog} button[name=action_change_account]`),
        { trigger: `${dialog} div[name=credit_line_ids] td[name=residual]:contains(100.00)` },
        click(`${dialog} footer button[special=cancel]`, "Discard"),
        noDialog,
        click("button[name=action_refund_credit]"),
        { trigger: `${dialog} div[name=line_ids] td[name=amount]:contains(250.00)` },
        click(`${dialog} button[name=action_show_others]`, "What needs a payment of its own"),
        { trigger: `${dialog} div[name=line_ids] td[name=amount]:contains(100.00)` },
        click(`${dialog} footer button[special=cancel]`, "Discard"),
        noDialog,
    ],
});

tours.add("account_customer_credit_statements_of_some", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Montboro School District) .o_list_record_selector input",
            run: "check",
        },
        ...action("Customer Statements"),
        { trigger: `${dialog} div[name=customer_count]:contains(1)` },
        { trigger: `${dialog} div[name=recipients]:contains(Montboro School District)` },
        click(`${dialog} button[name=action_preview]`),
        { trigger: `${dialog} button[name=action_preview]:enabled` },
        click(`${dialog} footer button[special=cancel]`, "Discard"),
        noDialog,
    ],
});
