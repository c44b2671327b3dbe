"""The work that a fault interrupts, and what must be true afterwards, checked by SQL."""

import threading
import time
import urllib.error
from http.client import HTTPException

from runtime.client import Refused
from runtime.errors import SetupError

#: How long to wait for scheduled work, in seconds.
PATIENCE = 300
#: The size of a table's file includes rows that are not committed yet.
WRITTEN = "SELECT pg_relation_size('account_receivable_application')"
WAKE = """
    INSERT INTO ir_cron_trigger (cron_id, call_at)
         SELECT res_id, now() AT TIME ZONE 'UTC' FROM ir_model_data
          WHERE module = '{module}' AND name = '{name}'
"""


class Story:
    """One kind of work. ``stage`` asks the database (``number``, ``query``) and logs in
    (``client``)."""

    def __init__(self, stage, data):
        self.stage = stage
        self.customers = data["customers"]
        self.data = data

    def wait_for(self, what, condition):
        deadline = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > deadline:
                raise SetupError(f"{self.label}: waited in vain until {what}.")
            time.sleep(0.02)

    def prepare(self):
        """Prepare the database before Odoo is started."""

    def wait_for_more_written(self):
        """Wait until a transaction has written settlements that are not committed yet."""
        before = self.stage.number(WRITTEN)
        self.wait_for("it writes", lambda: self.stage.number(WRITTEN) > before)

    def expect(self, what, found, wanted):
        if found != wanted:
            raise SetupError(f"{self.label}: {what}: {found}, and {wanted} was expected.")


class Apply(Story):
    """A clerk applies one credit to many invoices: one transaction."""

    label = "one credit on many invoices"

    def begin(self):
        self.outcome = None
        self.request = threading.Thread(target=self._press)
        before = self.stage.number(WRITTEN)
        self.request.start()
        self.wait_for("it writes", lambda: self.stage.number(WRITTEN) > before)

    def _press(self):
        try:
            self.apply()
            self.outcome = "applied"
        except (Refused, urllib.error.URLError, HTTPException, OSError, ValueError) as error:
            self.outcome = f"the clerk sees an error ({type(error).__name__})"

    def apply(self):
        client = self.stage.client()
        action = client.call("account.move", "action_apply_credit", [self.data["credit"]])
        client.call(action["res_model"], "action_apply", [action["res_id"]])

    def applied(self):
        return self.stage.number(
            "SELECT COUNT(*) FROM account_receivable_application AS application "
            f"WHERE credit_move_id = {self.data['credit']}"
        )

    def check_nothing_half_done(self):
        self.request.join()
        if self.outcome == "applied":
            raise SetupError(f"{self.label}: it was done before the fault came.")
        self.expect("applications", self.applied(), 0)
        return f"{self.outcome}, nothing is applied"

    def finish(self):
        """Press the button again, as the clerk would."""
        self.apply()
        self.expect("applications", self.applied(), len(self.data["invoices"]))
        return f"applied again, to {self.applied()} invoices"


class Statements(Story):
    """A batch of statements sent by the scheduled action, each in a transaction."""

    label = "a batch of statements"

    def begin(self):
        client = self.stage.client()
        dialog = client.call(
            "account.customer.statement.create",
            "create",
            [{"selection": "chosen", "partner_ids": [[6, 0, self.customers]]}],
        )
        (action,) = [client.call("account.customer.statement.create", "action_send", dialog)]
        self.batch = action["res_id"]
        third = len(self.customers) // 3
        self.wait_for("some are sent", lambda: self.sent() >= third)

    def sent(self):
        return self.stage.number(
            "SELECT COUNT(*) FROM account_customer_statement "
            f"WHERE batch_id = {self.batch} AND state = 'sent'"
        )

    def mails(self):
        return self.stage.number(
            "SELECT COUNT(*) FROM mail_message WHERE model = 'account.customer.statement' "
            "AND message_type = 'comment' AND res_id IN (SELECT id FROM "
            f"account_customer_statement WHERE batch_id = {self.batch})"
        )

    def check_nothing_half_done(self):
        # The scheduled action goes on as soon as it can: read both at once.
        sent, mails = map(int, self.stage.query(self._sent_and_mails())[0])
        self.expect("mails of statements that are sent", mails, sent)
        if sent == len(self.customers):
            raise SetupError(f"{self.label}: it was done before the fault came.")
        return f"{sent} of {len(self.customers)} are sent, each with its mail"

    def _sent_and_mails(self):
        return (
            "SELECT COUNT(*) FILTER (WHERE statement.state = 'sent'), COUNT(message.id) "
            "FROM account_customer_statement AS statement LEFT JOIN mail_message AS message "
            "ON message.model = 'account.customer.statement' AND message.res_id = statement.id "
            f"AND message.message_type = 'comment' WHERE batch_id = {self.batch}"
        )

    def finish(self):
        """Nobody does anything."""
        every = len(self.customers)
        self.wait_for("all are sent", lambda: self.sent() == every)
        self.expect("mails", self.mails(), every)
        self.wait_for("the mails arrive", lambda: len(self.stage.delivered()) >= every)
        self.expect("addresses with a mail", len(set(self.stage.delivered())), every)
        self.expect("mails delivered", len(self.stage.delivered()), every)
        self.wait_for("the batch is done", self.is_done)
        return f"the batch is done, {every} customers have one mail each"

    def is_done(self):
        return self.stage.number(
            "SELECT COUNT(*) FROM account_customer_statement_batch "
            f"WHERE id = {self.batch} AND state = 'done'"
        )


class Scheduled(Story):
    """Scheduled invoices that are posted by the clock, a hundred in a transaction, and take open
    credits by themselves."""

    label = "scheduled invoices that take credits"

    def prepare(self):
        wake = WAKE.format(module="account", name="ir_cron_auto_post_draft_entry")
        self.stage.query(wake)

    def begin(self):
        self.wait_for("some are posted", lambda: self.posted() >= 1)
        self.wait_for_more_written()

    def posted(self):
        return self.stage.number(f"SELECT COUNT(*) FROM account_move WHERE {self._posted()}")

    def _posted(self):
        return f"state = 'posted' AND id IN ({', '.join(map(str, self.data['invoices']))})"

    def neglected(self):
        """Posted invoices that took no credit though their customer has some."""
        return self.stage.number(
            f"SELECT COUNT(*) FROM account_move AS invoice WHERE invoice.{self._posted()} "
            "AND amount_residual > 0 AND EXISTS (SELECT FROM account_move AS credit "
            "WHERE credit.is_customer_credit AND credit.state = 'posted' "
            "AND credit.partner_id = invoice.partner_id AND credit.amount_residual < 0)"
        )

    def check_nothing_half_done(self):
        posted = self.posted()
        self.expect("invoices posted without their credits", self.neglected(), 0)
        if posted == len(self.data["invoices"]):
            raise SetupError(f"{self.label}: it was done before the fault came.")
        return f"{posted} of {len(self.data['invoices'])} are posted, each with its credits"

    def finish(self):
        """Nobody does anything."""
        every = len(self.data["invoices"])
        self.wait_for("all are posted", lambda: self.posted() == every)
        self.expect("invoices posted without their credits", self.neglected(), 0)
        return f"all {every} are posted, each with its credits"
