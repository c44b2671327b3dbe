"""The team's and the campaign's invoiced figures, and who is named on what is taken back."""

from .common_final import FinalCreditCommon

NAMES = ("campaign_id", "medium_id", "source_id", "team_id", "invoice_user_id")


class TestSalesFigures(FinalCreditCommon):
    def make_order(self, name):
        """Ten desks at 100.00, sold by a team and a campaign of their own; invoiced and paid."""
        team = self.env["crm.team"].create({"name": name})
        campaign = self.env["utm.campaign"].create({"name": name, "title": name})
        order = self.order(
            team_id=team.id,
            campaign_id=campaign.id,
            medium_id=self.env["utm.medium"].create({"name": name}).id,
            source_id=self.env["utm.source"].create({"name": name}).id,
        )
        return order, self.invoice(order)

    def invoiced(self, order):
        self.env.flush_all()
        self.fresh()
        return order.team_id.invoiced, order.campaign_id.invoiced_amount

    def test_the_figures_of_team_and_campaign(self):
        """Three of ten desks come back; the credit is used on the invoice, the rest is paid."""
        figures = []
        for keep in (True, False):
            order, invoice = self.make_order(f"Schools {keep}")
            order.order_line.product_uom_qty = 7.0
            credit = self.final_document(order, keep=keep)
            self.assertEqual(credit.is_customer_credit, keep)
            for name in NAMES:
                self.assertEqual(credit[name], invoice[name], name)
            self.apply(invoice, credit)
            self.apply(invoice, self.payment(700.0).move_id)
            figures.append(self.invoiced(order))
        self.assertEqual(figures, [(700.0, 700.0), (700.0, 700.0)])

    def test_an_adjustment_belongs_to_the_invoices_campaign(self):
        """What an adjustment takes back is taken from the campaign, as by core's credit note."""
        figures = []
        for adjust in (True, False):
            order, invoice = self.make_order(f"Schools {adjust}")
            if adjust:
                wizard = self.env["account.invoice.adjust"].create({"invoice_id": invoice.id})
                taken = self.env["account.move"].browse(wizard.action_post()["res_id"])
            else:
                taken = self.reverse(invoice)
            for name in NAMES:
                self.assertEqual(taken[name], invoice[name], name)
            figures.append(self.invoiced(order))
        self.assertEqual(figures, [(0.0, 0.0), (0.0, 0.0)])
