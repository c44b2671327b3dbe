"""What every script in Odoo's Python begins with: Odoo's registry, as the administrator."""

import contextlib

import odoo
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry


@contextlib.contextmanager
def environment(configuration, database, company=None):
    """An environment, in a company if one is given; what is not committed is rolled back.

    Not the superuser's: access rights and company rules are part of what is looked at.
    """
    odoo.tools.config.parse_config(["-c", configuration, "-d", database, "--no-http"])
    with Registry(database).cursor() as cr:
        user = api.Environment(cr, SUPERUSER_ID, {}).ref("base.user_admin")
        context = {"allowed_company_ids": [company]} if company else {}
        yield api.Environment(cr, user.id, {"lang": "en_US", **context})
        cr.rollback()
