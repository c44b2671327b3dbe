import { registry } from "@web/core/registry";
import { action, back, click, dialog, form, header, list, loadedAgain, lookAndDiscard, noDialog, select } from "./steps";

const tours = registry.category("web_tour.tours");

const menu = (section, name, title) => [
    click(`.o_menu_sections [data-menu-xmlid='account.${section}']`),
    click(`[data-menu-xmlid$='.${name}']`),
    { trigger: `.o_breadcrumb:contains(${title}), .o_last_breadcrumb_item:contains(${title})` },
];

tours.add("account_customer_credit_menus", {
    steps: () => [
        ...menu("menu_finance_receivables", "menu_open_credits", "Open Credits"),
        ...menu("menu_finance_receivables", "menu_customer_statement", "Statements"),
        ...menu("menu_finance_receivables", "menu_customer_statement_batch", "Statement Batches"),
        ...menu("menu_finance_reports", "menu_receivable_aging", "A/R Aging"),
        ...menu("menu_finance_reports", "menu_receivable_top_debtors", "Top Debtors"),
        ...menu("menu_finance_reports", "menu_receivable_top_credits", "Top Open Credits"),
        ...menu("menu_finance_reports", "menu_receivable_tie_out", "A/R Tie-Out"),
        ...menu("menu_finance_configuration", "menu_customer_credit_reason", "Credit Reasons"),
        ...menu("menu_finance_reports", "menu_receivable_application", "Receivable Applications"),
        ...lookAndDiscard(".o_data_row button[name=action_open_unapply]", "div[name=reason]"),
    ],
});

tours.add("account_customer_credit_aging_dialog", {
    steps: () => [
        ...lookAndDiscard(header("Options"), "div[name=as_of]"),
        click(header("Options")),
        click(`${dialog} button[name=action_export]`),
        { trigger: `${dialog} button[name=action_export]:enabled` },
        click(`${dialog} button[name=action_print]`),
        { trigger: "body:not(.o_ui_blocked)" },
    ],
});

tours.add("account_customer_credit_tie_out_buttons", {
    steps: () => [
        { trigger: ".o_data_row.text-danger" },
        click("button[name=action_open_items]"),
        { trigger: `${list} .o_data_row:contains(70.00)` },
        back,
        click("button[name=action_open_aging]"),
        { trigger: `${list}:contains(820.00)` },
        back,
        click("button[name=action_open_findings]"),
        { trigger: ".o_data_row td[name=cause]:contains(Manual entry)" },
        back,
        click(header("Findings")),
        { trigger: `${list} .o_group_header:contains(Manual entry)` },
        back,
        ...lookAndDiscard(header("Options"), "div[name=as_of]"),
        click(header("Options")),
        click(`${dialog} button[name=action_show]`),
        { trigger: "body:not(:has(.modal)) .o_facet_value" },
        click(header("Options")),
        click(`${dialog} button[name=action_print]`),
        { trigger: "body:not(.o_ui_blocked)" },
    ],
});

tours.add("account_customer_credit_statement_buttons", {
    steps: () => [
        ...lookAndDiscard(header("New Statements"), "div[name=customer_count]"),
        click(header("New Statements")),
        click(`${dialog} button[name=action_print]`, "Print without sending"),
        noDialog,
        select("Montboro"),
        click(header("Print")),
        loadedAgain,
        select("Montboro"),
        click(header("Send")),
        { trigger: ".o_data_row td[name=state]:contains(Sent)" },
    ],
});

tours.add("account_customer_credit_statement_form", {
    steps: () => [
        click("button[name=action_print]"),
        { trigger: "body:not(.o_ui_blocked)" },
        ...action("Customer Statement"),
        { trigger: "body:not(.o_ui_blocked)" },
        click("button[name=action_send]"),
        { trigger: `${form}:not(:has(button[name=action_send]))` },
    ],
});

tours.add("account_customer_credit_statement_batch", {
    steps: () => [
        click("button[name=action_print]", "Print instead of sending"),
        { trigger: "body:not(.o_ui_blocked)" },
        click("button[name=action_send]"),
        { trigger: "div[name=problem_ids] .o_data_row:contains(Lakeside)" },
        click("button[name=action_retry]"),
        { trigger: "div[name=problem_ids] .o_data_row:contains(Lakeside)" },
        click("button[name=action_open_problems]"),
        { trigger: `${list} .o_data_row:contains(Lakeside)` },
        back,
        click("button[name=action_open_statements]"),
        { trigger: `${list} .o_data_row:contains(Customer 0)` },
        back,
        click("button[name=action_open_customer]"),
        { trigger: `${form} .o_field_widget[name=ar_balance]` },
    ],
});

tours.add("account_customer_credit_statement_stop", {
    steps: () => [
        click("button[name=action_stop]"),
        click("button[name=action_continue]"),
        { trigger: "button[name=action_stop]" },
    ],
});
