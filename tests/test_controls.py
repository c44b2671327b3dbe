"""Every control of the addon is used by a tour: a button that nobody clicks may crash unseen."""

from lxml import etree

from odoo.tests import TransactionCase, tagged

from .common_controls import ADDON, OWN_ADDONS, ControlsCheck, find_controls, name_controls


@tagged("post_install", "-at_install")
class TestControls(ControlsCheck, TransactionCase):
    def test_every_control_is_used_by_a_tour(self):
        """What is not there yet: write a tour in static/tests/tours that clicks it and looks at
        what came of it, with its test, and play it once with CUSTOMER_CREDIT_WRITE=1."""
        self.check_controls()

    def test_a_new_button_is_reported(self):
        view = self.env["ir.ui.view"].create(
            {
                "name": "New",
                "model": "account.move",
                "arch": "<form><button name='button_draft' type='object' string='New'/></form>",
            }
        )
        self.env["ir.model.data"].create(
            {"module": ADDON, "name": "view_new", "model": view._name, "res_id": view.id}
        )
        with self.assertRaisesRegex(AssertionError, "view_new: button_draft"):
            self.check_controls()

    def test_controls_are_found(self):
        """One of every kind, so that a finder that finds nothing is seen."""
        found = {}
        for addon in OWN_ADDONS:
            found.update(find_controls(self.env, addon))
        for control in (
            "view_invoice_adjust_form: action_post",
            "menu menu_receivable_aging",
            "bound action_apply_credit_from_moves",
            "outstanding_amount.xml: apply_outstanding_amount",
            "ar_document_list_field.js: ar_document_list",
        ):
            self.assertIn(control, found)
        self.assertGreater(len(found), 100)

    def test_two_controls_of_one_name_are_two(self):
        view = self.env["ir.ui.view"].search([], limit=1)
        arch = etree.fromstring(
            "<form><field name='a' position='after'><button name='go' type='object'/></field>"
            "<button name='go' type='object'/><button name='core' position='attributes'/>"
            "<button special='cancel'/><a href='/my'/></form>"
        )
        names = [name.partition(": ")[2] for name in name_controls(self.env, view, arch)]
        self.assertEqual(names, ["go", "go #2", "cancel", "/my"])
