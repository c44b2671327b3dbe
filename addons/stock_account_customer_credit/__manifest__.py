{
    "name": "Customer Credits and the Cost of Goods",
    "summary": "Returned goods reverse their cost of goods sold, a lowered price does not",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Inventory",
    "author": "account_customer_credit contributors",
    "license": "LGPL-3",
    "depends": ["account_customer_credit", "stock_account"],
    "auto_install": True,
}
