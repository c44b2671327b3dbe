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
    "data": ["security/ir.model.access.csv"],
    "demo": [],
    "installable": True,
}
