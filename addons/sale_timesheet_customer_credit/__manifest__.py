{
    "name": "Customer Credits for Timesheets",
    "summary": "Invoice credited hours again",
    "version": "19.0.1.0.0",
    "category": "Services/Timesheets",
    "author": "account_customer_credit contributors",
    "license": "LGPL-3",
    "depends": ["sale_customer_credit", "sale_timesheet"],
    "auto_install": True,
}
