from odoo.http import Controller, content_disposition, request, route

from ..reports.aging.receivable_aging_xlsx import write_aging

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ReceivableAging(Controller):
    @route("/account_receivable/aging/<int:choice_id>.xlsx", type="http", auth="user")
    def download_aging(self, choice_id):
        """The A/R aging as a spreadsheet, as chosen in a dialog.

        :param int choice_id: the ``account.receivable.aging.print``, which only its user may read
        :return: the response with the XLSX file
        :raises NotFound: if the dialog, or the user's access to its companies, is gone
        :raises AccessError: for another user's dialog
        """
        dialog = request.env["account.receivable.aging.print"].browse(choice_id).exists()
        if not dialog:
            raise request.not_found()
        dialog.check_access("read")
        dialog = dialog._in_its_companies()
        if not dialog:
            raise request.not_found()
        aging = dialog._get_aging()
        name = f"{dialog._get_title()}.xlsx"
        headers = [("Content-Type", XLSX), ("Content-Disposition", content_disposition(name))]
        return request.make_response(write_aging(dialog.env, aging), headers)
