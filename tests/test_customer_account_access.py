"""Who sees a customer's account, and who can neither read nor search it."""

from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.account_receivable.tests.common_customer import FIGURES

from .access_discovery import OWN_ADDONS
from .common_customer import CustomerAccountCommon


class TestCustomerAccountAccess(CustomerAccountCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant, cls.biller, cls.auditor, cls.salesperson, cls.portal = (
            new_test_user(
                cls.env,
                login=login,
                groups=groups,
                company_id=cls.env.company.id,
                company_ids=[Command.set(cls.env.company.ids)],
            )
            for login, groups in (
                ("ar_accountant", "account.group_account_user,account.group_account_manager"),
                ("ar_biller", "account.group_account_invoice"),
                ("ar_auditor", "account.group_account_readonly"),
                ("ar_salesperson", "base.group_user,base.group_partner_manager"),
                ("ar_portal", "base.group_portal"),
            )
        )
        cls.portal.partner_id.parent_id = cls.customer
        cls.document(1000.0)
        cls.document(-250.0)

    def form_arch(self, user):
        return etree.fromstring(
            self.partners.with_user(user).get_view(
                self.env.ref("base.view_partner_form").id, "form"
            )["arch"]
        )

    def test_who_works_in_accounting_sees_the_account(self):
        for user in (self.accountant, self.biller, self.auditor):
            with self.subTest(user=user.login):
                self.env.invalidate_all()
                customer = self.customer.with_user(user)
                self.assertEqual(customer.ar_balance, 750.0)
                self.assertEqual(len(customer.ar_document_ids), 2)
                self.assertEqual(len(customer.ar_open_document_ids), 2)
                self.assertEqual(
                    customer.search([("ar_balance", "=", 750), ("id", "=", customer.id)]),
                    customer,
                )
                action = customer.action_open_ar_open_credits()
                items = self.items.with_user(user).search(action["domain"])
                self.assertEqual(sum(items.mapped("amount_residual")), -250.0)
                self.assertEqual(items.mapped("receivable_kind"), ["customer_credit"])
                arch = self.form_arch(user)
                self.assertEqual(len(arch.xpath("//page[@name='finance_accounting']")), 1)
                self.assertEqual(
                    len(arch.xpath("//div[@name='button_box']//field[@name='ar_balance']")), 1
                )

    def test_who_does_not_work_in_accounting_neither_sees_nor_reads_nor_searches(self):
        fields = (*FIGURES, "ar_document_ids", "ar_open_document_ids")
        for user in (self.salesperson, self.portal):
            customer = self.customer.with_user(user)
            partners = self.partners.with_user(user)
            for name in fields:
                with self.subTest(user=user.login, field=name):
                    self.assertNotIn(name, partners.fields_get())
                    with self.assertRaises(AccessError):
                        customer[name]
                    with self.assertRaises(AccessError):
                        customer.read([name])
            for figure in FIGURES:
                with self.subTest(user=user.login, search=figure):
                    with self.assertRaises(AccessError):
                        partners.search([(figure, "<", 0)])
                    with self.assertRaises(AccessError):
                        partners.search([(figure, "=", 0)])
                    with self.assertRaises(AccessError):
                        partners.search([], order=f"{figure} desc")
            with self.assertRaises(AccessError):
                customer.action_open_ar_balance()

    def test_a_customer_does_not_read_what_the_company_lets_through(self):
        """Core lets the portal read companies; what we add to documents stays readable there."""
        company = self.env.company
        limits = (
            "customer_credit_limit",
            "customer_credit_limit_refunds",
            "customer_credit_refund_by_other",
            "customer_credit_write_off_limit",
            "receivable_tie_out_check",
            "receivable_tie_out_user_id",
        )
        self.assertTrue(company.with_user(self.portal).read(["name"]))
        for name in limits:
            with self.subTest(field=name):
                self.assertTrue(company.with_user(self.biller).read([name]))
                with self.assertRaises(AccessError):
                    company.with_user(self.portal).read([name])
        credit = self.document(-250.0)
        credit.message_subscribe(self.portal.partner_id.ids)
        ours = [
            name
            for name in credit.with_user(self.portal).fields_get()
            if not set(OWN_ADDONS).isdisjoint(credit._fields[name]._modules)
        ]
        (values,) = credit.with_user(self.portal).read(ours)
        self.assertTrue(values["is_customer_credit"])
        self.assertFalse(values["needs_credit_approval"])

    def test_the_views_of_a_salesperson_show_nothing_of_it(self):
        for view, view_type in (
            ("base.view_partner_form", "form"),
            ("base.view_partner_tree", "list"),
            ("base.view_res_partner_filter", "search"),
        ):
            with self.subTest(view=view):
                arch = self.partners.with_user(self.salesperson).get_view(
                    self.env.ref(view).id, view_type
                )["arch"]
                for name in (*FIGURES, "ar_document_ids", "finance_accounting"):
                    self.assertNotIn(name, arch)
                arch = self.partners.with_user(self.biller).get_view(
                    self.env.ref(view).id, view_type
                )["arch"]
                self.assertIn("ar_balance", arch)

    def test_the_figures_of_one_user_are_not_anothers(self):
        """Two users in one transaction, as in a test or a scheduled job, each read their own."""
        data = self.setup_other_company(name="Our Other Company")
        colleague = new_test_user(
            self.env,
            login="ar_colleague",
            groups="account.group_account_user",
            company_id=data["company"].id,
            company_ids=[Command.set(data["company"].ids)],
        )
        self.env.invalidate_all()
        self.assertEqual(self.customer.with_user(self.auditor).ar_balance, 750.0)
        self.assertEqual(self.customer.with_user(colleague).ar_balance, 0.0)
        self.assertFalse(self.customer.with_user(colleague).ar_document_ids)
