"""Make once what many classes of tests would each make again, and roll back: the scripts and
styles that pages and prints load, and companies with their charts of accounts."""

import sys

import process

from odoo import SUPERUSER_ID
from odoo.modules import module

BUNDLES = (
    "web.assets_web",
    "web.assets_web_print",
    "web.assets_tests",
    "web.assets_frontend",
    "web.assets_frontend_lazy",
    "web.assets_frontend_minimal",
    "web.report_assets_common",
    "web.report_assets_pdf",
)


def make_assets(env):
    IrQweb = env["ir.qweb"].with_user(SUPERUSER_ID)  # Odoo finds no others
    for name in BUNDLES:
        bundle = IrQweb._get_asset_bundle(name)
        bundle.js()
        bundle.css()


def make_companies(env):
    """As core's tests make theirs, with the name by which `ReceivableCommon` finds them."""
    # Odoo knows where its addons are once it has read its configuration.
    from odoo.addons.account_receivable.tests.common import READY_COMPANIES, ReceivableCommon

    user = env.user
    before = user.company_ids
    ReceivableCommon.env = env
    module.current_test = "prepare_tests"  # where there is one, Stock makes a warehouse
    for name in READY_COMPANIES:
        company = ReceivableCommon._create_company(name=name)
        company.partner_id.active = company.active = False
    user.company_ids = before


def main(configuration, database):
    with process.environment(configuration, database) as env:
        make_assets(env)
        make_companies(env)
        env.cr.commit()


if __name__ == "__main__":
    main(*sys.argv[1:])
