"""An invoice is adjusted in the browser."""

from .common_adjustment import AdjustmentCommon
from .common_controls import ClickedControls


class TestAdjustmentTour(AdjustmentCommon, ClickedControls):
    def test_adjust_an_invoice(self):
        """Two desks of five come back and the lamp gets cheaper; the chair is left alone."""
        invoice = self.invoice(
            self.line(100.0, 5.0, tax=self.tax_21, name="Desk"),
            self.line(40.0, tax=self.tax_21, name="Lamp"),
            self.line(60.0, tax=self.tax_21, name="Chair"),
        )
        self.env.user.password = "accountman-password"
        self.start_tour(
            f"/odoo/customer-invoices/{invoice.id}",
            "account_customer_credit_adjustment",
            login=self.env.user.login,
        )
        adjustment = invoice.reversal_move_ids
        self.assertRecordValues(
            adjustment.invoice_line_ids,
            [
                {"quantity": -2.0, "price_unit": 100.0, "is_price_correction": False},
                {"quantity": 1.0, "price_unit": -10.0, "is_price_correction": True},
            ],
        )
        self.assertRecordValues(
            adjustment,
            [
                {
                    "state": "posted",
                    "amount_total": -254.1,
                    "description": "Two desks came back, the lamp was too dear.",
                }
            ],
        )
        self.assertTiesOut()
