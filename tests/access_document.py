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

OWN_DIALOG = "The user's own dialog, on records that the user can read."
OWN_FIGURES = "Customers are shared; the list shows only items of the user's company."
OWN_ACCOUNT = "Always the visitor's own account; an employee's account is empty."

BY_BUTTONS = "Written only by the program, through the buttons."

#: Why a user without a right gets an answer, or why no user gets one.
NOTES = {
    "account.customer.credit.issue.action_issue": "Above the limit of a billing user the credit "
    "stays a draft until an approver approves it.",
    "account.invoice.adjust.action_post": "This credit is above the limit of a billing "
    "user; the message names the approvers.",
    "account.receivable.aging.action_choose": OWN_DIALOG,
    "account.receivable.aging.fields_get": "The names of the columns.",
    "account.receivable.aging.print.action_export": OWN_DIALOG,
    "account.receivable.aging.print.action_print": OWN_DIALOG,
    "account.receivable.aging.print.action_show": OWN_DIALOG,
    "account.receivable.tie.out.print.action_print": OWN_DIALOG,
    "account.receivable.tie.out.print.action_show": OWN_DIALOG,
    "account.receivable.application.write": "History: refused for all users; the message says "
    "what to do.",
    "account.receivable.tie.out.action_open_all_findings": "The list shows only findings of the "
    "user's company.",
    "account.customer.statement.batch.create": BY_BUTTONS,
    "account.customer.statement.batch.write": BY_BUTTONS,
    "account.customer.statement.create": BY_BUTTONS,
    "account.customer.statement.write": BY_BUTTONS,
    "account.partial.reconcile.write": "Settled items cannot be changed; undo the reconciliation.",
    "mail.notification.write": "Odoo's own: written by its mail queue only.",
    "res.company.create": "Requires the right to administer Odoo's settings.",
    "res.partner.action_apply_credit": "The customer has no open items in the user's company.",
    "res.partner.action_open_ar_aging": OWN_FIGURES,
    "res.partner.action_open_ar_balance": OWN_FIGURES,
    "res.partner.action_open_ar_open_credits": OWN_FIGURES,
    "res.partner.action_open_ar_open_invoices": OWN_FIGURES,
    "res.partner.action_open_ar_overdue": OWN_FIGURES,
    "res.partner.action_refund_credit": "The customer has no open items in the user's company.",
    "res.partner.write": "Requires Odoo's right to edit contacts, which the others do not have; "
    "booked items stay with their customer.",
    "/account_receivable/aging/<int:choice_id>.xlsx": "The administrator's "
    "dialog; users can download only their own.",
    "/account_receivable/statements/<int:dialog_id>.pdf": "The administrator's "
    "dialog; users can preview only their own.",
    "/invoice/transaction/overdue": "Nothing is overdue for these users, and the message says so; "
    "anonymous visitors are asked to log in.",
    "/my/statement": OWN_ACCOUNT,
    "/my/statement/pdf": OWN_ACCOUNT,
    "account_receivable.report_receivable_aging": "The administrator's dialog; users "
    "can print only their own.",
}

HEADINGS = {
    "methods": "Methods that a client can call",
    "addresses": "Addresses",
    "prints": "Prints",
    "records": "Records",
}

INTRODUCTION = """\
# Who may do what

A test tries everything below as each of these users. It fails if the result differs from this
page, or if a user without the right gets an unexplained result. After an intended change,
`make access` writes this page again.

- **Anonymous**: a visitor who is not logged in, over HTTP.
- **Portal**: a portal user, contact of another customer.
- **Employee**: an internal user who can edit contacts, without accounting rights.
- **Elsewhere**: accountant and accounting administrator of another company only.
- **Billing**: a billing user of the company without this addon's rights, with a limit of 30.00.
- **Auditor**: can read the company's accounting.
- **Administrator**: accountant and accounting administrator of the company.

The records belong to the company. A dialog is the user's own if the user can open one, otherwise
the administrator's. *no*: refused without details, or not found. *says why*: refused with a
reason. *empty*: no data for this user.
"""

RECORDS = """\
Access to the company's record, or to the user's own dialog. *create* is checked on the model; the
values of the new record are checked as in the methods above.
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
