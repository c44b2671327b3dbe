"""A contact that leaves its company: what was booked on it stays with who carried it."""

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
        """Before these contacts, or the companies of their contacts, move: what of the customers'
        accounts is booked on a contact is put on the company that carries it.

        An invoice is booked on the company anyway, but a payment or an entry may be on its
        contact. Core takes that along when the contact moves: what is settled would be torn
        apart, and locked days would change. A person's own items are the person's: core gives
        them to the company whose contact that person becomes.
        """
        if not self:
            return
        # sudo: whoever moves a contact need not see what is booked on it; no amount changes.
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
        # What is sealed by its hash stays as it is.
        lines = items.move_id.filtered(lambda move: not move.inalterable_hash).line_ids
        lines = lines.filtered(lambda line: line.partner_id in contacts)
        for contact, own in lines.grouped("partner_id").items():
            own.partner_id = contact.commercial_partner_id
        documents = documents.filtered(lambda move: not move.inalterable_hash)
        for customer, own in documents.grouped(lambda m: m._get_carrying_customer()).items():
            own.commercial_partner_id = customer
