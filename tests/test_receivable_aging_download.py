"""The spreadsheet of the A/R aging, as a browser fetches it."""

import io

import openpyxl

from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .common_customer import CustomerAccountCommon


@tagged("post_install", "-at_install")
class TestReceivableAgingDownload(CustomerAccountCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(
            cls.env,
            "aging clerk",
            groups="base.group_user,account.group_account_invoice",
            company_id=cls.env.company.id,
            company_ids=[Command.set(cls.env.company.ids)],
        )
        cls.customer.name = "=2+2 School District"
        cls.document(1000.0)
        cls.document(-250.0)
        cls.document(77.5, partner_id=cls.stranger.id)
        cls.env.flush_all()

    def dialog(self, user, **values):
        partners = (self.customer + self.stranger).ids
        dialog = self.env["account.receivable.aging.print"].with_user(user)
        return dialog.create({"partner_ids": [Command.set(partners)], **values})

    def test_the_totals_of_the_spreadsheet_are_the_agings(self):
        dialog = self.dialog(self.clerk, credits="column", show_items=True)
        action = dialog.action_export()
        self.authenticate(self.clerk.login, self.clerk.login)
        answer = self.url_open(action["url"])
        self.assertEqual(answer.status_code, 200)
        self.assertIn("A-R%20Aging%20as%20of", answer.headers["Content-Disposition"])
        values = openpyxl.load_workbook(io.BytesIO(answer.content), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(answer.content))
        customers, items = values.worksheets
        head = [cell.value for cell in customers[5]]
        self.assertEqual(
            head[:3] + head[-2:], ["Customer", "Not Due", "1-30", "Unapplied Credits", "Total"]
        )
        self.assertEqual(
            [
                (row[0], row[2], row[-2], row[-1])
                for row in customers.iter_rows(min_row=6, values_only=True)
            ],
            [
                ("=2+2 School District", 1000.0, -250.0, 750.0),
                ("Nothing Bought", 77.5, 0.0, 77.5),
                ("Total", 1077.5, -250.0, 827.5),
            ],
        )
        self.assertEqual(formulas.worksheets[0]["C8"].value, "=SUM(C6:C7)")
        self.assertEqual(
            formulas.worksheets[0]["A6"].data_type, "s", "A name is text, whatever it begins with."
        )
        rows = list(items.iter_rows(min_row=6, values_only=True))
        self.assertEqual([row[-1] for row in rows], [1000.0, -250.0, 77.5, 827.5])
        self.assertEqual(rows[1][2], "Customer Credit")

    def test_nobody_downloads_what_somebody_else_chose(self):
        dialog = self.dialog(self.clerk)
        url = dialog.action_export()["url"]
        for groups in (
            "base.group_portal",
            "base.group_user",
            "base.group_user,account.group_account_invoice",
        ):
            user = new_test_user(self.env, f"other {groups}", groups=groups)
            self.authenticate(user.login, user.login)
            answer = self.url_open(url)
            self.assertNotEqual(answer.status_code, 200, groups)
            self.assertNotIn(b"School District", answer.content, groups)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(url).url)

    def test_an_address_of_nothing_is_not_found(self):
        self.authenticate(self.clerk.login, self.clerk.login)
        self.assertEqual(self.url_open("/account_customer_credit/aging/0.xlsx").status_code, 404)
