"""A customer with credits on the portal, over HTTP."""

from odoo.addons.account_receivable.tests.common_portal import PortalCommon

from .common_customer import CustomerAccountCommon


class CreditPortalCommon(CustomerAccountCommon, PortalCommon):
    """An open invoice of 1,000.00 and a credit of 250.00; another of each that are used up."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.portal_user("own_portal", cls.customer)
        cls.other = cls.env["res.partner"].create({"name": "Another Customer"})
        cls.other_user = cls.portal_user("other_portal", cls.other)
        cls.env["ir.config_parameter"].set_param("account_payment.enable_portal_payment", "True")
        cls.invoice, cls.credit = cls.document(1000.0), cls.document(-250.0)
        cls.paid = cls.document(100.0, invoice_date="2023-05-01")
        cls.used = cls.document(-100.0, invoice_date="2023-05-01")
        cls.apply(cls.paid, cls.used)

    def rows(self, url, user=None):
        """The list of documents: the text of each row by the document's number."""
        tree, _text = self.page(url, user)
        rows = {}
        for row in tree.xpath("//tbody/tr"):
            text = self.text_of(row)
            rows[text.split()[0]] = text
        return rows
