from odoo.http import Controller, content_disposition, request, route


class CustomerStatement(Controller):
    @route("/account_receivable/statements/<int:dialog_id>.pdf", type="http", auth="user")
    def preview_statements(self, dialog_id):
        """The first statements as chosen in a dialog, before any is created.

        :param int dialog_id: the ``account.customer.statement.create``, which only its user may
            read
        :return: the response with the PDF file
        :raises NotFound: if the dialog, its customers, or the user's access to its company is gone
        :raises AccessError: for another user's dialog
        """
        dialog = request.env["account.customer.statement.create"].browse(dialog_id).exists()
        if not dialog:
            raise request.not_found()
        dialog.check_access("read")
        statements = dialog._get_previews()
        if not statements:
            raise request.not_found()
        headers = [
            ("Content-Type", "application/pdf"),
            (
                "Content-Disposition",
                content_disposition(
                    f"{statements[0]._get_file_name()}.pdf", disposition_type="inline"
                ),
            ),
        ]
        return request.make_response(statements._get_pdf(), headers)
