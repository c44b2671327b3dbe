"""What the source promises: SQL is built by SQL, sudo says whom it lets in, an addon overrides a
method once, and every model has access rights and rules."""

import doctest
import importlib
import re
from pathlib import Path

from odoo.tests import TransactionCase, tagged

from .access_discovery import OWN_ADDONS, own_models
from .source_rules import (
    Source,
    long_methods,
    methods_defined_twice,
    read_source,
    source_files,
)


@tagged("post_install", "-at_install")
class TestSourceRules(TransactionCase):
    def problems(self, rule):
        return [problem for path in source_files() for problem in getattr(Source.of(path), rule)()]

    def test_every_statement_of_sql_is_built_by_sql(self):
        self.assertFalse("\n".join(self.problems("sql_problems")))

    def test_every_sudo_says_whom_it_lets_in(self):
        self.assertFalse("\n".join(self.problems("sudo_problems")))

    def test_the_rules_find_what_they_are_for(self):
        for rule, text in (
            ("sql_problems", "cr.execute('DELETE FROM t')"),
            ("sql_problems", "cr.execute(f'DELETE FROM {table}')"),
            ("sql_problems", "query = 'SELECT %s' % name\nenv.execute_query(query)"),
            ("sql_problems", "cr.execute(SQL(f'DELETE FROM {table}'))"),
            ("sql_problems", "cr.execute(SQL('SELECT ' + name))"),
            ("sql_problems", "cr.execute(SQL('SELECT %s'.format(name)))"),
            ("sql_problems", "def _table_query(self):\n    return f'SELECT {self.id}'"),
            ("sudo_problems", "self.sudo().write({})"),
            ("sudo_problems", "# sudo: the limit\nself.sudo().write({})"),
            ("sudo_problems", "# sudo: whoever asks\n\nself.sudo().write({})"),
            ("sudo_problems", "name = fields.Char(compute='_compute', compute_sudo=True)"),
            ("sudo_problems", "env = self.with_user(SUPERUSER_ID)"),
            ("sudo_problems", "env = self.env(su=True)"),
        ):
            with self.subTest(text=text):
                self.assertTrue(list(getattr(Source(text), rule)()))
        for rule, text in (
            ("sql_problems", "cr.execute(SQL('DELETE FROM t WHERE id = %s', key))"),
            ("sql_problems", "query = SQL('SELECT 1')\nenv.execute_query(query)"),
            ("sudo_problems", "# sudo: whoever posts\nself.sudo().write({})"),
            ("sudo_problems", "self.sudo().write({})  # sudo: who may post"),
            ("sudo_problems", "self.sudo(False).write({})"),
            ("sudo_problems", "name = fields.Char(related='a.b', related_sudo=False)"),
        ):
            with self.subTest(text=text):
                self.assertFalse(list(getattr(Source(text), rule)()))

    def test_a_method_of_a_model_is_defined_once_in_an_addon(self):
        self.assertFalse("\n".join(methods_defined_twice(read_source())))
        text = "class A(models.Model):\n    _inherit = 'a'\n    def write(self, vals): pass\n"
        self.assertTrue(list(methods_defined_twice({Path("a.py"): text, Path("b.py"): text})))

    def test_no_method_is_longer_than_a_screen(self):
        self.assertFalse("\n".join(long_methods(read_source())))
        self.assertTrue(list(long_methods({Path("a.py"): "def f():\n" + "    pass\n" * 60})))

    def test_the_examples_in_docstrings_are_true(self):
        tried = 0
        for path, text in read_source().items():
            if ">>>" in text and path.parts[0] != "addons":
                module = ".".join(("odoo.addons", OWN_ADDONS[0], *path.with_suffix("").parts))
                failed, here = doctest.testmod(importlib.import_module(module))
                self.assertFalse(failed, path)
                tried += here
        self.assertGreater(tried, 5)

    def test_no_script_opens_what_a_method_answered(self):
        """The server makes an answer fit for the client only for a button (`doActionButton`)."""
        opens = re.compile(r"\bdoAction\((?!\s*[\"'])")
        self.assertTrue(opens.search("this.action.doAction(action)"))
        self.assertFalse(opens.search('this.action.doAction("account.action_x")'))
        root = Path(__file__).resolve().parents[1]
        scripts = [*root.glob("static/src/**/*.js"), *root.glob("addons/*/static/src/**/*.js")]
        self.assertTrue(scripts)
        problems = [path.name for path in scripts if opens.search(path.read_text())]
        self.assertEqual(problems, [])

    def test_every_model_has_access_rights(self):
        for name in sorted(own_models(self.env, *OWN_ADDONS)):
            with self.subTest(model=name):
                rights = self.env["ir.model.access"].search([("model_id.model", "=", name)])
                self.assertTrue(rights)
                self.assertTrue(all(rights.mapped("group_id")), "Rights are a group's.")

    def test_every_model_has_a_rule(self):
        """A record is a company's or, in a dialog, of who opened it."""
        for name in sorted(own_models(self.env, *OWN_ADDONS)):
            model = self.env[name]
            rules = self.env["ir.rule"].search([("model_id.model", "=", name)])
            domains = " ".join(rules.filtered(lambda rule: not rule.groups).mapped("domain_force"))
            with self.subTest(model=name):
                if model.is_transient():
                    self.assertRegex(domains, r"'(wizard_id\.)?create_uid', '=', user\.id\)")
                else:
                    self.assertIn("company_id", model._fields)
                    self.assertIn("company_ids", domains)

    def test_every_empty_list_says_what_to_do(self):
        """An action that opens records has a text for when there are none."""
        names = self.env["ir.model.data"].search(
            [("module", "in", OWN_ADDONS), ("model", "=", "ir.actions.act_window")]
        )
        actions = self.env["ir.actions.act_window"].browse(names.mapped("res_id"))
        silent = actions.filtered(lambda action: action.target != "new" and not action.help)
        self.assertEqual(silent.mapped("xml_id"), [])
