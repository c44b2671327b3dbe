"""Statements by mail: one by one, each on its own, so that one customer cannot stop the others."""

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
        """Send these statements now. Whoever has one already gets no second mail.

        :raises UserError: when all of them were sent before, or when there are many: those are
            sent in the background, by their batch
        """
        self.check_access("write")
        unsent = self.filtered(lambda statement: statement.state != "sent")
        if not unsent:
            raise UserError(
                self.env._(
                    "%(statement)s was sent already. To send another one, make a new statement.",
                    statement=self[:1].display_name,
                )
                if self
                else self.env._("There is nothing to send. Choose some statements.")
            )
        if len(unsent) > SENT_AT_ONCE:
            raise UserError(
                self.env._(
                    "%(count)s statements are too many to wait for. Send them from their batch, "
                    "or at most %(limit)s at a time.",
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
        """:raises UserError: where no statement at all can be sent; nothing is written then"""
        if problem := self._get_sending_problem():
            raise UserError(problem)

    @api.model
    def _get_sending_problem(self):
        """:return: what keeps every statement from being sent and who can mend it, a sentence; or
        False"""
        template = self.env.ref(TEMPLATE, raise_if_not_found=False)
        if not template:
            return self.env._(
                "The mail template of customer statements is missing. Ask an administrator to "
                "upgrade Accounts Receivable in Apps, which brings it back. Until then, print the "
                "statements."
            )
        # sudo: who sends need not read reports to be told that none can be printed
        if template.sudo().report_template_ids and self.env[
            "ir.actions.report"
        ].get_wkhtmltopdf_state() in ("install", "broken"):
            return self.env._(
                "This server cannot make PDF files, because wkhtmltopdf is missing or broken. Ask "
                "whoever runs the server to install it, then send again."
            )
        return False

    def _send(self):
        """Send each statement that nobody sent yet, and write down on it how that went.

        A statement that somebody else is sending at this moment is left alone.
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
        """All or nothing of what is done within; what goes wrong is said on the statement."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                yield
        except psycopg2.OperationalError:
            # Not the customer's fault: two transactions met. The whole is tried again.
            raise
        except UserError as error:
            # It says all there is to say, in one line.
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
                "%(customer)s is archived: no mail is sent there. Unarchive the customer and send "
                "again; or print the statement.",
                customer=self.partner_id.display_name,
            )
        return self.env._(
            "%(customer)s has no mail address. Enter one, on an invoicing contact or on the "
            "customer itself, and send again; or print the statement.",
            customer=self.partner_id.display_name,
        )

    def _post_mail(self):
        """Post the mail with the PDF on the statement; it goes out when the transaction ends.

        :return: the message
        """
        return self.message_post_with_source(
            self.env.ref(TEMPLATE),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            email_layout_xmlid="mail.mail_notification_layout_with_responsible_signature",
        )

    # === After it was sent ===

    def _read_delivery(self):
        """Say at once what the mail server said at once."""
        # sudo: who may send a statement learns what became of its mail.
        self.mail_message_id.sudo().notification_ids.filtered(
            lambda notification: notification.notification_status in UNDELIVERED
        )._update_statements()

    def _write_delivery(self, notification):
        """Write down what a notification says of these statements' mail.

        A mail that went out after all makes them sent, also where somebody is about to try again.
        """
        if notification.notification_status in UNDELIVERED:
            for statement in self.filtered(lambda own: own.state in ("sent", "failed")):
                statement._write_outcome("failed", statement._get_undelivered(notification))
        else:
            self.filtered(lambda own: own.state != "sent")._write_outcome("sent", False)

    def _get_undelivered(self, notification):
        # The mail queue has no language; who sent it reads it.
        env = self.with_context(lang=self.user_id.lang or self.env.lang).env
        notification = notification.with_env(env)
        kind = notification.failure_type
        reasons = dict(notification._fields["failure_type"]._description_selection(env))
        reason = kind != "unknown" and reasons.get(kind)
        return env._(
            "The mail to %(recipient)s did not get there: %(reason)s. See that the address is "
            "right and the mail server works, and send again; or print the statement.",
            recipient=notification.res_partner_id.display_name,
            reason=(reason or notification.failure_reason or reasons["unknown"])[:200],
        )

    def _give_up_last_mail(self):
        """Where another mail is about to go out, nobody sends the one that failed any more."""
        # sudo: mails are Odoo's; who may send a statement may replace its own mail.
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
        """This statement, with the sender's rights in its company: what the sender may not
        read, or where the sender may not work any more, is not sent."""
        self.ensure_one()
        sender = self.user_id
        if not sender.active:
            raise UserError(
                self.env._(
                    "%(sender)s, who began to send this, does not work here any more. Try again: "
                    "it will be sent in your name.",
                    sender=sender.display_name or self.env._("The user"),
                )
            )
        # Who sends is the one who pressed the button, for nobody writes it by hand: the scheduled
        # action, which may do anything, takes on the sender's rights and no others.
        return self.with_user(sender).with_context(
            allowed_company_ids=self.company_id.ids, lang=sender.lang, tz=sender.tz
        )

    @api.model
    def _cron_send(self):
        """Send a chunk of what waits in batches, and commit after each customer.

        However it is interrupted, what was sent is written down with its mail, and the next run
        goes on with the rest.
        """
        waiting = [("state", "=", "to_send"), ("batch_id.state", "=", "sending")]
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self.search_count(waiting))
        if problem := self._get_sending_problem():
            self._give_up(self.search(waiting), problem)
        # The mails wait in the queue; nobody waits for a mail server here.
        queue = self.with_context(mail_notify_force_send=False)
        for statement in queue.search(waiting, order="id", limit=CHUNK):
            if not cron._commit_progress(statement._send_in_batch()):
                break
        self.env["account.customer.statement.batch"]._close_finished()
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()
        cron._commit_progress(remaining=self.search_count(waiting))

    @api.model
    def _give_up(self, statements, problem):
        """None of them can be sent: one line says so to who runs the server, and each sender reads
        it on these statements."""
        locked = statements.try_lock_for_update()
        if locked:
            _logger.warning("%s customer statements cannot be sent: %s", len(locked), problem)
        for sender, own in locked.grouped("user_id").items():
            said = self.with_context(lang=sender.lang)._get_sending_problem()
            own._write_outcome("failed", said or problem)

    def _send_in_batch(self):
        """Send in the sender's name; where not even that is possible, the others still can be.

        :return: how many were handled; none when somebody is at it at this moment: the next run
            looks again
        """
        try:
            with self._failure_written_down():
                self._as_sender()._send()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            _logger.info("%s is handled by somebody else", self)
            return 0
        return 1
