"""The text of the document of who may do what."""

#: The columns and their labels.
ROLES = {
    "anonymous": "Anonymous",
    "portal": "Portal",
    "internal": "Employee",
    "foreign": "Elsewhere",
    "billing": "Billing",
    "auditor": "Auditor",
    "admin": "Administrator",
}

OWN_DIALOG = "A dialog of one's own, on what one may read."
OWN_FIGURES = "The customer is everybody's; the list that opens has only their company's items."
OWN_ACCOUNT = "The visitor's own account, whatever they send; that of an employee is empty."

BY_BUTTONS = "The program writes it, by the buttons."

#: Why somebody without a right gets an answer, or why nobody gets one.
NOTES = {
    "account.customer.credit.issue.action_issue": "Above the limit of a billing user the credit "
    "stays a draft, for an issuer to approve.",
    "account.invoice.adjust.action_post": "The credit of this call is above the limit of a "
    "billing user, who is told who may post it.",
    "account.receivable.aging.action_choose": OWN_DIALOG,
    "account.receivable.aging.fields_get": "The names of the columns.",
    "account.receivable.aging.print.action_export": OWN_DIALOG,
    "account.receivable.aging.print.action_print": OWN_DIALOG,
    "account.receivable.aging.print.action_show": OWN_DIALOG,
    "account.receivable.application.write": "History: refused to everybody, with the way out.",
    "account.receivable.tie.out.action_open_all_findings": "The list has only their own company's "
    "findings.",
    "account.customer.statement.batch.create": BY_BUTTONS,
    "account.customer.statement.batch.write": BY_BUTTONS,
    "account.customer.statement.create": BY_BUTTONS,
    "account.customer.statement.write": BY_BUTTONS,
    "account.partial.reconcile.write": "What is settled is not rewritten: undo it, settle anew.",
    "mail.notification.write": "Odoo's own: written by its mail queue only.",
    "res.company.create": "Takes the right to administer Odoo's settings.",
    "res.partner.action_apply_credit": "In their company nothing of the customer is open.",
    "res.partner.action_open_ar_aging": OWN_FIGURES,
    "res.partner.action_open_ar_balance": OWN_FIGURES,
    "res.partner.action_open_ar_open_credits": OWN_FIGURES,
    "res.partner.action_open_ar_open_invoices": OWN_FIGURES,
    "res.partner.action_open_ar_overdue": OWN_FIGURES,
    "res.partner.action_refund_credit": "In their company nothing of the customer is open.",
    "res.partner.write": "Takes Odoo's right to edit contacts, which none of the others has; what "
    "is booked on a contact stays with its customer.",
    "/account_receivable/aging/<int:choice_id>.xlsx": "The dialog of this call is the "
    "administrator's; each downloads their own.",
    "/invoice/transaction/overdue": "Nothing is overdue for any of them, which they are told; who "
    "is not logged in is told to log in.",
    "/my/statement": OWN_ACCOUNT,
    "/my/statement/pdf": OWN_ACCOUNT,
    "account_receivable.report_receivable_aging": "The dialog of this call is the "
    "administrator's; each prints their own.",
}

HEADINGS = {
    "methods": "Methods that a client can call",
    "addresses": "Addresses",
    "prints": "Prints",
    "records": "Records",
}

INTRODUCTION = """\
# Who may do what

Written by a test, which tries everything below as each of these users, and fails when this
document says anything else or when somebody without a right gets something that is not explained.
After a change that is meant, `make access` writes it anew.

- **Anonymous**: who is not logged in, over HTTP.
- **Portal**: a portal user, contact of another customer.
- **Employee**: an internal user who may edit contacts and has no right in accounting.
- **Elsewhere**: accountant and accounting administrator of another company only.
- **Billing**: a billing user of the company with none of this addon's rights and a limit of 30.00.
- **Auditor**: may read the company's accounting.
- **Administrator**: accountant and accounting administrator of the company.

The records are the company's; a dialog is the caller's own if they can open one on them, else the
administrator's. *no*: refused as to a stranger, or not found. *says why*: refused with a reason.
*empty*: there is nothing for them.
"""

RECORDS = """\
What each may do with the company's record, or with a dialog of their own. *create* is asked of the
model: what the record then names is checked as in the methods above.
"""


def render(tables):
    """:return str: the document"""
    parts = [INTRODUCTION]
    for name, rows in tables.items():
        parts.append(f"## {HEADINGS[name]}\n")
        if name == "records":
            parts.append(RECORDS)
        parts.append(_row(["", *ROLES.values(), ""]))
        parts.append("|---" * (len(ROLES) + 2) + "|")
        for row, outcomes in rows.items():
            parts.append(_row([f"`{row}`", *outcomes, NOTES.get(row, "")]))
        parts.append("")
    return "\n".join(parts)


def _row(cells):
    return f"| {' | '.join(cells)} |".replace("  ", " ")
