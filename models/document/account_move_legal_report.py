"""Reports of credits to a country's tax office.

The programs of localisations decide by the document's type: they would report a customer credit as
an invoice with a negative total. So a credit that must be reported is refused, and core's credit
note has to be used, unless the report handles credits (see
:meth:`_get_reports_ready_for_credits`).
"""

from odoo import api, models
from odoo.exceptions import UserError

#: Reports that are in no list of core's: a field of their addon, whether it reports this document,
#: and its name.
OTHER_REPORTS = {
    "l10n_latam_use_documents": (lambda move: move.l10n_latam_use_documents, "LATAM"),
    # sudo: only administrators, who may configure the company, read whether it is registered.
    "l10n_my_edi_state": (
        lambda move: move.country_code == "MY" and move.sudo()._l10n_my_edi_get_proxy_user(),
        "MyInvois",
    ),
    "l10n_ke_cu_qrcode": (
        lambda move: move.country_code == "KE" and move.company_id.l10n_ke_cu_proxy_address,
        "Tremol",
    ),
    "l10n_id_coretax_efaktur_available": (
        lambda move: move.l10n_id_coretax_efaktur_available,
        "e-Faktur Coretax",
    ),
    "l10n_hr_process_type": (
        lambda move: (
            move.country_code == "HR" and move.company_id.l10n_hr_mer_connection_state == "active"
        ),
        "MojEračun",
    ),
}


class AccountMove(models.Model):
    _inherit = "account.move"

    def _check_legal_reports(self, get_reports):
        """Refuse credits that would be reported wrongly to a tax office.

        :param get_reports: function that returns the names of a credit's reports
        :raises UserError: naming the credit and the report
        """
        for move in self:
            if reports := get_reports(move):
                raise UserError(
                    self.env._(
                        "%(report)s would report %(credit)s as an invoice with a negative total. "
                        "Delete this draft and create a credit note instead: use Credit Note on "
                        "the invoice, or Customers > Credit Notes (if shown in the settings).",
                        credit=move.display_name,
                        report=", ".join(sorted(reports)),
                    )
                )

    def _get_listed_legal_reports(self):
        """The names of the reports in core's lists that would be wrong about this credit."""
        self.ensure_one()
        ready = self._get_reports_ready_for_credits()
        sending = self.env["account.move.send"]
        listed = sending._get_all_extra_edis()
        names = {
            listed[key]["label"]
            for key in sending._get_default_extra_edis(self)
            if key not in ready
        }
        if "edi_document_ids" in self._fields:
            formats = self.edi_document_ids.filtered(
                lambda document: document.state == "to_send"
            ).edi_format_id
            names |= {edi.name for edi in formats if edi.code not in ready}
        return names

    def _get_other_legal_reports(self):
        """The names of the other reports that would be wrong about this credit."""
        self.ensure_one()
        ready = self._get_reports_ready_for_credits()
        return {
            name
            for field, (applies, name) in OTHER_REPORTS.items()
            if field in self._fields and field not in ready and applies(self)
        }

    @api.model
    def _get_reports_ready_for_credits(self):
        """The reports that handle customer credits. Extend this method to add one.

        :return: set of keys of ``account.move.send._get_all_extra_edis()``, codes of
            ``account.edi.format`` and field names of :data:`OTHER_REPORTS`
        """
        return set()
