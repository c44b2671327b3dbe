"""The delivery of a statement's mail, which Odoo writes on the notification."""

from odoo import models

#: The mail waits for the mail server, or the server took it.
ON_ITS_WAY = ("ready", "process", "pending", "sent")
UNDELIVERED = ("exception", "bounce")


class MailNotification(models.Model):
    _inherit = "mail.notification"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("notification_status") in (*ON_ITS_WAY, *UNDELIVERED):
            self._update_statements()
        return result

    def _update_statements(self):
        """Write on statements whether their mail went out."""
        # sudo: the user of the mail queue or of a bounce may not write statements; only the
        # delivery of their mail is written.
        notifications = self.sudo()
        model = self.env["account.customer.statement"].sudo()
        notifications = notifications.filtered(
            lambda notification: notification.mail_message_id.model == model._name
        )
        if not notifications:
            return
        messages = notifications.mail_message_id
        statements = model.browse(set(messages.mapped("res_id"))).exists()
        # Only the last mail of a statement counts, and only the customer's notification of it.
        last = {statement.mail_message_id: statement for statement in statements}
        for notification in notifications:
            message = notification.mail_message_id
            statement = last.get(message)
            if statement and notification.res_partner_id in message.partner_ids:
                statement._write_delivery(notification)
        # Odoo marks a mail as failed before it is sent, so that any error of writing comes before:
        # a rollback afterwards would send the mail twice.
        statements.flush_recordset(["state", "message"])
