"""Contacts that move to another company: the items booked on them stay with the old one."""

from odoo import models

from odoo.addons.account.models.account_move import BYPASS_LOCK_CHECK


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        moving = self.filtered(
            lambda partner: (
                ("parent_id" in vals and partner.parent_id.id != (vals["parent_id"] or False))
                or ("is_company" in vals and partner.is_company != bool(vals["is_company"]))
            )
        )
        moving.check_access("write")
        moving._keep_receivables_with_customer()
        return super().write(vals)

    def _keep_receivables_with_customer(self):
        """Book the receivable items of these partners' contacts on the companies that carry them,
        before the partners move to another company.

        Invoices are booked on the company, but payments and entries may be on a contact. Core
        moves these along with the contact, which would split settled items over two customers and
        change locked days. Items of a person without a company stay as they are: core moves them
        to the company whose contact the person becomes.
        """
        if not self:
            return
        # sudo: the user who moves a contact may not see its items; no amount changes.
        partners = self.sudo().with_context(active_test=False)
        contacts = partners.search([("id", "child_of", self.ids)]).filtered(
            lambda partner: partner.commercial_partner_id != partner
        )
        if not contacts:
            return
        moves = partners.env["account.move"].with_context(bypass_lock_check=BYPASS_LOCK_CHECK)
        items = moves.line_ids.search(
            [("partner_id", "in", contacts.ids), ("account_type", "=", "asset_receivable")]
        )
        documents = moves.search(
            [
                ("commercial_partner_id", "in", contacts.ids),
                ("move_type", "in", moves.get_sale_types(include_receipts=True)),
            ]
        )
        # Entries secured by a hash cannot be changed.
        lines = items.move_id.filtered(lambda move: not move.inalterable_hash).line_ids
        lines = lines.filtered(lambda line: line.partner_id in contacts)
        for contact, own in lines.grouped("partner_id").items():
            own.partner_id = contact.commercial_partner_id
        documents = documents.filtered(lambda move: not move.inalterable_hash)
        for customer, own in documents.grouped(lambda m: m._get_carrying_customer()).items():
            own.commercial_partner_id = customer
