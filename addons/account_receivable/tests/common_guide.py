"""Stories played in the browser; `make pictures` has them take pictures on the way."""

import base64
import json
import os
from pathlib import Path
from unittest.mock import patch

from freezegun import freeze_time

import odoo.tests.common
from odoo.tests import HttpCase, tagged
from odoo.tests.common import ChromeBrowser

#: Where the pictures go; without it none are taken.
FOLDER = os.environ.get("CUSTOMER_CREDIT_PICTURES")
#: Where the film goes: each picture once more as it is on a laptop and on a telephone.
FILM = os.environ.get("CUSTOMER_CREDIT_FILM")
WINDOWS = {"1400": (1400, 900), "390": (390, 844)}
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
    """Takes a picture when the page calls `takePicture`, and reports when that is done."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._handlers["Runtime.bindingCalled"] = self._called
        for name in ("takePicture", *(["changeWindow"] if FILM else [])):
            self._websocket_request("Runtime.addBinding", params={"name": name})
        self._websocket_request("Emulation.setScrollbarsHidden", params={"hidden": True})
        self._websocket_request("Page.addScriptToEvaluateOnNewDocument", params={"source": CLOCK})

    def _called(self, name, payload, **_event):
        """Called by the thread that reads the browser's messages, which must not wait for one."""
        if name == "takePicture":
            self._take(json.loads(payload))
        elif name == "changeWindow":
            self._change_window(payload)

    def _take(self, area):
        window = area.pop("window", None)
        target = Path(FILM if window else FOLDER, area.pop("name") + ".png")
        params = {"format": "png"}
        if not window:
            params["clip"] = {**area, "scale": 1}
        answer = self._websocket_send("Page.captureScreenshot", params=params, with_future=True)

        def save(future):
            target.write_bytes(base64.b64decode(future.result()["data"]))
            self._answer()

        answer.add_done_callback(save)

    def _change_window(self, name):
        """Show the page in a window of this name, or again in its own."""
        if name in WINDOWS:
            width, height = WINDOWS[name]
            method = "Emulation.setDeviceMetricsOverride"
            params = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        else:
            method, params = "Emulation.clearDeviceMetricsOverride", {}
        answer = self._websocket_send(method, params=params, with_future=True)
        answer.add_done_callback(lambda _future: self._answer())

    def _answer(self):
        self._websocket_send("Runtime.evaluate", params={"expression": "window.pictureTaken()"})


@tagged("post_install", "-at_install")
class GuideCommon(HttpCase):
    """It is 15 June 2023, in the company of Odoo's demo data."""

    browser_size = "1280x1300"

    @classmethod
    def setUpClass(cls):
        if FOLDER:
            cls.startClassPatcher(patch.object(odoo.tests.common, "ChromeBrowser", PictureBrowser))
        super().setUpClass()
        cls.company = cls.env.ref("base.main_company")
        cls._skip_without_demo_data()
        cls.startClassPatcher(freeze_time(TODAY, tick=True))
        cls._forget_later_documents()
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids})

    @classmethod
    def _skip_without_demo_data(cls):
        """Skip the class where the data that its stories are about are not installed."""
        if not cls.company.chart_template:
            cls.skipTest(cls, "The company has no chart of accounts: Odoo's demo data has one.")

    @classmethod
    def _forget_later_documents(cls):
        """Odoo's own demo data are dated around the day of the installation: not yet there."""
        later = cls.env["account.move"].search(
            [("date", ">", TODAY), ("company_id", "=", cls.company.id)]
        )
        later.filtered(lambda move: move.state == "posted").button_draft()
        later.filtered(lambda move: move.state == "draft").button_cancel()

    @classmethod
    def _fix_colours(cls, users):
        """An avatar's colour follows from the moment its partner was made, a user's for good."""
        cls.env.flush_all()
        cls.env.cr.execute("UPDATE res_partner SET create_date = %s", (TODAY,))
        cls.env.invalidate_all()
        for user in users:
            user.image_1920 = user.partner_id._avatar_generate_svg()

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
