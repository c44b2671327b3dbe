"""Hours that are invoiced by timesheets, and taken back by a credit as by core's credit note."""

from odoo.fields import Command

from odoo.addons.sale_customer_credit.tests.common_final import FinalCreditCommon


class TestCreditedHours(FinalCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("hr_timesheet.group_timesheet_manager")
        cls.env.user.group_ids += cls.env.ref("project.group_project_manager")
        cls.employee = cls.env["hr.employee"].create(
            {"name": "Erik Consultant", "company_id": cls.env.company.id, "hourly_cost": 30.0}
        )

    def hours(self):
        """An order of consulting by the hour at 100.00, and seven hours worked."""
        project = self.env["project.project"].create(
            {
                "name": "School network",
                "allow_timesheets": True,
                "allow_billable": True,
                "company_id": self.env.company.id,
            }
        )
        consulting = self.env["product.product"].create(
            {
                "name": "Consulting",
                "type": "service",
                "uom_id": self.env.ref("uom.product_uom_hour").id,
                "service_policy": "delivered_timesheet",
                "service_tracking": "task_global_project",
                "project_id": project.id,
                "taxes_id": [Command.clear()],
            }
        )
        order = self.order(
            order_line=[
                Command.create(
                    {
                        "product_id": consulting.id,
                        "product_uom_qty": 10.0,
                        "price_unit": 100.0,
                        "tax_ids": [Command.clear()],
                    }
                )
            ]
        )
        return order, self.work(order, 7.0)

    def work(self, order, hours, day="2023-07-03"):
        task = order.order_line.task_id
        entry = self.env["account.analytic.line"].create(
            {
                "name": "Cabling",
                "project_id": task.project_id.id,
                "task_id": task.id,
                "employee_id": self.employee.id,
                "unit_amount": hours,
                "date": day,
            }
        )
        self.fresh()
        return entry

    def adjust(self, invoice, **row):
        wizard = self.env["account.invoice.adjust"].create({"invoice_id": invoice.id})
        wizard.line_ids.write(row)
        action = wizard.action_post()
        self.fresh()
        return self.env["account.move"].browse(action["res_id"])

    def test_hours_taken_back_are_invoiced_again(self):
        """Seven hours invoiced, all or three of them credited: the hours are free and the next
        invoice has what was credited; beside core's credit note of the same."""
        for quantity in (7.0, 3.0):
            with self.subTest(quantity):
                order, entry = self.hours()
                as_core, other = self.hours()
                invoice = self.final_document(order, keep=True)
                self.assertEqual(entry.timesheet_invoice_id, invoice)
                credit = self.adjust(invoice, kind="return", quantity=quantity)
                credit_note = self.reverse(self.final_document(as_core, keep=True), post=False)
                credit_note.invoice_line_ids.quantity = quantity
                credit_note.action_post()
                self.assertEqual(credit.amount_total, -credit_note.amount_total)
                self.assertFalse(other.timesheet_invoice_id)
                self.assertFalse(entry.timesheet_invoice_id)
                self.assertSameFigures(order, as_core)
                project = order.order_line.task_id.project_id
                other_project = as_core.order_line.task_id.project_id
                self.assertEqual(
                    project._get_profitability_items(with_action=False),
                    other_project._get_profitability_items(with_action=False),
                )
                again = self.final_document(order, keep=True)
                again_core = self.final_document(as_core, keep=True)
                self.assertEqual(again.amount_total, quantity * 100.0)
                self.assertEqual(again_core.amount_total, quantity * 100.0)
                self.assertEqual(entry.timesheet_invoice_id, again)
                self.assertEqual(other.timesheet_invoice_id, again_core)

    def test_by_period_again(self):
        """The dialog with dates finds the hours of that time, once they were credited."""
        order, entry = self.hours()
        invoice = self.final_document(order, keep=True)
        self.adjust(invoice, kind="return", quantity=7.0)
        wizard = (
            self.env["sale.advance.payment.inv"]
            .with_context(active_model="sale.order", active_ids=order.ids)
            .create(
                {
                    "advance_payment_method": "delivered",
                    "date_start_invoice_timesheet": "2023-07-01",
                    "date_end_invoice_timesheet": "2023-07-31",
                }
            )
        )
        wizard.create_invoices()
        self.fresh()
        again = order.invoice_ids.filtered(lambda move: move.state == "draft")
        self.assertEqual((again.amount_total, entry.timesheet_invoice_id), (700.0, again))

    def test_a_lowered_price_leaves_them_invoiced(self):
        """80.00 instead of 100.00: the hours stay on their invoice, and nobody edits them."""
        order, entry = self.hours()
        invoice = self.final_document(order, keep=True)
        credit = self.adjust(invoice, kind="price", new_price=80.0)
        self.assertEqual(credit.amount_total, -140.0)
        self.assertEqual(entry.timesheet_invoice_id, invoice)
        credit.invoice_line_ids.sale_line_ids = order.order_line
        credit._release_timesheets()
        self.assertEqual(entry.timesheet_invoice_id, invoice, "Whoever links the line, too.")

    def test_hours_that_are_corrected(self):
        """Two hours too many were noted; a correction of -2 makes a credit, by the setting, or
        core's credit note. Neither takes the correction for hours that it invoices."""
        order, _entry = self.hours()
        as_core, _other = self.hours()
        documents = []
        for row, keep in ((order, True), (as_core, False)):
            self.final_document(row, keep)
            correction = self.work(row, -2.0, "2023-07-10")
            documents.append(self.final_document(row, keep))
            self.assertFalse(correction.timesheet_invoice_id)
        self.assertEqual(documents[0].amount_total, -200.0)
        self.assertEqual(documents[1].amount_total, 200.0)
        self.assertSameFigures(order, as_core)

    def test_hours_on_a_credit_of_a_down_payment(self):
        """1,000.00 paid ahead, seven hours worked: the credit of 300.00 invoices the hours."""
        order, entry = self.hours()
        self.down_payment(order, 1000.0)
        credit = self.final_document(order, keep=True)
        self.assertEqual(credit.amount_total, -300.0)
        self.assertEqual(entry.timesheet_invoice_id, credit)

    def test_who_may_see_no_timesheets(self):
        order, entry = self.hours()
        invoice = self.final_document(order, keep=True)
        wizard = self.env["account.invoice.adjust"].create({"invoice_id": invoice.id})
        wizard.line_ids.write({"kind": "return", "quantity": 7.0})
        draft = self.env["account.move"].browse(wizard.action_create_draft()["res_id"])
        self.env.company.customer_credit_limit = 1000.0
        draft.with_user(self.biller).action_post()
        self.fresh()
        self.assertFalse(entry.timesheet_invoice_id)
