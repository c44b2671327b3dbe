"""Creation of the credits: all checks first, then all credits or none."""

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_list
from odoo.tools.misc import clean_context

from ..models.credit.posting_answer import open_after_posting

#: The types of accounts that the line of a credit may not be booked on.
NO_CREDIT_ACCOUNTS = ("asset_receivable", "liability_payable", "off_balance")


class AccountCustomerCreditIssue(models.TransientModel):
    _inherit = "account.customer.credit.issue"

    def action_create_draft(self):
        """Create the credits as drafts.

        :return: the action that opens them
        :raises UserError: see :meth:`_check_issue`
        """
        credits, _answer = self._create_credits()
        return self._get_credit_action(credits)

    def action_issue(self):
        """Create and post the credits. If one is above the current user's limit, all stay drafts,
        whose approval can be requested.

        :return: the action that opens them, or the one that core answered
        :raises UserError: see :meth:`_check_issue`, or if core refuses to post
        """
        credits, answer = self._create_credits(post=True)
        action = self._get_credit_action(credits)
        return action if answer is None else open_after_posting(credits, answer, action)

    def action_request_approval(self):
        """Create the credits as drafts and ask an issuer to approve those above the limit.

        :return: the action that opens them
        :raises UserError: see :meth:`_check_issue`, or if no user may approve them
        """
        credits, _answer = self._create_credits()
        credits.action_request_credit_approval()
        return self._get_credit_action(credits)

    def _get_credit_action(self, credits):
        action = credits._get_records_action(
            name=self.env._("Customer Credits"), context={"default_move_type": "out_invoice"}
        )
        if len(credits) > 1:
            view = self.env.ref("account.view_out_invoice_tree")
            action["views"] = [(view.id, "list"), (False, "form")]
        return action

    # === Creation ===

    def _create_credits(self, post=False):
        """Create all credits, or none.

        :param bool post: whether to post them, unless one is above the current user's limit
        :return: the credits, and the return value of ``action_post``: None if they were not posted
        :raises UserError: see :meth:`_check_issue`
        """
        self.ensure_one()
        self._check_issue()
        # The context of the dialog may hold defaults for documents.
        wizard = self.with_context(
            clean_context(self.env.context), disable_abnormal_invoice_detection=True
        ).with_company(self.company_id)
        partners = wizard._get_billing_partners()
        try:
            with self.env.cr.savepoint():
                credits, answer = wizard._book_credits(partners, post)
                return credits.with_env(self.env), answer
        except UserError:
            if len(partners) > 1:
                wizard._raise_naming_customer(partners, post)
            raise

    def _book_credits(self, partners, post):
        moves = self.env["account.move"]
        credits = moves.create([self._prepare_credit_vals(partner) for partner in partners])
        for credit in credits.filtered(lambda move: not move.is_customer_credit):
            raise UserError(
                self.env._(
                    "With these taxes the total is %(total)s, so this is not a credit. Choose "
                    "other taxes.",
                    total=credit.currency_id.format(credit.amount_total),
                )
            )
        for credit in credits:
            self._check_is_as_entered(credit)
        if post and not credits._filter_credits_beyond_right():
            return credits, credits.action_post() or False
        return credits, None

    def _check_is_as_entered(self, credit):
        """Refuse a credit that other code changed while it was created.

        :raises UserError: if what is credited differs from the input
        """
        lines = credit.invoice_line_ids.filtered(lambda line: line.display_type == "product")
        total = sum(
            line.quantity * line.price_unit * (1 - line.discount / 100.0) for line in lines
        )
        if self.currency_id.compare_amounts(total, -self.amount) != 0:
            credit._raise_changed(-self.amount, total)

    def _raise_naming_customer(self, partners, post):
        """Create the credits one by one to raise the error with the name of its customer."""
        for partner in partners:
            try:
                with self.env.cr.savepoint():
                    self._book_credits(partner, post)
            except UserError as error:
                raise UserError(
                    self.env._(
                        "No credit was issued. The credit for %(customer)s failed: %(why)s",
                        customer=partner.display_name,
                        why=error.args[0],
                    )
                ) from error

    def _prepare_credit_vals(self, partner):
        """The values of one customer's credit: one line with quantity 1 and the negative amount as
        its price.

        :param partner: the contact to bill; empty for a preview without customer
        :return dict: values of an ``account.move``
        """
        fiscal_position = self._get_fiscal_position(partner)
        line = {
            "product_id": self.product_id.id,
            "quantity": 1.0,
            "price_unit": -self.amount,
            "account_id": fiscal_position.map_account(self.account_id._origin).id,
            "tax_ids": [Command.set(fiscal_position.map_tax(self.tax_ids._origin).ids)],
        }
        if not self.product_id:
            reason = self.reason_id.with_context(lang=partner.lang or self.env.lang)
            line["name"] = reason.name or self.env._("Customer credit")
        # Without terms core proposes today, whatever the credit's date.
        has_terms = partner.with_company(self.company_id).property_payment_term_id
        return {
            **({} if has_terms else {"invoice_date_due": self.date}),
            "move_type": "out_invoice",
            "company_id": self.company_id.id,
            "journal_id": self.journal_id.id,
            "partner_id": partner.id,
            "fiscal_position_id": fiscal_position.id,
            "currency_id": self.currency_id.id,
            "invoice_date": self.date,
            "credit_reason_id": self.reason_id.id,
            "description": self.description,
            "invoice_line_ids": [Command.create(line)],
        }

    def _get_fiscal_position(self, partner):
        """The fiscal position that core sets on a document of this customer."""
        delivery = partner.browse(partner and partner.address_get(["delivery"])["delivery"])
        positions = self.env["account.fiscal.position"].with_company(self.company_id)
        return positions._get_fiscal_position(partner, delivery=delivery)

    # === Checks: before anything is written, for a call by RPC as for the dialog ===

    def _check_issue(self):
        """Check the input of the dialog.

        :raises UserError: for missing or archived records, those of another company, or an invalid
            amount
        """
        self._check_issue_company()
        self._check_issue_customers()
        self._check_issue_accounting()
        self.currency_id._check_entered_amount(self.amount)
        self._check_company()

    def _check_issue_company(self):
        company = self.company_id
        company._check_switched_on()
        if not company.customer_credit_enabled:
            raise UserError(
                self.env._(
                    "%(company)s does not use customer credits. Switch on Customer Credits in the "
                    "Invoicing settings, or create a credit note instead.",
                    company=company.display_name,
                )
            )
        if company.customer_credit_reason_required and not self.reason_id:
            raise UserError(
                self.env._(
                    "%(company)s requires a reason for every customer credit. Choose one.",
                    company=company.display_name,
                )
            )

    def _check_issue_customers(self):
        if not self.partner_ids:
            raise UserError(self.env._("Choose the customer who gets the credit."))
        # The billed contacts are checked too: an invoicing address may be archived.
        partners = self.partner_ids | self._get_billing_partners()
        partners |= partners.commercial_partner_id
        archived = partners.filtered(lambda partner: not partner.active)
        if archived:
            raise UserError(
                self.env._(
                    "Archived customers: %(customers)s. Unarchive them, or remove them from the "
                    "list.",
                    customers=format_list(self.env, archived[:5].mapped("display_name")),
                )
            )

    def _check_issue_accounting(self):
        missing = next(
            (
                name
                for name in ("date", "journal_id", "account_id", "currency_id")
                if not self[name]
            ),
            None,
        )
        if missing:
            raise UserError(
                self.env._(
                    "%(field)s is missing. Choose one, or ask an accountant to set it up for "
                    "%(company)s.",
                    field=self._fields[missing].get_description(self.env, ["string"])["string"],
                    company=self.company_id.display_name,
                )
            )
        if self.journal_id.type != "sale":
            raise UserError(
                self.env._(
                    "%(journal)s is not a sales journal. Choose a sales journal.",
                    journal=self.journal_id.display_name,
                )
            )
        if self.account_id.account_type in NO_CREDIT_ACCOUNTS:
            raise UserError(
                self.env._(
                    "%(account)s is a receivable, payable or off-balance account and cannot be "
                    "used for a credit. Choose another account, such as an income account.",
                    account=self.account_id.display_name,
                )
            )
        for tax in self.tax_ids.filtered(lambda tax: tax.type_tax_use != "sale"):
            raise UserError(
                self.env._(
                    "%(tax)s is not a sales tax. Choose another tax.", tax=tax.display_name
                )
            )
        for name in ("reason_id", "product_id", "journal_id", "account_id", "tax_ids"):
            for record in self[name].filtered(lambda record: not record.active):
                raise UserError(
                    self.env._(
                        "%(record)s is archived. Choose another one.", record=record.display_name
                    )
                )
