from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

#: Companies with a chart of accounts that ``make test`` holds ready, archived.
READY_COMPANIES = ("Ready for a test", "Ready for a second company")


@tagged("post_install", "-at_install")
class ReceivableCommon(AccountTestInvoicingCommon):
    """Short factories for customer documents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.env["res.partner"].create({"name": "Montboro School District"})
        cls.env.user.group_ids += cls.env.ref("account.group_account_manager")

    @classmethod
    def _create_company(cls, **create_values):
        """Core's, or one that is ready, which is the same and saves half of a class's set-up."""
        if {*create_values} == {"name"} and not cls.chart_template and not cls.country_code:
            ready = cls.env["res.company"].with_context(active_test=False).search(
                [("name", "in", READY_COMPANIES)], limit=1
            )
            if ready:
                ready.partner_id.active = ready.active = True
                ready.name = create_values["name"]
                cls.env.user.company_ids += ready
                return ready.with_env(cls.env)
        return super()._create_company(**create_values)

    @classmethod
    def two_sided_tax(cls, name, amount, **values):
        """A sale tax whose invoice side and credit-note side have accounts and tags of their own,
        so that a tax booked on the wrong side shows."""
        tax = cls.env["account.tax"].create({"name": name, "amount": amount, **values})
        for side in ("invoice", "refund"):
            account = cls.company_data["default_account_tax_sale"].copy({"name": f"{name} {side}"})
            for repartition in tax[f"{side}_repartition_line_ids"]:
                if repartition.repartition_type == "tax":
                    repartition.account_id = account
                repartition.tag_ids = cls.env["account.account.tag"].create(
                    {
                        "name": f"{name} {side} {repartition.repartition_type}",
                        "applicability": "taxes",
                        "country_id": tax.country_id.id,
                    }
                )
        return tax

    @classmethod
    def line(cls, price, quantity=1.0, tax=None, **values):
        """The command for an invoice line; ``tax`` is one or more taxes, none by default."""
        values = {
            "name": "Line",
            "price_unit": price,
            "quantity": quantity,
            "tax_ids": [Command.set(tax.ids if tax else [])],
            **values,
        }
        return Command.create(values)

    @classmethod
    def customer_document(cls, lines, post=False, move_type="out_invoice", **values):
        """A customer invoice (or another type) with these line commands, dated 2023-06-01."""
        move = cls.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": cls.customer.id,
                "invoice_date": "2023-06-01",
                "invoice_line_ids": lines,
                **values,
            }
        )
        if post:
            move.action_post()
        return move

    @classmethod
    def receivable_items(cls, *moves):
        """The receivable items of these moves."""
        return (
            cls.env["account.move.line"]
            .union(*(move.line_ids for move in moves))
            .filtered(lambda line: line.account_type == "asset_receivable")
        )

    @classmethod
    def apply(cls, *moves):
        """Reconcile the receivable items of these moves."""
        cls.receivable_items(*moves).reconcile()
