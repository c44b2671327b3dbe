"""Two equal orders: one with a customer credit, one with core's credit note."""

from .common import SaleCreditCommon

LINE_FIGURES = (
    "qty_invoiced",
    "qty_invoiced_posted",
    "qty_to_invoice",
    "untaxed_amount_invoiced",
    "untaxed_amount_to_invoice",
    "amount_invoiced",
    "amount_to_invoice",
    "invoice_status",
    "price_unit",
)
ORDER_FIGURES = ("amount_invoiced", "amount_to_invoice", "invoice_status", "invoice_count")
REPORT_FIGURES = (
    "qty_invoiced:sum",
    "qty_to_invoice:sum",
    "untaxed_amount_invoiced:sum",
    "untaxed_amount_to_invoice:sum",
    "price_subtotal:sum",
)


class FinalCreditCommon(SaleCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax_21 = cls.two_sided_tax("21 %", 21.0)

    def final_document(self, order, keep):
        """The order's next invoice, posted, with the company's setting on or off."""
        self.env.company.customer_credit_sale_final = keep
        move = order._create_invoices(final=True)
        move.action_post()
        self.fresh()
        return move

    def reverse(self, move, post=True):
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"date": "2023-07-15", "journal_id": move.journal_id.id})
        )
        wizard.refund_moves()
        if post:
            wizard.new_move_ids.action_post()
        self.fresh()
        return wizard.new_move_ids

    def figures(self, order):
        """All figures of Sales about what was invoiced of the order, without names."""
        self.fresh()
        lines = order.order_line.filtered(lambda line: not line.display_type)
        report = self.env["sale.report"]._read_group(
            [("order_reference", "=", f"sale.order,{order.id}")], [], REPORT_FIGURES
        )
        return {
            "lines": [tuple(line[name] for name in LINE_FIGURES) for line in lines],
            "order": tuple(order[name] for name in ORDER_FIGURES),
            "report": report,
            "names": [line.name.split("ref:")[0] for line in lines],
        }

    def assertSameFigures(self, order, as_core):
        figures = self.figures(order)
        for key, expected in self.figures(as_core).items():
            self.assertEqual(figures[key], expected, key)
        return figures
