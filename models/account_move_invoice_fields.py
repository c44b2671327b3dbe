"""The fields of the invoice form that customer documents had not."""

from odoo import api, fields, models

TRACKED_TYPES = ("out_invoice", "out_refund", "out_receipt")


class AccountMove(models.Model):
    _inherit = "account.move"

    title = fields.Char(
        compute="_compute_title",
        store=True,
        readonly=False,
        copy=False,
        help="What the document is about, in a few words. Proposed from the customer's name and "
        "the codes of its products.",
    )
    # What was proposed last tells a proposal, which follows the lines, from what somebody typed.
    title_proposal = fields.Char(compute="_compute_title", store=True, copy=False)
    description = fields.Text(
        help="Why this document was made, for the customer to read: printed below its address.",
    )
    payment_comment = fields.Text(
        string="Payment Comments",
        copy=False,
        help="Notes about the payment, for your own team.",
    )
    payment_expected_date = fields.Date(
        string="Payment Expected",
        compute="_compute_payment_expected_date",
        store=True,
        readonly=False,
        copy=False,
        tracking=True,
        help="When the money is expected. Proposed from the due date.",
    )
    tracking_status = fields.Selection(
        selection=[
            ("to_send", "To Be Sent"),
            ("sent", "Sent"),
            ("promised", "Promised"),
            ("disputed", "Disputed"),
            ("in_collection", "In Collection"),
        ],
        compute="_compute_tracking_status",
        store=True,
        readonly=False,
        copy=False,
        tracking=True,
        index="btree_not_null",
        help="Where a posted document with something left stands. To Be Sent and Sent follow "
        "sending by themselves; settled documents have none.",
    )

    @api.depends("partner_id", "invoice_line_ids.product_id")
    def _compute_title(self):
        for move in self:
            if move.move_type not in TRACKED_TYPES:
                continue
            proposal = move._propose_title()
            is_proposal = move.state == "draft" and move.title == move.title_proposal
            if not move.title or is_proposal:
                move.title = proposal
            move.title_proposal = proposal

    def _propose_title(self):
        """The customer's name and the codes of the products: "Montboro School District - REW"."""
        codes = dict.fromkeys(
            code for code in self.invoice_line_ids.product_id.mapped("default_code") if code
        )
        names = [self.commercial_partner_id.name or self.partner_id.name, ", ".join(codes)]
        return " - ".join(name for name in names if name)

    @api.depends("invoice_date_due")
    def _compute_payment_expected_date(self):
        for move in self:
            is_open = move.state == "draft" or not move.payment_expected_date
            if is_open and move.move_type in TRACKED_TYPES:
                move.payment_expected_date = move.invoice_date_due

    @api.depends("state", "payment_state", "is_move_sent")
    def _compute_tracking_status(self):
        for move in self:
            if not move._is_tracked():
                move.tracking_status = False
            elif move.tracking_status in (False, "to_send", "sent"):
                move.tracking_status = "sent" if move.is_move_sent else "to_send"

    def _is_tracked(self):
        return (
            self.move_type in TRACKED_TYPES
            and self.state == "posted"
            and self.payment_state in ("not_paid", "partial", "blocked")
        )
