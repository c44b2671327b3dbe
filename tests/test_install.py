"""Installing in a database with years of history."""

from odoo.addons.account_customer_credit.hooks import COLUMNS, pre_init_hook

from .common import CustomerCreditCommon


class TestInstall(CustomerCreditCommon):
    def test_what_the_hook_fills_is_what_the_fields_compute(self):
        """The statements that fill the fields of old documents agree with the fields."""
        reward = self.env.ref("account_customer_credit.product_customer_reward")
        term = self.env.ref("account.account_payment_term_30days")
        moves = self.customer_document(
            [self.line(-250.0, product_id=reward.id)], invoice_payment_term_id=term.id
        )
        moves += self.customer_document([self.line(-40.0)])
        moves += self.customer_document([self.line(40.0)])
        moves += self.customer_document([self.line(0.0)])
        moves += self.customer_document([self.line(10.0)], move_type="out_refund")
        moves += self.customer_document([self.line(10.0)], move_type="in_invoice")
        moves.action_post()
        self.apply(moves[1], moves[2])
        moves[4].is_move_sent = True
        moves += self.customer_document([self.line(-5.0)])
        cancelled = self.customer_document([self.line(-6.0)], post=True)
        cancelled.button_cancel()
        moves += cancelled

        computed = moves.read(list(COLUMNS))
        self.env.flush_all()
        nulls = ", ".join(f"{name} = NULL" for name in COLUMNS)
        self.env.cr.execute(f"UPDATE account_move SET {nulls} WHERE id IN %s", [tuple(moves.ids)])
        self.env.invalidate_all()
        self.assertFalse(moves[0].is_customer_credit)

        pre_init_hook(self.env)
        self.env.invalidate_all()
        self.assertEqual(moves.read(list(COLUMNS)), computed)
