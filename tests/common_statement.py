"""The statements of a customer: what they say, briefly."""

from datetime import date

from ..models.receivable_choices import StatementChoices
from .common_customer import TODAY, CustomerAccountCommon


def day(text):
    return date.fromisoformat(text)


class CustomerStatementCommon(CustomerAccountCommon):
    """As :class:`CustomerAccountCommon`: it is 15 July 2023."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dollar = cls.env.company.currency_id
        cls.customer.email = "billing@montboro.example.com"

    def statements(self, partners=None, as_of=TODAY, date_from=None):
        """The statements of partners as of a day; of activity where there is a first day."""
        self.env.flush_all()
        self.env.invalidate_all()
        kind = "activity" if date_from else "open_item"
        choices = StatementChoices(kind, as_of, date_from).checked(self.env)
        return (partners or self.customer)._get_customer_statements(choices)

    def sections(self, partner=None, **choices):
        """The sections of one partner's statement by the name of their currency."""
        partner = partner or self.customer
        statement = self.statements(partner, **choices)[partner.commercial_partner_id.id]
        return {section["currency"].name: section for section in statement["sections"]}

    def section(self, **choices):
        """The only section of the customer's statement."""
        (section,) = self.sections(**choices).values()
        return section

    def assertItems(self, section, *expected):
        """What is open: name, label, what it was, what is left."""
        self.assertEqual(
            [
                (item["name"], item["label"], item["amount"], item["residual"])
                for item in section["items"]
            ],
            list(expected),
        )

    def assertLines(self, section, *expected):
        """What happened: day, label, what was applied, what changed, the balance then."""
        self.assertEqual(
            [
                (
                    line["date"].isoformat(),
                    line["label"],
                    line["applied"],
                    line["amount"],
                    line["balance"],
                )
                for line in section["lines"]
            ],
            list(expected),
        )

    def assertAddsUp(self, partner=None, **choices):
        """The promises of every statement, whatever happened."""
        sections = self.sections(partner, **choices)
        for section in sections.values():
            currency = section["currency"]

            def same(one, other, why, currency=currency):
                self.assertEqual(currency.compare_amounts(one, other), 0, why)

            open_now = sum(item["residual"] for item in section["items"])
            same(section["amount_due"], open_now, "What is due is what is open.")
            aged = sum(amount for _label, amount in section["aging"])
            same(section["amount_due"], aged, "The buckets sum to what is due.")
            if "lines" in section:
                moved = sum(line["amount"] for line in section["lines"])
                same(section["closing"], section["opening"] + moved, "The lines lead to the end.")
                same(section["closing"], section["amount_due"], "The end is what is open.")
        return sections
