"""The guide's stories on the demo data; `make pictures` has them take pictures on the way."""

from odoo.addons.account_receivable.tests import common_guide

from .common_controls import ClickedControls


class GuideCommon(common_guide.GuideCommon, ClickedControls):
    """It is two weeks after the credit of the story."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._fix_colours(cls.demo("user_ak") + cls.demo("user_jo"))

    @classmethod
    def _skip_without_demo_data(cls):
        if not cls.env.ref(
            "account_customer_credit.demo_partner_library", raise_if_not_found=False
        ):
            cls.skipTest(cls, "The guide is played on the demo data, which is not installed.")

    @classmethod
    def demo(cls, name):
        """A record of the demo data."""
        return cls.env.ref(f"account_customer_credit.demo_{name}")
