"""How a customer can pay what a statement asks for."""

from odoo import models
from odoo.tools import str2bool


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_statement_bank_accounts(self, sections):
        """The bank accounts of this company to which the amounts due can be sent.

        :param list sections: of a statement, see ``res.partner._get_customer_statements``
        :return: ``res.partner.bank``, one for each currency in which something is due; one
            without a currency will do for all of them
        """
        self.ensure_one()
        accounts = self.partner_id.bank_ids.filtered(
            lambda account: account.company_id in (account.company_id.browse(), self)
        )
        # as core does for an invoice
        accounts = accounts.sorted(lambda account: not account.allow_out_payment)
        chosen = accounts.browse()
        for section in sections:
            if section["currency"].compare_amounts(section["amount_due"], 0.0) > 0:
                own = accounts.filtered(lambda a, c=section["currency"]: a.currency_id == c)
                chosen |= (own or accounts.filtered(lambda account: not account.currency_id))[:1]
        return chosen

    def _can_be_paid_online(self):
        """Whether customers can pay the invoices of this company in the portal."""
        self.ensure_one()
        # sudo: the customer or clerk may not read how online payment is set up
        parameters = self.env["ir.config_parameter"].sudo()
        if not str2bool(parameters.get_param("account_payment.enable_portal_payment"), False):
            return False
        # sudo: the same users may not read the providers
        providers = self.env["payment.provider"].sudo()
        domain = [
            *providers._check_company_domain(self),
            ("state", "in", ("enabled", "test")),
            ("is_published", "=", True),
        ]
        return bool(providers.search_count(domain, limit=1))
