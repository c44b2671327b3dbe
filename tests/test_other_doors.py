"""Other ways to what one may not read: sums, names, exports, prints, links and the chatter."""

import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase

from .common_public_methods import PublicMethodsCommon

#: The models whose rows hold amounts of customers, and a figure of each.
FIGURES = {
    "account.receivable.aging": "amount_residual",
    "account.receivable.application": "amount",
    "account.receivable.application.side": "amount",
    "account.receivable.tie.out": "ledger",
    "account.receivable.tie.out.finding": "documents",
}
STRANGERS = ("portal", "internal")


class TestOtherDoors(PublicMethodsCommon, HttpCase):
    def test_no_sum_of_another_company(self):
        for name, figure in FIGURES.items():
            model = self.env[name]
            self.assertTrue(self.call("auditor", model, "search_count", []), name)
            for method, args in (
                ("search_count", [[]]),
                ("search_read", [[], [figure]]),
                ("name_search", []),
                ("web_search_read", [[], {figure: {}}]),
                ("read_group", [[], [f"{figure}:sum"], []]),
                ("formatted_read_group", [[], [], [f"{figure}:sum", "__count"]]),
                ("formatted_read_group", [[], ["company_id"], ["__count"]]),
            ):
                with self.subTest(model=name, method=method):
                    result = self.call("foreign", model, method, *args)
                    self.assertFalse(self.has_something(result), result)
                for role in STRANGERS:
                    step = self.subTest(model=name, method=method, role=role)
                    with step, self.assertRaises(AccessError):
                        self.call(role, model, method, *args)

    def has_something(self, result):
        """Whether an answer holds a number that is not zero, or a row with a name."""
        if isinstance(result, dict):
            return any(
                self.has_something(value)
                for name, value in result.items()
                if name not in ("__domain", "__extra_domain")
            )
        if isinstance(result, (list, tuple)):
            return any(self.has_something(value) for value in result)
        return bool(result) and not isinstance(result, bool)

    def test_no_company_is_switched_on_that_is_not_ones_own(self):
        context = {"allowed_company_ids": [self.foreign_company.id, self.company.id]}
        for name in (*FIGURES, "account.customer.statement", "account.customer.statement.batch"):
            with self.subTest(model=name), self.assertRaises(AccessError):
                self.call("foreign", self.env[name], "search_read", [], ["id"], context=context)
        with self.assertRaises(AccessError):
            self.call("foreign", self.customer, "read", ["ar_balance"], context=context)

    def test_no_row_is_exported(self):
        self.roles["foreign"].group_ids += self.env.ref("base.group_allow_export")
        for name, figure in FIGURES.items():
            rows = self.env[name].search([], limit=5)
            with self.subTest(model=name), self.assertRaises(UserError):
                self.call("foreign", rows, "export_data", [figure])

    def test_a_portal_user_reads_nothing_of_ours_on_their_own_document(self):
        self.roles["portal"].partner_id.parent_id = self.customer
        credit = self.records["credit"]
        self.assertTrue(self.call("portal", credit, "read", ["name", "title"]))
        for name in (
            "credit_hold_note",
            "credit_issuer_id",
            "credit_owner_id",
            "payment_comment",
            "payment_expected_date",
            "tracking_status",
            "receivable_application_ids",
            "credit_approval_digest",
        ):
            with self.subTest(field=name), self.assertRaises(AccessError):
                self.call("portal", credit, "read", [name])
            with self.subTest(search=name), self.assertRaises(AccessError):
                self.call("portal", credit, "search", [(name, "!=", False)])
        for method, args in (
            ("write", [{"title": "Mine"}]),
            ("action_refund_credit", []),
            ("action_apply_credit", []),
            ("action_approve_credit", []),
        ):
            with self.subTest(method=method), self.assertRaises(AccessError):
                self.call("portal", credit, method, *args)

    def test_a_link_is_good_for_its_own_document(self):
        credit, other = self.records["credit"], self.records["held_credit"]
        token = other._portal_ensure_token()
        self.env.flush_all()
        self.authenticate(None, None)
        self.assertEqual(self.status(f"/my/invoices/{other.id}?access_token={token}"), 200)
        for link in (
            f"/my/invoices/{credit.id}",
            f"/my/invoices/{credit.id}?access_token={token}",
            f"/my/invoices/{credit.id}?access_token=",
            f"/my/invoices/{credit.id}?access_token={token}&report_type=pdf&download=1",
        ):
            with self.subTest(link=link):
                self.assertNotEqual(self.status(link), 200)

    def status(self, link):
        return self.url_open(link, allow_redirects=False).status_code

    def test_the_attachment_of_a_statement_is_the_companys(self):
        statement = self.records["statement"]
        statement.action_send()
        attachments = self.env["ir.attachment"].search(
            [("res_model", "=", statement._name), ("res_id", "=", statement.id)]
        )
        self.assertTrue(attachments)
        message = statement.message_ids[:1]
        self.env.flush_all()
        for role in (*STRANGERS, "foreign"):
            with self.subTest(role=role):
                with self.assertRaises(AccessError):
                    self.call(role, attachments, "read", ["name", "datas"])
                with self.assertRaises(AccessError):
                    self.call(role, message, "read", ["body"])
                self.authenticate(self.roles[role].login, self.roles[role].login)
                self.assertNotEqual(self.status(f"/web/content/{attachments[0].id}"), 200)
        self.authenticate(None, None)
        self.assertNotEqual(self.status(f"/web/content/{attachments[0].id}"), 200)

    def test_nobody_writes_to_a_statement_without_access(self):
        statement = self.records["statement"]
        for role in (*STRANGERS, "foreign"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.call(role, statement, "message_post", body="Hello")
            self.authenticate(self.roles[role].login, self.roles[role].login)
            answer = self.post_message(statement)
            with self.subTest(role=role, door="discuss"):
                self.assertIn("error", answer)
        self.authenticate(None, None)
        self.assertIn("error", self.post_message(statement))

    def post_message(self, record):
        data = {"thread_model": record._name, "thread_id": record.id, "post_data": {"body": "Hi"}}
        return self.url_open(
            "/mail/message/post",
            data=json.dumps({"params": data}),
            headers={"Content-Type": "application/json"},
        ).json()
