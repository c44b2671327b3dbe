"""A customer statement: what one customer owed one company at the end of a day, as a letter.

A sent statement is history. Only the program writes its fields, see ``account.program.fields``.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount, format_date
from odoo.tools.pdf import merge_pdf

REPORT = "account_receivable.action_report_customer_statement"

#: States in which no mail went out, so the statement may still be printed.
UNSENT = ("to_send", "printed", "skipped", "failed")


class AccountCustomerStatement(models.Model):
    _name = "account.customer.statement"
    _description = "Customer Statement"
    _inherit = ["account.customer.statement.choices", "mail.thread"]
    _order = "date desc, id"

    batch_id = fields.Many2one(
        comodel_name="account.customer.statement.batch",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Company or person that owes the receivable.",
    )
    state = fields.Selection(
        selection=[
            ("to_send", "To Send"),
            ("sent", "Sent"),
            ("printed", "Printed"),
            ("skipped", "Skipped"),
            ("failed", "Failed"),
        ],
        string="Status",
        required=True,
        readonly=True,
        index=True,
        default="to_send",
        copy=False,
        help="Skipped: the customer has no email address or is archived. Failed: see the reason.",
    )
    message = fields.Char(
        string="Reason Not Sent",
        readonly=True,
        copy=False,
        help="Why the statement was not sent.",
    )
    sent_on = fields.Datetime(readonly=True, copy=False)
    mail_message_id = fields.Many2one(
        comodel_name="mail.message",
        string="Email",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        help="Last email with this statement. The status shows whether it was delivered.",
    )
    lang = fields.Char(
        string="Language",
        compute="_compute_lang",
        help="Language of the customer, or of the company if the customer has none.",
    )
    recipient_id = fields.Many2one(
        comodel_name="res.partner",
        compute="_compute_recipient_id",
        help="Invoice address of the customer or, if it has no email address, the customer.",
    )
    amount_due = fields.Char(
        compute="_compute_amount_due",
        help="Total of the open items, by currency.",
    )
    past_due = fields.Char(
        compute="_compute_amount_due",
        help="Part of the amount due that is past due, by currency.",
    )
    credit_balance = fields.Char(
        compute="_compute_amount_due",
        help="Amount owed to the customer, by currency.",
    )

    @api.depends("partner_id", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for statement in self:
            statement.display_name = self.env._(
                "Statement of %(customer)s as of %(date)s",
                customer=statement.partner_id.display_name or "",
                date=format_date(self.env, statement.date),
            )

    @api.depends("partner_id.lang", "company_id.partner_id.lang")
    def _compute_lang(self):
        installed = dict(self.env["res.lang"].get_installed())
        for statement in self:
            wanted = (statement.partner_id, statement.company_id.partner_id, self.env)
            known = [record.lang for record in wanted if record.lang in installed]
            statement.lang = known[0] if known else "en_US"

    @api.depends(
        "partner_id.active",
        "partner_id.email_normalized",
        "partner_id.child_ids.email_normalized",
        "partner_id.child_ids.type",
        "partner_id.child_ids.active",
    )
    def _compute_recipient_id(self):
        for statement in self:
            statement.recipient_id = self._get_recipient(statement.partner_id)

    @api.depends("partner_id", "company_id", "kind", "date", "date_from")
    @api.depends_context("lang")
    def _compute_amount_due(self):
        values = self.filtered("partner_id")._get_values()
        for statement in self:
            due, past_due, credit = [], [], []
            for section in values.get(statement.id, {}).get("sections", ()):
                amount, currency = section["amount_due"], section["currency"]
                side = credit if currency.compare_amounts(amount, 0.0) < 0 else due
                side.append(format_amount(self.env, abs(amount), currency))
                if section["past_due"]:
                    past_due.append(format_amount(self.env, section["past_due"], currency))
            statement.amount_due = "; ".join(due)
            statement.past_due = "; ".join(past_due)
            statement.credit_balance = "; ".join(credit)

    # === What it says ===

    def _get_values(self):
        """The values of these statements, each in its customer's language.

        Statements of the same company, language and choices are computed together: the number of
        queries does not depend on the number of customers.

        :return: ``{id: values}``, see ``res.partner._get_customer_statements``
        """
        values = {}
        alike = self.grouped(
            lambda statement: (statement.company_id, statement.lang, statement._get_choices())
        )
        for (company, lang, choices), statements in alike.items():
            customers = statements.partner_id.with_context(
                lang=lang, allowed_company_ids=company.ids
            )
            found = customers._get_customer_statements(choices)
            for statement in statements:
                customer = statement.partner_id.commercial_partner_id
                values[statement.id] = found[customer.id]
        return values

    def _get_bank_accounts(self):
        """The bank accounts to which the customer can send what is due, ``res.partner.bank``."""
        self.ensure_one()
        sections = self._get_values()[self.id]["sections"]
        return self.company_id._get_statement_bank_accounts(sections)

    def _can_be_paid_online(self):
        """Whether something is due that the customer can pay in the portal."""
        self.ensure_one()
        sections = self._get_values()[self.id]["sections"]
        is_due = any(not section["is_credit"] and section["amount_due"] for section in sections)
        return is_due and self.company_id._can_be_paid_online()

    def _get_address(self):
        """The addressee: the customer's invoicing contact, else the customer."""
        self.ensure_one()
        return self._get_addressee(self.partner_id)

    @api.model
    def _get_addressee(self, customer):
        return customer.browse(customer.address_get(["invoice"])["invoice"])

    @api.model
    def _get_recipient(self, customer):
        """Who gets a customer's statement by mail: the addressee, else the customer.

        :return: ``res.partner``, empty if neither has an email address
        """
        # Odoo sends no mail to archived contacts, without any message.
        return (self._get_addressee(customer) + customer).filtered(
            lambda address: address.active and address.email_normalized
        )[:1]

    def _get_pdf(self):
        """These statements, which may exist in memory only, in one file.

        :return bytes: the PDF
        """
        report = self.env["ir.actions.report"]
        letters = [
            report._render_qweb_pdf(REPORT, data={"statements": statement})[0]
            for statement in self
        ]
        return letters[0] if len(letters) == 1 else merge_pdf(letters)

    def _get_file_name(self):
        """The name of the file, in the customer's language, without path separators."""
        self.ensure_one()
        statement = self.with_context(lang=self.lang)
        name = statement.env._(
            "Statement %(customer)s %(date)s",
            customer=statement.partner_id.name or "",
            date=fields.Date.to_string(statement.date),
        )
        return name.replace("/", "-")

    # === Made ===

    @api.model_create_multi
    def create(self, vals_list):
        partners = self.env["res.partner"].browse(
            [vals["partner_id"] for vals in vals_list if vals.get("partner_id")]
        )
        customers = {partner.id: partner.commercial_partner_id.id for partner in partners}
        return super().create(
            [
                # A contact stands for its company.
                {**vals, "partner_id": customers.get(vals.get("partner_id"), False)}
                for vals in vals_list
            ]
        )

    @api.model
    def _make(self, customers, choices, **values):
        """Create a statement of the current company for each of these customers.

        :param customers: commercial partners
        :param choices: ``StatementChoices``, checked
        :param values: more values of each statement
        :return: the statements
        :raises AccessError: if the user may not create statements or read one of the customers
        """
        self.check_access("create")
        customers.check_access("read")
        values = {
            "kind": choices.kind,
            "date": choices.as_of,
            "date_from": choices.date_from,
            "company_id": self.env.company.id,
            **values,
        }
        # sudo: only the program writes statements. The user's right to create them was checked
        # above; the right to do so in this company is checked below.
        statements = (
            self.sudo()
            .create([{**values, "partner_id": partner.id} for partner in customers])
            .sudo(self.env.su)
        )
        statements.check_access("create")
        return statements

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        sent = self.filtered("sent_on")
        if sent and not self.env.su:
            raise UserError(
                self.env._(
                    "%(statement)s was sent and cannot be deleted. To correct it, send a new "
                    "statement.",
                    statement=sent[0].display_name,
                )
            )

    # === Buttons ===

    def action_print(self):
        """Print these statements, each in its customer's language, and mark unsent ones as printed
        if the user may.

        :return: the print's action
        :raises UserError: if there are none
        """
        if not self:
            raise UserError(self.env._("Select at least one statement to print."))
        self.check_access("read")
        if self.has_access("write"):
            unsent = self.filtered(lambda statement: statement.state in UNSENT)
            unsent._as_program().state = "printed"
        report = self.env.ref(REPORT)
        return report.report_action(self)

    @api.readonly
    def action_open_customer(self):
        """Open the customer's form."""
        self.ensure_one()
        return self.partner_id.get_formview_action()
