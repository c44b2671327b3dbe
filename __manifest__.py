{
    "name": "Customer Credits on Invoices",
    "summary": "A customer invoice with a negative total is a customer credit: "
    "one list, one A/R balance, printed as a credit memo",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "website": "https://github.com/account-customer-credit/account_customer_credit",
    "author": "account_customer_credit contributors",
    "license": "LGPL-3",
    "depends": ["account_payment", "account_edi_ubl_cii"],
    "data": [
        "security/customer_credit_groups.xml",
        "security/ir.model.access.csv",
        "security/customer_credit_rules.xml",
        "data/credit_reasons.xml",
        "data/mail_activity_types.xml",
        "data/mail_templates.xml",
        "data/products.xml",
        "reports/credit_memo.xml",
        "views/account_customer_credit_reason_views.xml",
        "views/account_move_views.xml",
        "views/account_receivable_item_views.xml",
        "views/res_config_settings_views.xml",
        "views/res_partner_views.xml",
        "views/menus.xml",
    ],
    "demo": ["demo/montboro.xml"],
    "assets": {
        "web.assets_backend": [
            "account_customer_credit/static/src/**/*",
        ],
        "web.assets_tests": [
            "account_customer_credit/static/tests/tours/**/*",
        ],
    },
    "pre_init_hook": "pre_init_hook",
    "uninstall_hook": "uninstall_hook",
}
