"""Helpers that adjust an invoice, and the check that nothing of it is lost."""

from collections import defaultdict

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

    def dialog(self, invoice, user=None, is_all=True, **values):
        """The dialog behind the button Adjust, after *Return All* unless it is to stay at zero."""
        action = invoice.with_user(user or self.env.user).action_adjust()
        wizard = self.env[action["res_model"]].with_user(user or self.env.user)
        wizard = wizard.with_context(**action["context"]).create(values)
        if is_all and "amount" not in values:
            wizard.action_adjust_all()
        return wizard

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
        return self.as_shown(wizard, post)

    def as_shown(self, wizard, post=True):
        """Create the dialog's adjustment, and check that draft and posted document have the
        amounts that the dialog shows, line by line and tax by tax."""
        shown = self.shown(wizard)
        action = wizard.action_create_draft()
        adjustment = self.env["account.move"].browse(action["res_id"])
        self.assertEqual(self.booked(adjustment), shown, "The draft is what the dialog shows.")
        if post:
            adjustment.action_post()
            self.assertEqual(self.booked(adjustment), shown, "What is posted is what it shows.")
        return adjustment

    def shown(self, wizard):
        """The amounts that the dialog shows: each line, each tax, untaxed amount, taxes, total."""
        amounts = defaultdict(float, untaxed=wizard.amount_untaxed, tax=wizard.amount_tax)
        amounts["total"] = wizard.amount_total
        for row in wizard.line_ids:
            amounts[row.invoice_line_id] += row.amount
        for line_adjustment in wizard._get_line_adjustments():
            for (name, tax, suffix), amount in line_adjustment.amounts.combined().items():
                if name == "tax_amount" and suffix == "_currency":
                    amounts[self.env["account.tax"].browse(tax)] -= amount
        return self.without_zeros(amounts, wizard.currency_id)

    def booked(self, adjustment):
        """The same of a document, from its lines and journal items."""
        amounts = defaultdict(float, untaxed=-adjustment.amount_untaxed)
        amounts.update(tax=-adjustment.amount_tax, total=-adjustment.amount_total)
        for line in adjustment.invoice_line_ids:
            if line.adjusted_line_id.display_type == "product":
                amounts[line.adjusted_line_id] -= line.price_subtotal
        for line in adjustment.line_ids.filtered("tax_line_id"):
            amounts[line.tax_line_id] += line.amount_currency
        return self.without_zeros(amounts, adjustment.currency_id)

    @staticmethod
    def without_zeros(amounts, currency):
        return {
            key: round(amount, currency.decimal_places)
            for key, amount in amounts.items()
            if not currency.is_zero(amount)
        }

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

    def pay_early(self, invoice):
        """The customer pays within the days of the discount, and takes it."""
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"payment_date": "2023-06-05"})._create_payments()
        self.assertEqual(invoice.amount_residual, 0.0)

    def core_reversal(self, invoice, date, post=True):
        """The credit note that core's button creates from the invoice."""
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
        """Check that the documents together equal the invoice: without tax, each tax, and the
        total, in the currency of the document and of the company."""

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
