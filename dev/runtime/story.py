"""The demo story as the commands name it: who logs in, and which records are worth opening."""

from .errors import SetupError

LOGIN = PASSWORD = "ak"  # the A/R representative of the story
CREDIT = "demo_invoice_montboro_credit"
CUSTOMER = "demo_partner_montboro"
PRINT = "account.report_invoice_with_payments"


def record_id(server, database, name):
    """The id of a demo record of the addon."""
    found = server.query(
        "SELECT res_id FROM ir_model_data "
        f"WHERE module = 'account_customer_credit' AND name = '{name}'",
        database,
    )
    if not found:
        raise SetupError(
            f"The demo database has no record account_customer_credit.{name}: the story was "
            "deleted there or has been added since. Start afresh: make demo RESET=1"
        )
    return int(found[0][0])


def links(server, database, address):
    """What is worth opening first: a name and a link for each."""
    credit = record_id(server, database, CREDIT)
    customer = record_id(server, database, CUSTOMER)
    return {
        "The credit": f"{address}/odoo/customer-invoices/{credit}",
        "Its PDF": f"{address}/report/pdf/{PRINT}/{credit}",
        "The customer": f"{address}/odoo/customers/{customer}",
    }
