{
    "name": "Customer Credits for Delivered Goods",
    "summary": "Credits for an order's goods reverse their cost and show their lots",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Inventory",
    "author": "account_customer_credit contributors",
    "license": "LGPL-3",
    "depends": ["sale_customer_credit", "stock_account_customer_credit", "sale_stock"],
    "auto_install": True,
}
