"""Several statements in one print, whatever builds the PDF."""

from odoo import models

from odoo.addons.base.models.ir_actions_report import _wkhtml

STATEMENT = "account_receivable.report_customer_statement"


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        # Debian's wkhtmltopdf (with unpatched Qt) takes one document at a time, and core refuses
        # several. Statements are printed one by one then, which is slower.
        prepare = super()._render_qweb_pdf_prepare_streams
        is_statement = self._get_report(report_ref).report_name == STATEMENT
        if not is_statement or len(set(res_ids or ())) < 2 or _wkhtml().is_patched_qt:
            return prepare(report_ref, data, res_ids)
        streams = {}
        for res_id in res_ids:
            streams.update(prepare(report_ref, dict(data or {}), [res_id]))
        return streams
