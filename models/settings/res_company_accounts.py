"""Accounts that charts do not have, created when they are first needed."""

from odoo import models
from odoo.tools.misc import clean_context


class ResCompany(models.Model):
    _inherit = "res.company"

    def _create_customer_credit_account(
        self, xmlid, name, account_type, sibling=None, first_code="", **values
    ):
        """Create an account in the company's chart.

        :param str xmlid: its external id in the chart, for ``chart.ref(xmlid)``
        :param sibling: an account whose code the new one's follows; by default the first one of
            the type
        :param str first_code: the code if the company has no account of the type
        :param values: more values of the account
        :return: the ``account.account``
        """
        self.ensure_one()
        # Without the defaults of a client's context, for which the user may have no right.
        env = self.env(context=clean_context(self.env.context))
        # sudo: a user who loads a chart or registers a payment may not edit accounts.
        accounts = env["account.account"].sudo().with_company(self)
        sibling = sibling or accounts.search(
            [*accounts._check_company_domain(self), ("account_type", "=", account_type)], limit=1
        )
        code = accounts._search_new_account_code(sibling.with_company(self).code or first_code)
        account = accounts.create(
            {
                "name": name,
                "code": code,
                "account_type": account_type,
                "company_ids": [(4, self.id)],
                **values,
            }
        )
        # sudo: as above, for the same user; only the program uses the account's external id
        self.env["ir.model.data"].sudo()._update_xmlids(
            [{"xml_id": f"account.{self.id}_{xmlid}", "record": account, "noupdate": True}]
        )
        return account
