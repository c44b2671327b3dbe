"""Two real connections at once, whose commits are deleted at the end."""

import threading

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name


class ConcurrencyCommon(BaseCase):
    """The records are committed, because two connections must see them. Each test has its own
    customers, whose documents are deleted at the end."""

    def setUp(self):
        super().setUp()
        self.database = get_db_name()
        self.registry = Registry(self.database)
        self.customers = []
        self.addCleanup(self.take_away)

    def cursor(self):
        return db_connect(self.database).cursor()

    def environment(self, cr):
        company = api.Environment(cr, SUPERUSER_ID, {}).ref("base.main_company")
        user = api.Environment(cr, SUPERUSER_ID, {}).ref("base.user_admin")
        return api.Environment(cr, user.id, {"allowed_company_ids": company.ids})

    def take_away(self):
        """Delete everything that was committed."""
        with self.cursor() as cr:
            cr.execute(
                "SELECT id FROM account_move WHERE commercial_partner_id = ANY(%s)",
                [self.customers],
            )
            moves = [row[0] for row in cr.fetchall()]
            for statement, ids in (
                (
                    "DELETE FROM account_receivable_application WHERE partner_id = ANY(%s) "
                    "AND kind = 'unapplication'",
                    self.customers,
                ),
                (
                    "DELETE FROM account_receivable_application WHERE partner_id = ANY(%s)",
                    self.customers,
                ),
                (
                    "DELETE FROM account_partial_reconcile WHERE debit_move_id IN "
                    "(SELECT id FROM account_move_line WHERE move_id = ANY(%s))",
                    moves,
                ),
                ("DELETE FROM account_payment WHERE partner_id = ANY(%s)", self.customers),
                ("DELETE FROM account_move_line WHERE move_id = ANY(%s)", moves),
                ("DELETE FROM account_move WHERE id = ANY(%s)", moves),
            ):
                cr.execute(statement, [ids])

    # === Both at once ===

    def race(self, *acts):
        """Run each act in its own thread, like requests that start together, with Odoo's retries.

        :return: for each act None, or the message of its refusal
        """
        start = threading.Barrier(len(acts))
        outcomes = [None] * len(acts)

        def run(index, act):
            with self.cursor() as cr:
                env = self.environment(cr)
                waited = []

                def request():
                    if not waited:
                        waited.append(True)
                        cr.execute("SELECT 1")  # what each sees is from before the other began
                        start.wait(timeout=60)
                    act(env)

                try:
                    retrying(request, env)
                except UserError as refusal:
                    outcomes[index] = str(refusal)

        threads = [
            threading.Thread(target=run, args=(index, act)) for index, act in enumerate(acts)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=300)
            self.assertFalse(thread.is_alive(), "Nobody waits for the other for ever.")
        return outcomes
