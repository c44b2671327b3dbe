"""The statements of many customers, sent in the background with progress, each at most once."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..client_message import close_with_message
from ..receivable_choices import STATEMENT_CUSTOMERS
from .account_customer_statement_sending import SENT_AT_ONCE

#: How many statements are printed at once, while the user waits.
PRINTED_AT_ONCE = 200

COUNTERS = ("to_send", "sent", "printed", "skipped", "failed")


class AccountCustomerStatementBatch(models.Model):
    _name = "account.customer.statement.batch"
    _description = "Statement Batch"
    _inherit = ["account.customer.statement.choices"]
    _order = "id desc"

    selection = fields.Selection(
        selection=STATEMENT_CUSTOMERS,
        string="Customers",
        required=True,
        readonly=True,
        default="all",
    )
    state = fields.Selection(
        selection=[
            ("draft", "New"),
            ("sending", "Sending"),
            ("stopped", "Stopped"),
            ("done", "Done"),
        ],
        string="Status",
        required=True,
        readonly=True,
        index=True,
        default="draft",
        copy=False,
    )
    statement_ids = fields.One2many(
        comodel_name="account.customer.statement", inverse_name="batch_id", readonly=True
    )
    problem_ids = fields.One2many(
        comodel_name="account.customer.statement",
        inverse_name="batch_id",
        string="Not Sent",
        readonly=True,
        domain=[("state", "in", ("skipped", "failed"))],
    )
    total_count = fields.Integer(string="Statements", compute="_compute_counts")
    to_send_count = fields.Integer(string="To Send", compute="_compute_counts")
    sent_count = fields.Integer(string="Sent", compute="_compute_counts")
    printed_count = fields.Integer(string="Printed", compute="_compute_counts")
    skipped_count = fields.Integer(string="Skipped", compute="_compute_counts")
    failed_count = fields.Integer(string="Failed", compute="_compute_counts")
    progress = fields.Float(
        string="Progress (%)",
        compute="_compute_counts",
        help="Share of statements that were sent, printed, skipped or failed.",
    )

    @api.depends("kind", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for batch in self:
            batch.display_name = self.env._(
                "Statements (%(kind)s) as of %(date)s",
                kind=kinds.get(batch.kind, ""),
                date=format_date(self.env, batch.date),
            )

    @api.depends("statement_ids.state")
    def _compute_counts(self):
        """Compute the counts in one query for any number of batches."""
        counts = {}
        for batch, state, count in self.env["account.customer.statement"]._read_group(
            [("batch_id", "in", self.ids)], ["batch_id", "state"], ["__count"]
        ):
            counts[batch.id, state] = count
        for batch in self:
            own = {state: counts.get((batch.id, state), 0) for state in COUNTERS}
            total = sum(own.values())
            handled = total - own["to_send"]
            batch.update({f"{state}_count": count for state, count in own.items()})
            batch.total_count = total
            batch.progress = 100.0 * handled / total if total else 0.0

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        # The database deletes the statements with their batch, without any check.
        self.statement_ids._unlink_except_sent()

    @api.model
    def _make(self, customers, choices, selection):
        """Create a batch with a statement for each customer.

        :param customers: commercial partners
        :param choices: ``StatementChoices``, checked
        :param str selection: how the customers were selected
        :return: the batch
        """
        self.check_access("create")
        # sudo: only the program writes batches; the user's right to create one was checked.
        batch = (
            self.sudo()
            .create(
                {
                    "kind": choices.kind,
                    "date": choices.as_of,
                    "date_from": choices.date_from,
                    "company_id": self.env.company.id,
                    "selection": selection,
                }
            )
            .sudo(self.env.su)
        )
        # The mail and the state say what happened to a statement: no chatter for thousands.
        statements = self.env["account.customer.statement"].with_context(
            tracking_disable=True, mail_create_nosubscribe=True, mail_create_nolog=True
        )
        statements._make(customers, choices, batch_id=batch.id)
        return batch

    # === Sending ===

    def action_send(self):
        """Send the statements that were not sent: a few at once, many in the background.

        :return: a message that says how far they are
        :raises UserError: if there are none, or no statement can be sent
        """
        self.check_access("write")
        # A statement that was printed for a look is not sent.
        printed = self.statement_ids.filtered(lambda own: own.state == "printed")
        printed._as_program().state = "to_send"
        return self.action_continue()

    def action_continue(self):
        """Send the rest of the statements, as the current user.

        :return: a message that says how far they are
        :raises UserError: if there are none, or no statement can be sent
        """
        self.check_access("write")
        for batch in self:
            batch._check_can_go_on()
            batch._go_on()
        return self._get_progress_message()

    def action_retry(self):
        """Send the statements again that were skipped or failed, and no others.

        :return: a message that says how far they are
        :raises UserError: if there are none, if no statement can be sent, or if the batch was
            stopped with statements waiting, which would be sent too
        """
        self.check_access("write")
        for batch in self:
            if batch.state == "stopped" and batch.to_send_count:
                raise UserError(
                    self.env._(
                        "%(batch)s is stopped with %(count)s statements to send. Click Continue "
                        "first, then retry the statements that were skipped or failed.",
                        batch=batch.display_name,
                        count=batch.to_send_count,
                    )
                )
            batch.statement_ids._check_can_be_sent()
            problems = batch.problem_ids
            if not problems:
                raise UserError(
                    self.env._(
                        "%(batch)s has no skipped or failed statements to retry.",
                        batch=batch.display_name,
                    )
                )
            problems._as_program().write({"state": "to_send", "message": False})
            batch._go_on()
        return self._get_progress_message()

    def action_stop(self):
        """Stop sending. Mails that went out cannot be called back.

        :return: a message that says how many are not sent
        """
        self._as_program().filtered(lambda batch: batch.state == "sending").state = "stopped"
        return close_with_message(
            self.env._(
                "Stopped. %(count)s statements are not sent.",
                count=sum(self.mapped("to_send_count")),
            )
        )

    def _get_progress_message(self):
        waiting = sum(self.filtered(lambda b: b.state == "sending").mapped("to_send_count"))
        if waiting:
            return close_with_message(
                self.env._("Sending %(count)s statements in the background.", count=waiting)
            )
        return close_with_message(
            self.env._(
                "%(sent)s statements sent, %(skipped)s skipped, %(failed)s failed.",
                sent=sum(self.mapped("sent_count")),
                skipped=sum(self.mapped("skipped_count")),
                failed=sum(self.mapped("failed_count")),
            )
        )

    def _check_can_go_on(self):
        self.ensure_one()
        self.statement_ids._check_can_be_sent()
        if not self.statement_ids.filtered(lambda own: own.state in ("to_send", "printed")):
            raise UserError(
                self.env._(
                    "No statements of %(batch)s are left to send. Retry those that were skipped "
                    "or failed.",
                    batch=self.display_name,
                )
            )

    def _go_on(self):
        self.ensure_one()
        waiting = self.statement_ids.filtered(lambda statement: statement.state == "to_send")
        # Each statement is sent with the rights of the user who sends it.
        self._as_program().write({"state": "sending", "user_id": self.env.uid})
        waiting._as_program().user_id = self.env.uid
        if len(waiting) <= SENT_AT_ONCE:
            waiting._send()
            self._close_finished()
        else:
            # sudo: a user who may send a batch may trigger the scheduled action that does it.
            self.env.ref("account_receivable.ir_cron_customer_statement").sudo()._trigger()

    @api.model
    def _close_finished(self):
        """Set the batches with nothing left to send to done."""
        sending = self.search([("state", "=", "sending")])
        sending.invalidate_recordset(["to_send_count"])
        sending.filtered(lambda batch: not batch.to_send_count)._as_program().state = "done"

    # === Printing ===

    def action_print(self):
        """Print the next statements that were not mailed; each call prints the next ones.

        :return: the print's action
        :raises UserError: while the batch is being sent, or if nothing is left to print
        """
        self.ensure_one()
        if self.state == "sending":
            raise UserError(
                self.env._(
                    "%(batch)s is being sent. Wait until it is done or stop it, then print the "
                    "unsent statements.",
                    batch=self.display_name,
                )
            )
        to_print = self.statement_ids.filtered(
            lambda statement: statement.state in ("to_send", "skipped", "failed")
        ).sorted("id")
        if not to_print:
            raise UserError(
                self.env._(
                    "All statements of %(batch)s are sent or printed. To print some again, select "
                    "them in the list of statements.",
                    batch=self.display_name,
                )
            )
        return to_print[:PRINTED_AT_ONCE].action_print()

    # === Lists ===

    @api.readonly
    def action_open_statements(self):
        """Open the statements of this batch."""
        return self._get_statements_action({})

    @api.readonly
    def action_open_problems(self):
        """Open the statements of this batch that were not sent."""
        return self._get_statements_action({"search_default_not_sent": 1})

    def _get_statements_action(self, context):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_receivable.action_customer_statement"
        )
        action.update(
            domain=[("batch_id", "=", self.id)],
            context=context,
            display_name=self.display_name,
        )
        return action
