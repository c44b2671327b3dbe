{
    "name": "Customer Credits in the Point of Sale",
    "summary": "Apply payments at the counter before the customer's open credits",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "author": "account_customer_credit contributors",
    "license": "LGPL-3",
    "depends": ["account_customer_credit", "point_of_sale"],
    "auto_install": True,
}
