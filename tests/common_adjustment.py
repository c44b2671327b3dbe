"""Short ways to adjust an invoice, and the promise that nothing of it is lost."""

from odoo.fields import Command

from .common_customer import CustomerAccountCommon


class AdjustmentCommon(CustomerAccountCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax_21 = cls.two_sided_tax("21 %", 21.0)
        cls.tax_6 = cls.two_sided_tax("6 %", 6.0)

    @classmethod
    def invoice(cls, *lines, **values):
        """A posted invoice of these line commands."""
        return cls.customer_document(list(lines), post=True, **values)

    def dialog(self, invoice, user=None, **values):
        """The dialog behind the button Adjust."""
        action = invoice.with_user(user or self.env.user).action_adjust()
        wizard = self.env[action["res_model"]].with_user(user or self.env.user)
        return wizard.with_context(**action["context"]).create(values)

    def adjust(self, invoice, post=True, returns=None, prices=None, amount=None, **values):
        """Adjust an invoice.

        :param returns: ``{index of the line: quantity}``; other lines are left as they are
        :param prices: ``{index of the line: new price}``
        :param amount: one amount, tax included
        :return: the adjustment; of all that is left if none of the three is given
        """
        wizard = self.dialog(invoice, **values)
        if amount is not None:
            wizard.write({"mode": "amount", "amount": amount})
        elif returns is not None or prices is not None:
            self.trim(wizard, returns or {}, prices or {})
        action = wizard.action_post() if post else wizard.action_create_draft()
        return self.env["account.move"].browse(action["res_id"])

    def trim(self, wizard, returns, prices):
        """Enter quantities and prices in the dialog; take the other lines out of it."""
        lines = wizard.invoice_id.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        for index, line in enumerate(lines):
            row = wizard.line_ids.filtered(lambda row, line=line: row.invoice_line_id == line)
            if index in returns:
                row.write({"kind": "return", "quantity": returns[index]})
            elif index in prices:
                row.write({"kind": "price", "new_price": prices[index]})
            else:
                wizard.write({"line_ids": [Command.unlink(row.id)]} if row else {})

    def core_reversal(self, invoice, date, post=True):
        """What core's Credit Note button makes of the invoice."""
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"date": date, "journal_id": invoice.journal_id.id})
        )
        wizard.refund_moves()
        if post:
            wizard.new_move_ids.action_post()
        return wizard.new_move_ids

    def assertTakenBackExactly(self, invoice, documents):
        """The documents together are the invoice: without tax, each tax, and the total, in the
        currency of the document and of the company."""

        def sums(moves):
            lines = moves.line_ids
            parts = {}
            for line in lines:
                if line.tax_repartition_line_id:
                    key = line.tax_repartition_line_id.tax_id
                elif line.display_type == "payment_term":
                    key = "total"
                else:
                    key = "untaxed"
                amount, balance = parts.get(key, (0.0, 0.0))
                parts[key] = (amount + line.amount_currency, balance + line.balance)
            return {
                key: (round(amount, 4) + 0.0, round(balance, 4) + 0.0)
                for key, (amount, balance) in parts.items()
                if round(amount, 4) or round(balance, 4)
            }

        self.assertEqual(sums(invoice + documents), {})
        self.assertEqual(
            sums(documents),
            {key: (-amount, -balance) for key, (amount, balance) in sums(invoice).items()},
        )
