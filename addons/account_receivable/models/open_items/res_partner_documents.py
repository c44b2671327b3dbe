"""The documents that a customer's record lists."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .res_partner import ACCOUNTING_GROUPS


class ResPartner(models.Model):
    _inherit = "res.partner"

    # Two lists rather than one with a switch: a switch is a field of the form, and who may
    # not edit contacts (an auditor) could not use it. One2many and not Many2many: assigning the
    # latter reads every document, to check the access that the search has checked.
    ar_document_ids = fields.One2many(
        "account.move",
        string="All Documents",
        compute="_compute_ar_document_ids",
        groups=ACCOUNTING_GROUPS,
        help="The customer's invoices, credit notes and receipts in the active companies, newest "
        "first.",
    )
    ar_open_document_ids = fields.One2many(
        "account.move",
        string="Open Documents",
        compute="_compute_ar_open_document_ids",
        groups=ACCOUNTING_GROUPS,
        help="The customer's open posted documents, newest first.",
    )

    def _get_ar_document_domain(self):
        """The documents of these customers, drafts and cancelled ones included.

        :return: a ``Domain`` on ``account.move``
        """
        sale_types = self.env["account.move"].get_sale_types(include_receipts=True)
        return (
            Domain("company_id", "in", self.env.companies.ids)
            & Domain("move_type", "in", sale_types)
            # A document keeps the entity that it was made for. When that contact has since
            # become part of a company, its open items are the company's, and so is the
            # document. The contact's own access rules say nothing about the document.
            & Domain(
                "commercial_partner_id",
                "any!",
                Domain("commercial_partner_id", "in", self.commercial_partner_id.ids),
            )
        )

    def _get_ar_open_document_domain(self):
        """The domain of these customers' posted documents that are not settled."""
        return (
            self._get_ar_document_domain()
            & Domain("state", "=", "posted")
            & Domain("amount_residual", "!=", 0.0)
        )

    @api.depends("commercial_partner_id")
    @api.depends_context("allowed_company_ids", "uid")
    def _compute_ar_document_ids(self):
        documents = self._read_ar_documents(self._get_ar_document_domain())
        for partner in self:
            partner.ar_document_ids = documents[partner.commercial_partner_id._origin.id]

    @api.depends("commercial_partner_id")
    @api.depends_context("allowed_company_ids", "uid")
    def _compute_ar_open_document_ids(self):
        documents = self._read_ar_documents(self._get_ar_open_document_domain())
        for partner in self:
            partner.ar_open_document_ids = documents[partner.commercial_partner_id._origin.id]

    @api.model
    def _read_ar_documents(self, domain):
        """Find documents by customer, in one query that reads only their ids.

        :param domain: a ``Domain`` on ``account.move``
        :return: ``{commercial partner's id: documents, newest first}``, empty for the others
        """
        moves = self.env["account.move"]
        query = moves._search(domain, order="invoice_date desc, id desc")
        entity_alias = query.left_join(
            query.table, "commercial_partner_id", "res_partner", "id", "ar_entity"
        )
        documents = defaultdict(moves.browse)
        ids_by_customer = defaultdict(list)
        for customer_id, move_id in self.env.execute_query(
            query.select(
                SQL.identifier(entity_alias, "commercial_partner_id"),
                SQL.identifier(query.table, "id"),
            )
        ):
            ids_by_customer[customer_id].append(move_id)
        for customer_id, move_ids in ids_by_customer.items():
            documents[customer_id] = moves.browse(move_ids)
        return documents
