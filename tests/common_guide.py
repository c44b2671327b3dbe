"""The guide's stories on the demo data; `make pictures` has them take pictures on the way."""

import base64
import json
import os
from pathlib import Path
from unittest.mock import patch

from freezegun import freeze_time

import odoo.tests.common
from odoo.tests import tagged
from odoo.tests.common import ChromeBrowser

from .common_controls import ClickedControls

#: Where the pictures go; without it none are taken.
FOLDER = os.environ.get("CUSTOMER_CREDIT_PICTURES")
TODAY = "2023-06-15"
# The client reads the day from the browser's clock.
CLOCK = f"""
    {{
        const Clock = Date, late = Clock.now() - Clock.parse("{TODAY}T12:00:00Z");
        window.Date = class extends Clock {{
            constructor(...values) {{
                super(...(values.length ? values : [Clock.now() - late]));
            }}
            static now() {{ return Clock.now() - late; }}
        }};
    }}
"""


class PictureBrowser(ChromeBrowser):
    """Takes a picture when the page calls `takePicture`, and tells it when that is done."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._handlers["Runtime.bindingCalled"] = self._take
        self._websocket_request("Runtime.addBinding", params={"name": "takePicture"})
        self._websocket_request("Emulation.setScrollbarsHidden", params={"hidden": True})
        self._websocket_request("Page.addScriptToEvaluateOnNewDocument", params={"source": CLOCK})

    def _take(self, name, payload, **_event):
        """Called by the thread that reads the browser's messages, which must not wait for one."""
        if name != "takePicture":
            return
        area = json.loads(payload)
        target = Path(FOLDER, area.pop("name") + ".png")
        answer = self._websocket_send(
            "Page.captureScreenshot",
            params={"format": "png", "clip": {**area, "scale": 1}},
            with_future=True,
        )

        def save(future):
            target.write_bytes(base64.b64decode(future.result()["data"]))
            self._websocket_send(
                "Runtime.evaluate", params={"expression": "window.pictureTaken()"}
            )

        answer.add_done_callback(save)


@tagged("post_install", "-at_install")
class GuideCommon(ClickedControls):
    """Today is 15 June 2023, two weeks after the credit of the story."""

    browser_size = "1280x1300"

    @classmethod
    def setUpClass(cls):
        if FOLDER:
            cls.startClassPatcher(patch.object(odoo.tests.common, "ChromeBrowser", PictureBrowser))
        super().setUpClass()
        if not cls.env.ref(
            "account_customer_credit.demo_partner_library", raise_if_not_found=False
        ):
            cls.skipTest(cls, "The guide is played on the demo data, which is not installed.")
        cls.startClassPatcher(freeze_time(TODAY, tick=True))
        cls._forget_later_documents()
        cls._fix_colours()
        company = cls.env.ref("base.main_company")
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": company.ids})

    @classmethod
    def _forget_later_documents(cls):
        """Hide Odoo's own demo documents, which are dated around the day of the installation."""
        later = cls.env["account.move"].search(
            [("date", ">", TODAY), ("company_id", "=", cls.env.ref("base.main_company").id)]
        )
        later.filtered(lambda move: move.state == "posted").button_draft()
        later.filtered(lambda move: move.state == "draft").button_cancel()

    @classmethod
    def _fix_colours(cls):
        """Fix the colours of avatars, which depend on the time when a partner was created."""
        cls.env.flush_all()
        cls.env.cr.execute("UPDATE res_partner SET create_date = %s", (TODAY,))
        cls.env.invalidate_all()
        for user in cls.demo("user_ak") + cls.demo("user_jo"):
            user.image_1920 = user.partner_id._avatar_generate_svg()

    @classmethod
    def demo(cls, name):
        """A record of the demo data."""
        return cls.env.ref(f"account_customer_credit.demo_{name}")

    def play(self, tour, address, login="ak"):
        """Play a tour of the guide, and read afterwards what it did."""
        self.start_tour(address, f"guide_{tour}", login=login, timeout=120)
        self.env.invalidate_all()

    def print_picture(self, name, report, record):
        """The PDF of a picture that shows a print; `make pictures` makes the picture of it."""
        content, kind = (
            self.env["ir.actions.report"]
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf(report, record.ids)
        )
        self.assertEqual(kind, "pdf")
        if FOLDER:
            Path(FOLDER, f"{name}.pdf").write_bytes(content)
