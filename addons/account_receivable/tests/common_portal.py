"""A customer on the portal, over HTTP."""

from lxml import html

from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user


class PortalCommon(HttpCase):
    @classmethod
    def portal_user(cls, login, customer, company=None):
        """A contact of this customer with a login, for the one company."""
        company = company or cls.env.company
        user = new_test_user(
            cls.env,
            login,
            "base.group_portal",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        user.partner_id.parent_id = customer
        return user

    def log_in(self, user=None):
        """Log in as this user; without one, be a visitor without a login."""
        self.authenticate(user and user.login, user and user.login)

    def get(self, url, user=None):
        """Get a page as this user, by default the one who is logged in."""
        if user:
            self.log_in(user)
        return self.url_open(url)

    def page(self, url, user=None):
        """The content of a page: as a tree, and its text."""
        response = self.get(url, user)
        self.assertEqual(response.status_code, 200)
        tree = html.fromstring(response.text)
        main = tree.xpath("//main")[0] if tree.xpath("//main") else tree
        return main, self.text_of(main)

    def text_of(self, element):
        return " ".join(" ".join(element.itertext()).replace("\ufeff", "").split())
