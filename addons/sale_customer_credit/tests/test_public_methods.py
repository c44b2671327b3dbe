"""Every public method of the glue addons, called by everybody: who gets what."""

from odoo.exceptions import AccessError, MissingError, UserError

from odoo.addons.account_customer_credit.tests.access_discovery import (
    own_models,
    own_routes,
    public_methods,
)
from odoo.addons.account_customer_credit.tests.common_roles import RolesCommon

from .common import SaleCreditCommon

ADDONS = (
    "account_check_printing_customer_credit",
    "pos_customer_credit",
    "sale_customer_credit",
    "sale_stock_customer_credit",
    "sale_timesheet_customer_credit",
    "stock_account_customer_credit",
)
#: Who calls, in the columns of the table. The colleague is a salesperson with own orders only.
CALLERS = ("portal", "internal", "foreign", "billing", "auditor", "colleague", "seller")
NO, YES = "no", "yes"
#: ``{method: (record, arguments, what each of the callers gets)}``
CALLS = {
    "account.move.action_switch_move_type": ("draft", [], "no no no yes no no no"),
    "account.move.button_draft": ("settled", [], "no no no yes no no no"),
    # It names no credit; the list shows those of the user's companies.
    "res.partner.action_view_sale_open_credits": ("customer", [], "no no yes yes yes yes yes"),
    # Core lets a billing user write orders, and so cancel them.
    "sale.order.action_cancel": ("order", [], "no no no yes no no yes"),
    "sale.order.action_release_credits": ("order", [], "no no no no no no yes"),
    "sale.order.action_use_credit": ("order", [], "no no no no no no yes"),
    "sale.order.write": ("order", [{"client_order_ref": "PO 1"}], "no no no yes no no yes"),
    "sale.order.line.write": ("order_line", [{"name": "Desk"}], "no no no yes no no yes"),
    "sale.order.credit.reservation.action_release": (
        "reservation",
        [],
        "no no no no no no yes",
    ),
    "sale.order.use.credit.action_reserve": ("dialog", [], "no no no no no no yes"),
}


class TestPublicMethods(SaleCreditCommon, RolesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roles.update(colleague=cls.colleague, seller=cls.seller)
        cls.roles["foreign"].group_ids += cls.env.ref("sales_team.group_sale_manager")
        cls.credit = cls.document(-250.0)

    def test_every_method_is_known(self):
        found = {
            f"{model}.{method}"
            for addon in ADDONS
            for model, method in public_methods(self.env, addon)
        }
        self.assertIn("sale.order.action_use_credit", found)
        self.assertEqual(found, set(CALLS), "Say in CALLS who may call it.")
        for addon in ADDONS:
            self.assertFalse(own_routes(self.env, addon))

    def test_who_may_call_what(self):
        order = self.order()
        reservation = self.reserve(order, {self.credit: 100.0})
        records = {
            "customer": self.customer,
            "order": order,
            "order_line": order.order_line,
            "reservation": reservation,
            "dialog": self.dialog(order),
            "draft": self.customer_document([self.line(-40.0)]),
            "settled": self.document(80.0),
        }
        for name, (record, arguments, expected) in CALLS.items():
            method = name.rpartition(".")[2]
            for role, outcome in zip(CALLERS, expected.split(), strict=True):
                with self.subTest(method=name, role=role):
                    found = self.outcome(role, records[record], method, arguments)
                    self.assertEqual(found, outcome)

    def outcome(self, role, records, method, arguments):
        with self.env.cr.savepoint() as savepoint:
            try:
                self.call(role, records, method, *arguments)
                found = YES
            except (AccessError, MissingError):
                found = NO
            except UserError as error:
                found = f"says why: {error}"
            savepoint.rollback()
        return found

    def test_a_dialog_names_no_order_that_one_may_not_read(self):
        order = self.order()
        dialogs = self.env["sale.order.use.credit"]
        self.assertTrue(self.call("seller", dialogs, "create", [{"order_id": order.id}]))
        for role in ("colleague", "foreign", "billing", "internal", "portal"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.call(role, dialogs, "create", [{"order_id": order.id}])

    def test_every_model_has_access_rights_and_a_rule(self):
        for addon in ADDONS:
            for name in own_models(self.env, addon):
                with self.subTest(model=name):
                    domain = [("model_id.model", "=", name)]
                    self.assertTrue(self.env["ir.model.access"].search(domain))
                    rules = self.env["ir.rule"].search(domain).filtered(lambda r: not r.groups)
                    wanted = "create_uid" if self.env[name].is_transient() else "company_ids"
                    self.assertIn(wanted, " ".join(rules.mapped("domain_force")))
