"""Every control of the glue addons is used by a tour, and these are the tours."""

from odoo.tests import TransactionCase, tagged

from odoo.addons.account_customer_credit.tests.access_discovery import own_prints, own_routes
from odoo.addons.account_customer_credit.tests.common_controls import (
    OWN_ADDONS,
    ClickedControls,
    ControlsCheck,
)

from .common import SaleCreditCommon

ADDON = "sale_customer_credit"


@tagged("post_install", "-at_install")
class TestControls(ControlsCheck, TransactionCase):
    def setUp(self):
        super().setUp()
        installed = self.env["ir.module.module"].search(
            [("name", "=like", "%\\_customer\\_credit"), ("state", "=", "installed")]
        )
        others = set(installed.mapped("name")) - {*OWN_ADDONS, ADDON}
        self.controls_of = (ADDON, *sorted(others))

    def test_every_control_is_used_by_a_tour(self):
        self.assertGreater(len(self.controls_of), 1)
        self.check_controls()

    def test_there_are_no_addresses_and_prints(self):
        """Those of account_customer_credit are tried by its test_public_methods."""
        for addon in self.controls_of:
            self.assertFalse(own_routes(self.env, addon))
            self.assertFalse(own_prints(self.env, addon))


class TestControlsTours(SaleCreditCommon, ClickedControls):
    controls_of = (ADDON,)

    def test_a_credit_is_reserved_and_released(self):
        self.document(-250.0)
        order = self.order(confirm=False)
        self.start_tour(
            f"/odoo/orders/{order.id}",
            "sale_customer_credit_use_credit",
            login=self.seller.login,
        )
        self.assertReserved(order, 0.0)

    def test_a_new_quotation_and_the_list(self):
        rich, poor = self.env["res.partner"].create(
            [{"name": "Ashton Public Library"}, {"name": "Berwick School"}]
        )
        self.document(-250.0, partner_id=rich.id)
        for partner in (rich, poor):
            self.order(confirm=False, partner_id=partner.id)
        self.start_tour(
            "/odoo/sales", "sale_customer_credit_new_quotation", login=self.seller.login
        )
        new = self.env["sale.order"].search([("partner_id", "=", rich.id)], order="id", limit=2)[1]
        self.assertReserved(new, 100.0)

    def test_the_customer(self):
        self.document(-250.0)
        self.start_tour(
            f"/odoo/res.partner/{self.customer.id}",
            "sale_customer_credit_customer",
            login=self.seller.login,
        )
