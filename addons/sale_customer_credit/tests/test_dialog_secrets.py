"""Orders and credits of others, named to the dialogs: no answer discloses them."""

from odoo.exceptions import AccessError
from odoo.fields import Command

from odoo.addons.account_customer_credit.tests.common_dialog_secrets import (
    AMOUNTS,
    SECRET,
    DialogSecrets,
)
from odoo.addons.account_customer_credit.tests.common_roles import RolesCommon

from .common import SaleCreditCommon

GROUPS = ("issuer", "refunder", "write_off")


class TestDialogSecrets(DialogSecrets, SaleCreditCommon, RolesCommon):
    addons = ("account_receivable", "account_customer_credit", "sale_customer_credit")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roles.update(colleague=cls.colleague, seller=cls.seller)
        foreign = cls.roles["foreign"]
        foreign.group_ids += cls.env.ref("sales_team.group_sale_manager")
        for group in GROUPS:
            group = cls.env.ref(f"account_customer_credit.group_customer_credit_{group}")
            group.user_ids += foreign
        cls.credit = cls.document(-AMOUNTS[1])
        item = cls.receivable_items(cls.credit)
        desk = {
            "product_id": cls.goods.id,
            "price_unit": AMOUNTS[0],
            "tax_ids": [Command.clear()],
        }
        cls.order_of_another = cls.order(order_line=[Command.create(desk)])
        dialog = (
            cls.env["sale.order.use.credit"]
            .with_user(cls.seller)
            .create({"order_id": cls.order_of_another.id})
        )
        cls.env.flush_all()
        dialog = dialog.with_env(cls.env)
        cls.dialogs_of_another = {
            "sale.order.use.credit": dialog,
            "sale.order.use.credit.line": dialog.line_ids,
        }
        cls.victims = {
            "account.move": cls.credit,
            "account.move.line": item,
            "sale.open.credit": cls.env["sale.open.credit"].browse(item.ids),
            "sale.order": cls.order_of_another,
            **cls.dialogs_of_another,
        }
        cls.own = {
            "account.account": cls.foreign_data["default_account_receivable"],
            "res.company": cls.foreign_company,
            "res.currency": cls.foreign_company.currency_id,
            "res.partner": cls.neighbour,
        }
        cls.write_secrets_on(
            cls.credit, item, cls.order_of_another, cls.order_of_another.order_line
        )

    def test_nothing_is_disclosed_to_another_company(self):
        self.customer.sudo().company_id = self.company
        self.victims = {
            **self.victims,
            "res.partner": self.customer,
            "res.company": self.company,
        }
        self.write_secrets_on(self.customer, self.company)
        self.assertGreater(self.attack_all(), 1000)

    def test_nothing_is_disclosed_to_a_colleague(self):
        """A colleague sees their own orders, and of the customer's credits what Sales may see."""
        self.attacker = "colleague"
        self.victims = {"sale.order": self.order_of_another, **self.dialogs_of_another}
        self.assertGreater(self.attack_all(), 50)

    def test_by_read_they_learn_nothing(self):
        for role, names in (
            ("foreign", list(self.victims)),
            ("colleague", ["sale.order", *self.dialogs_of_another]),
        ):
            for name in names:
                with self.subTest(role=role, model=name), self.assertRaises(AccessError):
                    self.call(role, self.victims[name], "read", ["display_name"])

    def test_the_seller_sees_what_is_marked(self):
        self.attacker, self.tries = "seller", 0
        model = self.env["sale.order.use.credit"]
        vals = {"order_id": self.order_of_another.id}
        answer = self.answer_to(model, "onchange", vals, [], self.specification(model), context={})
        self.assertIn(str(AMOUNTS[0]), answer)
        self.assertIn(SECRET, answer)
