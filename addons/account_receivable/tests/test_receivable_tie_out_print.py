"""The tie-out of a chosen day, on screen and on paper."""

from lxml import html

from odoo.exceptions import UserError

from .common_customer import TODAY, ReceivableAccountCommon


class TestReceivableTieOutPrint(ReceivableAccountCommon):
    def dialog(self, **values):
        return self.env["account.receivable.tie.out.print"].create(values)

    def printed(self, dialog):
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "account_receivable.report_receivable_tie_out", dialog.ids
        )
        return html.fromstring(content)

    def test_the_day_goes_into_the_search_bar(self):
        self.document(100.0)
        action = self.dialog(as_of="2023-06-30").action_show()
        self.assertEqual(action["res_model"], "account.receivable.tie.out")
        self.assertEqual(action["context"]["search_default_as_of"], "2023-06-30")

    def test_the_print_has_the_four_figures_and_says_that_they_agree(self):
        self.document(100.0)
        self.document(-30.0)
        page = self.printed(self.dialog())
        (account,) = page.xpath("//tr[@name='tie_out_account']")
        figures = [" ".join(cell.text_content().split()) for cell in account.xpath("td")[1:]]
        self.assertEqual(figures, ["$ 70.00"] * 4)
        self.assertEqual(len(page.xpath("//tr[@name='tie_out_agrees']")), 1)
        before = self.printed(self.dialog(as_of="2023-05-31"))
        self.assertTrue(before.xpath("//p[@name='nothing_to_tie_out']"))

    def test_a_difference_names_the_customer(self):
        document = self.document(100.0)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move_line SET amount_residual = 90, amount_residual_currency = 90 "
            "WHERE id IN %s",
            [self.receivable_items(document)._ids],
        )
        self.env.invalidate_all()
        page = self.printed(self.dialog())
        (row,) = page.xpath("//tr[@name='tie_out_difference']")
        self.assertIn(self.customer.name, row.text_content())
        self.assertFalse(page.xpath("//tr[@name='tie_out_agrees']"))

    def test_a_day_in_the_future(self):
        dialog = self.dialog(as_of="2023-07-16")
        self.assertGreater(dialog.as_of, TODAY)
        for button in (dialog.action_show, dialog.action_print):
            with self.assertRaisesRegex(UserError, "future"):
                button()
