"""Statements by mail: each is sent on its own, so that one failure does not stop the others."""

import logging
from contextlib import contextmanager

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .mail_notification import UNDELIVERED

_logger = logging.getLogger(__name__)

#: How many statements the scheduled action takes at a time; it is called again for the rest.
CHUNK = 50

TEMPLATE = "account_receivable.email_template_customer_statement"

#: Up to so many statements are sent while the user waits; more are sent in the background.
SENT_AT_ONCE = 5


class AccountCustomerStatement(models.Model):
    _inherit = "account.customer.statement"

    def action_send(self):
        """Send these statements now, except those that were sent already.

        :raises UserError: if all of them were sent, or if they are too many to send at once
        """
        self.check_access("write")
        unsent = self.filtered(lambda statement: statement.state != "sent")
        if not unsent:
            raise UserError(
                self.env._(
                    "%(statement)s has already been sent. To send another one, create a new "
                    "statement.",
                    statement=self[:1].display_name,
                )
                if self
                else self.env._("Select at least one statement to send.")
            )
        if len(unsent) > SENT_AT_ONCE:
            raise UserError(
                self.env._(
                    "You selected %(count)s statements. Send at most %(limit)s at a time, or send "
                    "them from their batch.",
                    count=len(unsent),
                    limit=SENT_AT_ONCE,
                )
            )
        self._check_can_be_sent()
        unsent._as_program().user_id = self.env.uid
        unsent._send()
        return True

    @api.model
    def _check_can_be_sent(self):
        """Refuse to send before anything is written.

        :raises UserError: if no statement at all can be sent, see :meth:`_get_sending_problem`
        """
        if problem := self._get_sending_problem():
            raise UserError(problem)

    @api.model
    def _get_sending_problem(self):
        """Why no statement at all can be sent, and who can correct that: a sentence, or False."""
        template = self.env.ref(TEMPLATE, raise_if_not_found=False)
        if not template:
            return self.env._(
                "The email template for customer statements is missing. Ask an administrator to "
                "upgrade Accounts Receivable in Apps to restore it, or print the statements."
            )
        # sudo: the user who sends may not read reports
        if template.sudo().report_template_ids and self.env[
            "ir.actions.report"
        ].get_wkhtmltopdf_state() in ("install", "broken"):
            return self.env._(
                "PDF files cannot be created because wkhtmltopdf is missing or broken. Ask your "
                "system administrator to install it, then send again."
            )
        return False

    def _send(self):
        """Send each statement that was not sent yet, and write the outcome on it.

        Statements that another user is sending at this moment are left out.
        """
        for statement in self.try_lock_for_update():
            statement.invalidate_recordset(["state"])
            if statement.state != "sent":
                statement._send_one()

    def _send_one(self):
        self.ensure_one()
        if not self.recipient_id:
            self._write_outcome("skipped", self._get_no_recipient_message())
            return
        with self._failure_written_down():
            self._give_up_last_mail()
            self._write_outcome(
                "sent",
                False,
                sent_on=fields.Datetime.now(),
                mail_message_id=self._post_mail().id,
            )
            self._read_delivery()

    @contextmanager
    def _failure_written_down(self):
        """Roll back the block if it fails, and write the error on the statement."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                yield
        except psycopg2.OperationalError:
            # A conflict of two transactions: Odoo retries the whole.
            raise
        except UserError as error:
            # The message is complete, in one line.
            _logger.warning("%s of customer %s failed: %s", self, self.partner_id, error)
            self._write_outcome("failed", str(error)[:500])
        except Exception as error:
            _logger.warning("%s of customer %s failed", self, self.partner_id, exc_info=True)
            self._write_outcome("failed", str(error)[:500] or type(error).__name__)

    def _write_outcome(self, state, message, **values):
        self._as_program().write({"state": state, "message": message, **values})

    def _get_no_recipient_message(self):
        if not self.partner_id.active:
            return self.env._(
                "%(customer)s is archived, so no email was sent. Unarchive the customer and send "
                "again, or print the statement.",
                customer=self.partner_id.display_name,
            )
        return self.env._(
            "%(customer)s has no email address. Enter one on the customer or its invoice address "
            "and send again, or print the statement.",
            customer=self.partner_id.display_name,
        )

    def _post_mail(self):
        """Post the mail with the PDF on the statement; it is sent when the transaction ends.

        :return: the ``mail.message``
        """
        return self.message_post_with_source(
            self.env.ref(TEMPLATE),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            email_layout_xmlid="mail.mail_notification_layout_with_responsible_signature",
        )

    # === After it was sent ===

    def _read_delivery(self):
        """Write the delivery that is already known on the statement."""
        # sudo: who may send a statement may know what became of its mail.
        self.mail_message_id.sudo().notification_ids.filtered(
            lambda notification: notification.notification_status in UNDELIVERED
        )._update_statements()

    def _write_delivery(self, notification):
        """Write the delivery state of these statements' mail on them.

        A mail that went out after all makes them sent, even if they were about to be sent again.
        """
        if notification.notification_status in UNDELIVERED:
            for statement in self.filtered(lambda own: own.state in ("sent", "failed")):
                statement._write_outcome("failed", statement._get_undelivered(notification))
        else:
            self.filtered(lambda own: own.state != "sent")._write_outcome("sent", False)

    def _get_undelivered(self, notification):
        # The mail queue has no language; the user who sent the statement reads this.
        env = self.with_context(lang=self.user_id.lang or self.env.lang).env
        notification = notification.with_env(env)
        kind = notification.failure_type
        reasons = dict(notification._fields["failure_type"]._description_selection(env))
        reason = kind != "unknown" and reasons.get(kind)
        return env._(
            "The email to %(recipient)s could not be delivered: %(reason)s. Check the address and "
            "the mail server, then send again; or print the statement.",
            recipient=notification.res_partner_id.display_name,
            reason=(reason or notification.failure_reason or reasons["unknown"])[:200],
        )

    def _give_up_last_mail(self):
        """Cancel the failed mail of this statement before another one is sent."""
        # sudo: a user who may send a statement may replace its mail, without access to mails.
        message = self.mail_message_id.sudo()
        if (message.model, message.res_id) != (self._name, self.id):
            return
        failed = message.notification_ids.filtered(
            lambda notification: notification.notification_status == "exception"
        )
        failed.mail_mail_id.filtered(lambda mail: mail.state == "exception").cancel()
        failed.write({"notification_status": "canceled"})

    # === In the background ===

    def _as_sender(self):
        """This statement with the sender's rights in its company. It cannot be sent if the sender
        may not read it or lost access to the company."""
        self.ensure_one()
        sender = self.user_id
        if not sender.active:
            raise UserError(
                self.env._(
                    "%(sender)s started sending but is no longer an active user. Retry to send in "
                    "your name.",
                    sender=sender.display_name or self.env._("The user"),
                )
            )
        # The sender is the user who pressed the button; nobody can write the field by hand. The
        # scheduled action, which runs as superuser, uses that user's rights only.
        return self.with_user(sender).with_context(
            allowed_company_ids=self.company_id.ids, lang=sender.lang, tz=sender.tz
        )

    @api.model
    def _cron_send(self):
        """Send some of the statements waiting in batches, and commit after each.

        If the run is interrupted, each sent statement is committed with its mail, and the next run
        sends the rest.
        """
        waiting = [("state", "=", "to_send"), ("batch_id.state", "=", "sending")]
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self.search_count(waiting))
        if problem := self._get_sending_problem():
            self._give_up(self.search(waiting), problem)
        # The mail queue sends the mails, so this run does not wait for a mail server.
        queue = self.with_context(mail_notify_force_send=False)
        for statement in queue.search(waiting, order="id", limit=CHUNK):
            if not cron._commit_progress(statement._send_in_batch()):
                break
        self.env["account.customer.statement.batch"]._close_finished()
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()
        cron._commit_progress(remaining=self.search_count(waiting))

    @api.model
    def _give_up(self, statements, problem):
        """Mark all statements as failed: log the problem once, and write it on each of them."""
        locked = statements.try_lock_for_update()
        if locked:
            _logger.warning("%s customer statements cannot be sent: %s", len(locked), problem)
        for sender, own in locked.grouped("user_id").items():
            said = self.with_context(lang=sender.lang)._get_sending_problem()
            own._write_outcome("failed", said or problem)

    def _send_in_batch(self):
        """Send this statement as its sender. An error must not stop the other statements.

        :return int: 1 if it was handled, 0 if it is locked, so that the next run tries again
        """
        try:
            with self._failure_written_down():
                self._as_sender()._send()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            _logger.info("%s is handled by somebody else", self)
            return 0
        return 1
