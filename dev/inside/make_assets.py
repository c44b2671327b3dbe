"""Make the scripts and styles that the tests' pages and prints load, and keep them."""

import sys

import process

from odoo import SUPERUSER_ID

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


def main(configuration, database):
    with process.environment(configuration, database) as env:
        IrQweb = env["ir.qweb"].with_user(SUPERUSER_ID)  # Odoo finds no others
        for name in BUNDLES:
            bundle = IrQweb._get_asset_bundle(name)
            bundle.js()
            bundle.css()
        env.cr.commit()


if __name__ == "__main__":
    main(*sys.argv[1:])
