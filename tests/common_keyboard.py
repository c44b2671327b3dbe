"""Real key presses in the browser, requested by a script."""

import json
from unittest.mock import patch

from odoo.tests import HttpCase
from odoo.tests.common import ChromeBrowser

ASK = "press:"
#: What Chromium's protocol wants to know of a key.
KEYS = {
    "Tab": {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9},
    "Escape": {"key": "Escape", "code": "Escape", "windowsVirtualKeyCode": 27},
}
#: For the scripts: presses a key, and goes on when it was released.
PRESS = f"""
const press = (key) => new Promise((done) => {{
    const go = () => setTimeout(done, 20);
    document.addEventListener("keyup", go, {{ once: true, capture: true }});
    console.log("{ASK}" + key);
}});
const until = async (what, condition) => {{
    for (let turn = 0; turn < 200; turn++) {{
        const found = condition();
        if (found) {{
            return found;
        }}
        await new Promise((done) => setTimeout(done, 50));
    }}
    throw new Error("Waited in vain for " + what);
}};
"""


class KeyboardCommon(HttpCase):
    def run_script(self, script, login, **values):
        """Run a script in the web client; what it throws or logs as an error fails the test.

        :param values: constants of the script, as JSON
        """
        constants = "".join(f"const {k} = {json.dumps(v)};\n" for k, v in values.items())
        original = ChromeBrowser._handle_console

        def handle(browser, type, args=None, **kwargs):
            text = str(args[0].get("value", "")) if args else ""
            if not text.startswith(ASK):
                return original(browser, type, args=args, **kwargs)
            key = KEYS[text.removeprefix(ASK)]
            for event in ("keyDown", "keyUp"):
                browser._websocket_send("Input.dispatchKeyEvent", params={"type": event, **key})
            return None

        code = f"""(async () => {{ {constants} {PRESS} {script}
            console.log("test successful");
        }})().catch((error) => console.error(error.message))"""
        with patch.object(ChromeBrowser, "_handle_console", handle):
            ready = "!!odoo.__WOWL_DEBUG__ && !!document.querySelector('.o_action_manager > *')"
            self.browser_js("/odoo/customers", code, ready=ready, login=login, timeout=120)
