"""The controls of the addons, found in what is loaded, and those that tours click.

The controls are not listed by hand: buttons, links and rows are read from the views, menus and
bound actions from their records, handlers and widgets from `static/src`. While a tour plays, the
browser notes what is clicked; each control of a view has its name there while the class of tests
runs. `clicked_controls.json` next to the tests has the clicks of each tour. A tour with other
clicks fails, or with CUSTOMER_CREDIT_WRITE=1 in the environment rewrites its entry.
"""

import json
import os
import re
from collections import Counter
from pathlib import Path
from unittest.mock import patch

from lxml import etree

import odoo.tests.common
from odoo.modules import get_module_path
from odoo.tests import HttpCase

ADDON = "account_customer_credit"
#: This addon and the one below it, whose controls its tours use too.
OWN_ADDONS = (ADDON, "account_receivable")
#: Reports each click, and each method that a button or a row calls, to `ClickBrowser`.
LISTENER = """
    {
        const note = (kind, name) => window.noteControl(`${kind} ${name}`);
        const ways = [
            ["control", "[data-control]", (el) => el.dataset.control],
            ["control", "[class*='control--']", (el) => /control--\\S+/.exec(el.className)[0]],
            ["menu", "[data-menu-xmlid]", (el) => el.dataset.menuXmlid],
            ["bound", ".o_menu_item", (el) => el.textContent.trim()],
            ["link", "a[href]", (el) => el.getAttribute("href")],
            ["name", "a[name], button[name]", (el) => el.getAttribute("name")],
            ["widget", ".o_field_widget", (el) => el.className],
        ];
        window.addEventListener("click", ({ target }) => {
            for (const [kind, selector, read] of ways) {
                const found = target.closest?.(selector);
                if (found) {
                    note(kind, read(found));
                }
            }
        }, true);
        const { open } = XMLHttpRequest.prototype;
        XMLHttpRequest.prototype.open = function (method, url, ...rest) {
            const call = /[/]call_button[/](.+)$/.exec(url);
            if (call) {
                note("call", call[1].replace("/", "."));
            }
            return open.call(this, method, url, ...rest);
        };
    }
"""


def own_views(env, addon):
    """The views and templates of this addon, active or not."""
    names = env["ir.model.data"].search([("module", "=", addon), ("model", "=", "ir.ui.view")])
    views = env["ir.ui.view"].with_context(active_test=False)
    return views.browse(names.mapped("res_id")).exists()


def _is_clicked(node):
    """Whether this node of an arch is something new to click (and not a locator)."""
    if not isinstance(node.tag, str) or node.get("position"):
        return False
    if node.tag in ("button", "form") and node.getparent() is not None:
        return node.tag == "button" or bool(node.get("action"))
    return node.tag == "a" or node.get("type") in ("object", "action")


def _name_of(env, node):
    """The name of a control in its view, independent of the ids in the database."""
    name = node.get("name") or node.get("action") or ""
    if node.get("type") == "action" and name.isdigit():
        action = env["ir.actions.actions"].browse(int(name))
        return env[action.type].browse(action.id).xml_id.partition(".")[2]
    return name or node.get("special") or node.get("href") or node.get("string") or "?"


def name_controls(env, view, arch):
    """Give every control of a view its name.

    :return: ``{name: what a tour's browser notes when it is used}``
    """
    found, seen = {}, Counter()
    for node in filter(_is_clicked, arch.iter()):
        key = f"{view.xml_id.partition('.')[2]}: {_name_of(env, node)}"
        seen[key] += 1
        key += f" #{seen[key]}" if seen[key] > 1 else ""
        if node.tag in ("list", "kanban"):  # its rows
            found[key] = f"call {view.model}.{node.get('action')}"
        else:
            token = "control--" + re.sub(r"\W+", "-", key)
            node.set("data-control", token)
            if any(parent.tag == "list" for parent in node.iterancestors()):
                # of a button in a row the client keeps nothing but the class
                node.set("class", f"{node.get('class', '')} {token}".strip())
            found[key] = f"control {token}"
    for node in arch.iter("t"):  # a template of core's that makes a link of what it is given
        if node.get("t-set") == "url" and node.getparent().get("t-call"):
            address = node.get("t-value", "").strip("'")
            found[f"{view.xml_id.partition('.')[2]}: {address}"] = f"link {address}"
    return found


def view_controls(env, addon):
    found = {}
    for view in own_views(env, addon):
        found.update(name_controls(env, view, etree.fromstring(view.arch_db)))
    return found


def record_controls(env, addon):
    """Menus that open something, and what is in the menus of records and lists."""
    found = {}
    own = env["ir.model.data"].search([("module", "=", addon)])
    for menu in env["ir.ui.menu"].browse(
        own.filtered(lambda name: name.model == "ir.ui.menu").mapped("res_id")
    ):
        if menu.action:
            xml_id = menu.get_external_id()[menu.id]
            found[f"menu {xml_id.partition('.')[2]}"] = f"menu {xml_id}"
    for model in ("ir.actions.act_window", "ir.actions.server", "ir.actions.report"):
        actions = env[model].browse(
            own.filtered(lambda name, model=model: name.model == model).mapped("res_id")
        )
        for action in actions.filtered("binding_model_id"):
            found[f"bound {action.xml_id.partition('.')[2]}"] = f"bound {action.name}"
    return found


