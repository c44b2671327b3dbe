"""The labels of a document depend on its sign: Customer Credit on screen, Credit Memo in print."""

from odoo import api, fields, models
from odoo.tools import format_amount
from odoo.tools.translate import get_translation


class AccountMove(models.Model):
    _inherit = "account.move"

    is_called_credit = fields.Boolean(
        compute="_compute_is_called_credit",
        help="Whether the form calls this document a customer credit. A draft is one as soon as "
        "its lines are, before its total is computed.",
    )

    @api.depends("state", "is_on_credit_side", "is_customer_credit")
    def _compute_is_called_credit(self):
        for move in self:
            is_draft = move.state == "draft"
            move.is_called_credit = move.is_on_credit_side if is_draft else move.is_customer_credit

    @api.depends("company_id.customer_credit_enabled")
    def _compute_is_sale_installed(self):
        # Core hides Product and Quantity on a customer's document without Sales. A credit is
        # entered by its product's code, and an adjustment by its quantity.
        result = super()._compute_is_sale_installed()
        documents = self.filtered(lambda move: move.is_sale_document(include_receipts=True))
        documents.filtered("company_id.customer_credit_enabled").is_sale_installed = True
        return result

    @api.depends("is_customer_credit")
    def _compute_type_name(self):
        result = super()._compute_type_name()
        self.filtered("is_customer_credit").type_name = self.env._("Customer Credit")
        return result

    @api.depends("is_customer_credit")
    def _compute_display_name(self):
        return super()._compute_display_name()

    def _get_move_display_name(self, show_ref=False):
        name = super()._get_move_display_name(show_ref=show_ref)
        if not self.is_customer_credit or self.state != "draft":
            return name
        return self._replace_draft_wording(name, self.env._("Draft Customer Credit"))

    def _replace_draft_wording(self, name, words):
        """Replace the label of the type with which core begins a draft's name.

        :param str name: the draft's name
        :param str words: the words that replace the label
        """
        core_words = get_translation("account", self.env.lang or "en_US", "Draft Invoice", ())
        return words + name.removeprefix(core_words) if name.startswith(core_words) else name

    def _creation_message(self):
        # Core logs the creation before it books the lines, so there is no total yet.
        if self.is_on_credit_side:
            return self.env._("Customer Credit Created")
        return super()._creation_message()

    # ------------------------------------------------------------------
    # Paper
    # ------------------------------------------------------------------

    def _get_report_base_filename(self):
        if not self.is_customer_credit:
            return super()._get_report_base_filename()
        number = self.name if self.name and self.name != "/" else ""
        return f"{self._get_credit_memo_title()} {number}".strip()

    def _get_invoice_proforma_pdf_report_filename(self):
        if not self.is_customer_credit:
            return super()._get_invoice_proforma_pdf_report_filename()
        name = self._get_report_base_filename().replace(" ", "_").replace("/", "_")
        return f"{name}_proforma.pdf"

    # ------------------------------------------------------------------
    # Mail
    # ------------------------------------------------------------------

    def _get_mail_template(self):
        if self and all(move.is_customer_credit for move in self):
            return self.env.ref("account_customer_credit.email_template_credit_memo")
        return super()._get_mail_template()

    def _notify_by_email_prepare_rendering_context(self, message, *args, **kwargs):
        context = super()._notify_by_email_prepare_rendering_context(message, *args, **kwargs)
        if self.is_customer_credit:
            # Core's text asks for payment by the due date.
            context["subtitles"][-1] = format_amount(
                self.env, self.amount_total, self.currency_id, lang_code=context.get("lang")
            )
        return context
