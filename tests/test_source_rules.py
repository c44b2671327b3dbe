"""Rules of this house that its own source must keep, here and in the addons beside it."""

import ast
from pathlib import Path

from odoo.tests import BaseCase

ADDON = Path(__file__).parents[1]
FOLDERS = ("models", "wizards", "reports", "controllers")
#: Who gives rights away: nobody.
LOWERED = ("sudo(False)", "sudo(self.env.su)")
SQL_CALLS = ("execute", "execute_query", "execute_query_dict", "executemany")


def sources():
    """The files that Odoo loads; the addons beside this one where they are (not in a wheel)."""
    roots = [ADDON, *(path.parent for path in (ADDON / "addons").glob("*/__manifest__.py"))]
    for root in roots:
        yield from root.glob("*.py")
        for folder in FOLDERS:
            yield from (root / folder).glob("*.py")


def calls(tree, names):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", None) in names:
            yield node


class TestSourceRules(BaseCase):
    def test_there_is_something_to_look_at(self):
        self.assertGreater(len(list(sources())), 100)

    def test_every_sql_is_built_by_sql(self):
        """Neither a text nor one put together by hand reaches the database."""
        wrong = []
        for path in sources():
            tree = ast.parse(path.read_text())
            for call in calls(tree, SQL_CALLS):
                if isinstance(call.args[0], ast.Constant | ast.JoinedStr | ast.BinOp):
                    wrong.append(f"{path.name}:{call.lineno}")
            for node in ast.walk(tree):
                is_sql = isinstance(node, ast.Call) and getattr(node.func, "id", None) == "SQL"
                if is_sql and node.args and self._is_put_together(node.args[0]):
                    wrong.append(f"{path.name}:{node.lineno}")
        self.assertEqual(wrong, [])

    def _is_put_together(self, text):
        """An f-string, ``%``, ``+`` or ``format`` could carry what somebody typed."""
        is_formatted = isinstance(text, ast.Call) and getattr(text.func, "attr", "") == "format"
        return isinstance(text, ast.JoinedStr | ast.BinOp) or is_formatted

    def test_every_sudo_says_whom_it_lets_in(self):
        """A comment that begins with sudo, in the same function and before it."""
        wrong = []
        for path in sources():
            text = path.read_text()
            lines = text.splitlines()
            for function in ast.walk(ast.parse(text)):
                if not isinstance(function, ast.FunctionDef):
                    continue
                for call in calls(function, ("sudo",)):
                    said = lines[function.lineno - 1 : call.func.end_lineno]
                    if ast.unparse(call).endswith(LOWERED):
                        continue
                    if not any("# sudo: " in line for line in said):
                        wrong.append(f"{path.name}:{call.func.end_lineno}")
        self.assertEqual(wrong, [])

    def test_no_field_is_computed_with_more_rights(self):
        wrong = []
        for path in sources():
            for node in ast.walk(ast.parse(path.read_text())):
                is_option = isinstance(node, ast.keyword) and node.arg in (
                    "compute_sudo",
                    "related_sudo",
                )
                if is_option and getattr(node.value, "value", None) is not False:
                    wrong.append(f"{path.name}:{node.value.lineno}")
        self.assertEqual(wrong, [])
