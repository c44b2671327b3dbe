{
    "name": "Customer Credits on Checks",
    "summary": "List refunded customer credits on the check stub",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "account_customer_credit contributors",
    "license": "LGPL-3",
    "depends": ["account_customer_credit", "account_check_printing"],
    "auto_install": True,
}
