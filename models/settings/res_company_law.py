"""Defaults of settings that the law of the company's country requires for credits."""

from odoo import api, fields, models

#: Countries where corrections of invoices need a series of their own: Spain (RD 1619/2012, article
#: 6.1.a) and Portugal (each type of document is a series with its own validation code).
SEPARATE_SERIES = ("ES", "PT")


class ResCompany(models.Model):
    _inherit = "res.company"

    customer_credit_refund_sequence = fields.Boolean(
        string="Number Credits in the Credit Note Sequence",
        compute="_compute_customer_credit_law",
        store=True,
        readonly=False,
        help="Number customer credits in the journal's dedicated credit note sequence. If "
        "switched off, they are numbered with the invoices. On by default where the law requires "
        "a separate sequence.",
    )
    customer_credit_reference = fields.Selection(
        selection=[
            ("none", "Not required"),
            ("warn", "Warn if missing"),
            ("required", "Block if missing"),
        ],
        string="Invoice or Period on Taxed Credits",
        compute="_compute_customer_credit_law",
        store=True,
        readonly=False,
        help="Whether a credit that reduces tax must refer to its original invoice or to a "
        "period. The law of the European Union requires one of them.",
    )

    @api.depends("account_fiscal_country_id")
    def _compute_customer_credit_law(self):
        # The country only enables settings; those that a user enabled stay.
        union = self.env.ref("base.europe").country_ids
        for company in self:
            country = company.account_fiscal_country_id
            company.customer_credit_refund_sequence = (
                company.customer_credit_refund_sequence or country.code in SEPARATE_SERIES
            )
            if country in union and company.customer_credit_reference != "required":
                company.customer_credit_reference = "warn"
            else:
                company.customer_credit_reference = company.customer_credit_reference or "none"
