"""The spreadsheet of the A/R aging, as a browser fetches it."""

import io

import openpyxl

from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .common_customer import ReceivableAccountCommon


@tagged("post_install", "-at_install")
class TestReceivableAgingDownload(ReceivableAccountCommon, HttpCase):
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
            head[:3] + head[-2:], ["Customer", "Not Due", "1-30", "Open Credits", "Total"]
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
        self.assertEqual(rows[1][2], self.credit_kind[1])

    # === Several companies ===

    def two_companies(self):
        """Two companies, each with a customer who owes it; the clerk works in both and starts in
        the second one."""
        other = self.setup_other_company(name="Second Company")
        self.clerk.write({"company_ids": [Command.link(other["company"].id)]})
        self.clerk.company_id = other["company"]
        invoice = self.env["account.move"].with_company(other["company"])
        invoice = invoice.create(
            {
                "move_type": "out_invoice",
                "partner_id": self.stranger.id,
                "invoice_date": "2023-06-01",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Service",
                            "price_unit": 5000.0,
                            "tax_ids": False,
                            "account_id": other["default_account_revenue"].id,
                        }
                    )
                ],
            }
        )
        invoice.action_post()
        self.env.flush_all()
        return self.env.company, other["company"]

    def downloaded(self, dialog):
        return self.totals_of(self.url_open(dialog.action_export()["url"]))

    def totals_of(self, answer):
        """The customers and totals of a spreadsheet."""
        self.assertEqual(answer.status_code, 200)
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content), data_only=True).worksheets[0]
        return [(row[0], row[-1]) for row in sheet.iter_rows(min_row=6, values_only=True)]

    def test_only_the_companies_that_are_switched_on_are_in_it(self):
        first, second = self.two_companies()
        self.authenticate(self.clerk.login, self.clerk.login)
        for companies, total in ((first, 827.5), (second, 5000.0), (first + second, 5827.5)):
            with self.subTest(companies=companies.mapped("name")):
                model = self.env["account.receivable.aging.print"].with_user(self.clerk)
                model = model.with_context(allowed_company_ids=companies.ids)
                partners = (self.customer + self.stranger).ids
                dialog = model.create({"partner_ids": [Command.set(partners)]})
                self.assertEqual(dialog.company_names, ", ".join(companies.mapped("name")))
                self.assertEqual(dialog._get_aging()["totals"]["amount_residual"], total)
                self.assertEqual(self.downloaded(dialog)[-1], ("Total", total))

    def test_a_company_one_does_not_belong_to_is_never_in_it(self):
        first, second = self.two_companies()
        model = self.env["account.receivable.aging.print"].with_user(self.clerk)
        both, alone = (
            model.with_context(allowed_company_ids=companies.ids).create({}).action_export()["url"]
            for companies in (second + first, second)
        )
        self.clerk.write({"company_id": first.id, "company_ids": [Command.set(first.ids)]})
        self.env.flush_all()
        self.authenticate(self.clerk.login, self.clerk.login)
        totals = dict(self.totals_of(self.url_open(both)))
        self.assertEqual(totals["Nothing Bought"], 77.5, "Not the 5,000.00 of the other one.")
        self.assertEqual(self.url_open(alone).status_code, 404)

    # === Who may ===

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
        self.assertEqual(self.url_open("/account_receivable/aging/0.xlsx").status_code, 404)
