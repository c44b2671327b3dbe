"""Accounts that charts do not have, made once when they are needed first."""

from odoo import models
from odoo.tools.misc import clean_context


class ResCompany(models.Model):
    _inherit = "res.company"

    def _create_customer_credit_account(
        self, xmlid, name, account_type, sibling=None, first_code="", **values
    ):
        """Make an account of the company's chart.

        :param str xmlid: under which the chart knows it from then on: ``chart.ref(xmlid)``
        :param sibling: an account whose code the new one's follows; by default the first one of
            the type
        :param str first_code: where the company has no account of the type
        :param values: more values of the account
        :return: the account
        """
        self.ensure_one()
        # What a client's context proposes is not what the user may make.
        env = self.env(context=clean_context(self.env.context))
        # sudo: loading a chart, or registering a payment, is allowed to who may not edit accounts.
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
        # sudo: as above; the account's external id is for nobody but the program
        self.env["ir.model.data"].sudo()._update_xmlids(
            [{"xml_id": f"account.{self.id}_{xmlid}", "record": account, "noupdate": True}]
        )
        return account
