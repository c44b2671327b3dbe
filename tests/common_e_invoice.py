import re

from lxml import etree

from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .common import CustomerCreditCommon

#: Formats of reports to a tax office, which refuse a credit: see `account_move_legal_report.py`.
REFUSED = {
    "account.edi.xml.ubl_21.jo",
    "account.edi.xml.ubl_21.zatca",
    "account.edi.xml.ubl_hr",
    "account.edi.xml.ubl.tr",
    "account.edi.xml.ubl_myinvois_my",
}


@tagged("post_install", "-at_install")
class EInvoiceCommon(CustomerCreditCommon):
    """A Belgian company and customer, valid for every format of core's."""

    @classmethod
    @AccountTestInvoicingCommon.setup_country("be")
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        cls.company.write(
            {
                "vat": "BE0246697724",
                "street": "Grote Markt 1",
                "zip": "1000",
                "city": "Brussel",
                "phone": "+32 2 290 34 90",
                "email": "billing@example.com",
                "tax_calculation_rounding_method": "round_globally",
            }
        )
        cls.customer.write(
            {
                "country_id": cls.env.ref("base.be").id,
                "vat": "BE0477472701",
                "company_registry": "0477472701",
                "street": "1498 Lakeshore Drive",
                "zip": "1367",
                "city": "Ramillies",
                "phone": "+32 2 555 01 00",
                "email": "office@example.com",
                "ref": "MONTBORO",
            }
        )
        cls.env["res.partner.bank"].create(
            [
                {"acc_number": "BE15001559627230", "partner_id": cls.company.partner_id.id},
                {"acc_number": "BE90735788866632", "partner_id": cls.customer.id},
            ]
        )
        cls.tax_21, cls.tax_6, cls.tax_0 = [
            cls.env["account.tax"].create({"name": f"{rate} %", "amount": rate})
            for rate in (21.0, 6.0, 0.0)
        ]

    @classmethod
    def _create_company(cls, **values):
        return super()._create_company(**{"currency_id": cls.env.ref("base.EUR").id, **values})

    @classmethod
    def mirrored(cls, lines):
        """As in the base class, and no price is negative: of two positive factors the quantity
        is turned, as on a credit note that charges something."""
        mirrored = []
        for command, virtual_id, values in lines:
            values = dict(values)
            name = "price_unit" if values.get("price_unit", 0.0) < 0 else "quantity"
            values[name] = -values.get(name, 1.0)
            mirrored.append((command, virtual_id, values))
        return mirrored

    def credit_and_credit_note(self, lines, **values):
        """These lines as a posted customer credit and, turned, as core's posted credit note."""
        credit = self.customer_document(lines, post=True, **values)
        credit_note = self.customer_document(
            self.mirrored(lines), move_type="out_refund", post=True, **values
        )
        self.assertTrue(credit.is_customer_credit)
        return credit, credit_note

    def get_builders(self):
        """Every registered format by name, including those that only others inherit from."""
        names = set()
        for root in ("account.edi.xml.ubl_20", "account.edi.xml.cii"):
            names |= {root, *self._get_heirs(root)}
        return {name: self.env[name] for name in sorted(names - REFUSED)}

    def _get_heirs(self, name):
        for heir in self.env.registry[name]._inherit_children:
            yield heir
            yield from self._get_heirs(heir)

    def export(self, builder, move):
        """:return: the file as text, without what identifies the document and its lines, and the
        errors"""
        content, errors = builder._export_invoice(move)
        root = etree.fromstring(content)
        text = etree.tostring(root, pretty_print=True, encoding="unicode")
        for name in (move.name, move.name.replace("/", "_")):
            text = text.replace(name, "NUMBER")
        for line in move.line_ids:
            text = text.replace(f">{line.id}</cbc:ID>", ">LINE</cbc:ID>")
        return re.sub(r"(<cbc:UUID>).*(</cbc:UUID>)", r"\1\2", text), errors
