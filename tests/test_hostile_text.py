"""Text that is an attack, wherever it is shown: the portal, prints, mails, the chatter."""

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.account_receivable.models.receivable_choices import StatementChoices
from odoo.addons.account_receivable.tests.common_customer import TODAY
from odoo.addons.account_receivable.tests.common_portal import PortalCommon

from .common_roles import RolesCommon

TAG = "<script>alert(1)</script>"
LINK = "<a href='http://evil.example'>Your refund</a>"
HOSTILE = f"{TAG}{LINK}'; DROP TABLE account_move; --"


@tagged("post_install", "-at_install")
class TestHostileText(RolesCommon, PortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.portal_user("own_portal", cls.customer)
        cls.customer.write({"name": f"Montboro {HOSTILE}", "email": "billing@example.com"})
        cls.reason = cls.env["account.customer.credit.reason"].create({"name": HOSTILE})
        values = {
            "title": HOSTILE,
            "description": HOSTILE,
            "ref": HOSTILE,
            "credit_reason_id": cls.reason.id,
        }
        lines = [cls.line(-250.0, name=HOSTILE)]
        cls.credit = cls.customer_document(lines, post=True, **values)
        cls.invoice = cls.document(1000.0, title=HOSTILE, description=HOSTILE, ref=HOSTILE)

    def assertHarmless(self, text, where):
        text = str(text)
        for tag in (TAG, "<a href='http://evil", '<a href="http://evil'):
            self.assertNotIn(tag, text, where)

    def assertShown(self, text, where):
        """It is there, for who reads it to see what it is."""
        self.assertHarmless(text, where)
        self.assertIn("DROP TABLE", str(text), where)

    def test_the_portal(self):
        self.log_in(self.user)
        for url in (
            "/my/home",
            "/my/invoices",
            "/my/invoices?filterby=open_credits",
            f"/my/invoices/{self.credit.id}",
            f"/my/invoices/{self.credit.id}?report_type=html",
            f"/my/invoices/{self.invoice.id}",
            "/my/statement",
        ):
            with self.subTest(url=url):
                response = self.url_open(url)
                self.assertEqual(response.status_code, 200)
                self.assertHarmless(response.text, url)
        print_url = f"/my/invoices/{self.credit.id}?report_type=html"
        self.assertShown(self.url_open(print_url).text, "the print in the portal")

    def test_what_an_address_says(self):
        self.log_in(self.user)
        for url in (
            f"/my/invoices?filterby={HOSTILE}",
            f"/my/invoices?sortby={HOSTILE}",
            f"/my/statement?partner_id={HOSTILE}",
            f"/my/invoices/{self.credit.id}?access_token={HOSTILE}",
        ):
            with self.subTest(url=url):
                self.assertHarmless(self.url_open(url).text, url)

    def test_the_prints(self):
        batch = self.env["account.customer.statement.batch"]._make(
            self.customer, StatementChoices("open_item", TODAY), "chosen"
        )
        aging = self.env["account.receivable.aging.print"].create({"show_items": True})
        self.env.flush_all()
        for report, record in (
            ("account.report_invoice", self.credit),
            ("account_receivable.report_customer_statement", batch.statement_ids),
            ("account_receivable.report_receivable_aging", aging),
        ):
            with self.subTest(report=report):
                reports = self.env["ir.actions.report"]
                content, _kind = reports._render_qweb_html(report, record.ids)
                self.assertShown(content.decode(), report)

    def test_the_mails(self):
        statements = self.env["account.customer.statement"].sudo()
        statement = statements.create({"partner_id": self.customer.id})
        for name, record in (
            ("account_customer_credit.email_template_credit_memo", self.credit),
            ("account_receivable.email_template_customer_statement", statement),
        ):
            with self.subTest(template=name):
                template = self.env.ref(name)
                values = template._generate_template(record.ids, ["body_html", "subject"])
                self.assertShown(values[record.id]["body_html"], name)

    def test_the_chatter(self):
        self.company.customer_credit_write_off_limit = 5.0
        self.company.customer_credit_write_off_invoice_account_id = self.company_data[
            "default_account_expense"
        ]
        small = self.document(3.0)
        write_off = self.env["account.receivable.write.off"].create(
            {"move_ids": [Command.set(small.ids)], "date": TODAY, "reason": HOSTILE}
        )
        write_off.action_write_off()
        self.assertShown(small.message_ids.mapped("body"), "write-off")
        self.apply(self.invoice, self.credit)
        row = self.invoice.receivable_application_ids.application_id
        row._unapply(TODAY, HOSTILE)
        self.assertShown(self.invoice.message_ids.mapped("body"), "unapplied")

    def test_the_notes_of_activities(self):
        self.roles["billing"].name = HOSTILE
        draft = self.customer_document([self.line(-40.0)])
        self.call("billing", draft, "action_request_credit_approval")
        self.assertShown(draft.activity_ids.mapped("note"), "approval")
        self.entry(70.0)
        self.env.flush_all()
        self.company._check_receivable_tie_out()
        notes = self.env["mail.activity"].search([("summary", "ilike", "no longer reconcile")])
        self.assertTrue(notes)
        for note in notes:
            self.assertHarmless(note.note, "tie-out")
