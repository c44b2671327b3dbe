{
    "name": "Customer Credits in Sales",
    "summary": "Quotations and orders show the customer's open credits and reserve them",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "account_customer_credit contributors",
    "license": "LGPL-3",
    "depends": ["account_customer_credit", "sale"],
    "data": [
        "security/ir.model.access.csv",
        "security/sale_customer_credit_rules.xml",
        "data/ir_cron.xml",
        "data/mail_activity_types.xml",
        "wizards/account_receivable_apply_views.xml",
        "wizards/account_customer_credit_refund_views.xml",
        "wizards/account_payment_register_views.xml",
        "wizards/account_receivable_write_off_views.xml",
        "wizards/sale_order_use_credit_views.xml",
        "views/account_move_views.xml",
        "views/res_config_settings_views.xml",
        "views/res_partner_views.xml",
        "views/sale_open_credit_views.xml",
        "views/sale_order_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "sale_customer_credit/static/src/**/*",
        ],
        "web.assets_tests": [
            "sale_customer_credit/static/tests/tours/**/*",
        ],
    },
    "auto_install": True,
}