def script_controls(addon):
    """The handlers of clicks in the addon's own scripts."""
    found = {}
    source = Path(get_module_path(addon), "static", "src")
    for path in sorted(source.rglob("*.xml")):
        for node in etree.parse(path).iter(etree.Element):
            if any(name.startswith("t-on-") for name in node.attrib):
                name = node.get("name")
                found[f"{path.name}: {name or node.tag}"] = f"name {name}"
    for path in sorted(source.rglob("*.js")):
        text = path.read_text()
        for name in re.findall(r'category\("fields"\)\.add\("(\w+)"', text):
            found[f"{path.name}: {name}"] = f"widget {name}"
        for name in re.findall(r"addEventListener\(\s*(\S+)", text):
            found[f"{path.name}: {name}"] = "? give it a template's t-on-"
    return found


def find_controls(env, addon):
    """All controls of an addon, ``{control: what a tour's browser notes when it is used}``."""
    return {**view_controls(env, addon), **record_controls(env, addon), **script_controls(addon)}


def record_of(addon):
    """The file that tells which tour clicked which controls of this addon."""
    return Path(get_module_path(addon), "tests", "clicked_controls.json")


class ClickBrowserMixin:
    """A browser that also notes what is clicked in it."""

    clicked = set()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._others = self._handlers.get("Runtime.bindingCalled")
        self._handlers["Runtime.bindingCalled"] = self._binding_called
        self._websocket_request("Runtime.addBinding", params={"name": "noteControl"})
        self._websocket_request(
            "Page.addScriptToEvaluateOnNewDocument", params={"source": LISTENER}
        )

    def _binding_called(self, name, payload, **event):
        if name == "noteControl":
            self.clicked.add(payload)
        elif self._others:
            self._others(name, payload, **event)


class ClickedControls(HttpCase):
    """Tours that record what they click."""

    #: The addons whose controls are of interest; the first one's tests have the tours.
    controls_of = OWN_ADDONS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        base = odoo.tests.common.ChromeBrowser
        browser = type("ClickBrowser", (ClickBrowserMixin, base), {"clicked": set()})
        cls.startClassPatcher(patch.object(odoo.tests.common, "ChromeBrowser", browser))
        cls.clicks = browser.clicked
        cls.controls = {}
        for addon in cls.controls_of:
            cls.controls.update(find_controls(cls.env, addon))
            cls._write_names(addon)
        cls.env.registry.clear_cache("templates")
        cls.addClassCleanup(cls.env.registry.clear_cache, "templates")

    @classmethod
    def _write_names(cls, addon):
        """Write the names without the slow checks of a view, which they do not affect."""
        cls.env.flush_all()
        for view in own_views(cls.env, addon):
            cls.env.cr.execute("SELECT arch_db FROM ir_ui_view WHERE id = %s", (view.id,))
            archs = cls.env.cr.fetchone()[0]
            for language, text in archs.items():
                arch = etree.fromstring(text)
                name_controls(cls.env, view, arch)
                archs[language] = etree.tostring(arch, encoding="unicode")
            cls.env.cr.execute(
                "UPDATE ir_ui_view SET arch_db = %s WHERE id = %s", (json.dumps(archs), view.id)
            )
        cls.env.invalidate_all()

    def start_tour(self, url_path, tour_name, *args, **kwargs):
        self.clicks.clear()
        kwargs.setdefault("timeout", 180)  # other processes keep the machine busy
        result = super().start_tour(url_path, tour_name, *args, **kwargs)
        used = sorted(control for control, note in self.controls.items() if self.noted(note))
        path = record_of(self.controls_of[0])
        record = json.loads(path.read_text()) if path.exists() else {}
        if os.environ.get("CUSTOMER_CREDIT_WRITE"):
            record[tour_name] = used
            path.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n")
        self.assertEqual(
            record.get(tour_name),
            used,
            "The tour clicks something else than clicked_controls.json says; look why, and write "
            "it anew with CUSTOMER_CREDIT_WRITE=1.",
        )
        return result

    def noted(self, note):
        kind, _space, name = note.partition(" ")
        if kind == "widget":
            return any(f"o_field_{name}" in click.split() for click in self.clicks)
        return note in self.clicks


class ControlsCheck:
    """For a case of tests: every control of these addons is clicked by a tour that is played."""

    controls_of = OWN_ADDONS

    def check_controls(self):
        root = Path(get_module_path(self.controls_of[0]))
        record = json.loads(record_of(self.controls_of[0]).read_text())
        tours = "".join(path.read_text() for path in root.glob("static/tests/tours/**/*.js"))
        defined = set(re.findall(r'\.add\(\s*"(\w+)"', tours))
        self.assertEqual(set(record), defined, "A tour is played by a test, and noted.")
        used = {control for controls in record.values() for control in controls}
        found = {}
        for addon in self.controls_of:
            found.update(find_controls(self.env, addon))
        self.assertEqual(
            sorted(found.keys() - used), [], "No tour uses these: a person would be the first."
        )
        self.assertEqual(sorted(used - found.keys()), [], "Tours noted what is gone.")
        bound = [note for note in found.values() if note.startswith("bound ")]
        self.assertEqual(len(bound), len(set(bound)), "Two of one name cannot be told apart.")
