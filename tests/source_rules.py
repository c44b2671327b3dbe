"""Rules for this addon's source code: its SQL statements and its uses of sudo.

Each rule returns its violations as sentences with file and line.
"""

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: The folders with production code, in this addon and the others.
FOLDERS = ("models", "wizards", "reports", "controllers")

#: Lines of the longest method.
LONGEST = 60
EXECUTE = ("execute", "execute_query", "execute_query_dict", "execute_values", "executemany")
#: Methods of ours, and of the ORM, that make a statement.
BUILDERS = ("_sql", "_query", "_search")
#: Methods that return a statement begin or end like this; they are looked at, too.
RETURNS_SQL = re.compile(r"_sql$|^_table_query$|^_(select|from|where|group_by|with|query)$")
#: Who is let in: a comment on sudo names somebody.
SOMEBODY = re.compile(
    r"\b(who|whoever|whose|user|users|visitor|customer|contact|sales|salesperson|salespeople|"
    r"customers|visitors|cashier|colleague|somebody|nobody|everybody|anybody|accounting)\b",
    re.IGNORECASE,
)


def source_files():
    """The Python files of this addon and, in a checkout, of the other addons."""
    folders = (path.parent for path in (ROOT / "addons").glob("*/__manifest__.py"))
    for addon in (ROOT, *sorted(folders)):
        yield from sorted(addon.glob("*.py"))
        for folder in FOLDERS:
            yield from sorted((addon / folder).rglob("*.py"))


class Source:
    """A file, its syntax tree with parents, and its comments by line."""

    NOTHING = ast.parse("lambda: 0").body[0].value.args

    def __init__(self, text, name="<text>"):
        self.name = name
        self.lines = text.splitlines()
        self.tree = ast.parse(text)
        self.parents = {
            child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)
        }

    @classmethod
    def of(cls, path):
        return cls(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)))

    def ancestors(self, node):
        while node in self.parents:
            node = self.parents[node]
            yield node

    def statement(self, node):
        """The innermost statement that holds this node."""
        return next(node for node in self.ancestors(node) if isinstance(node, ast.stmt))

    def at(self, node, problem):
        return f"{self.name}:{node.lineno}: {problem}"

    # === SQL ===

    def sql_problems(self):
        """Statements, or parts of them, that are built from text."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                if _is_name(node.func, "SQL") and node.args and not _is_text(node.args[0]):
                    if not self._is_known_text(node):
                        yield self.at(node, "the text of SQL() is not written out")
                elif _called(node) in EXECUTE and node.args and not self._is_sql(node.args[0]):
                    yield self.at(node, f"{_called(node)}() runs what SQL() did not build")
            elif isinstance(node, ast.FunctionDef) and RETURNS_SQL.search(node.name):
                for part in ast.walk(node):
                    if isinstance(part, ast.Return) and _is_built_text(part.value):
                        yield self.at(part, f"{node.name} returns text that was put together")

    def _is_sql(self, node):
        """Whether this expression is built by SQL, or a query that the ORM builds."""
        if isinstance(node, ast.Call):
            name = _called(node) or ""
            return _is_name(node.func, "SQL") or name == "select" or name.endswith(BUILDERS)
        return isinstance(node, ast.Name) and all(
            self._is_sql(value) for value in self._assigned(node)
        )

    def _assigned(self, node):
        """The values assigned to a name in its function; a value that is no SQL if unknown."""
        function = next(
            (node for node in self.ancestors(node) if isinstance(node, ast.FunctionDef)),
            self.tree,
        )
        values = [
            assignment.value
            for assignment in ast.walk(function)
            if isinstance(assignment, ast.Assign)
            and any(_is_name(target, node.id) for target in assignment.targets)
        ]
        return values or self._handed_over(function, node.id) or [ast.Constant(None)]

    def _handed_over(self, function, name):
        """The values that calls in this file pass as an argument of a function."""
        names = [argument.arg for argument in getattr(function, "args", self.NOTHING).args]
        if name not in names:
            return []
        place = names.index(name) - 1  # without self
        return [
            call.args[place]
            for call in ast.walk(self.tree)
            if isinstance(call, ast.Call) and _called(call) == function.name
        ]

    def _is_known_text(self, call):
        """A name that runs over texts that are written out just there."""
        argument = call.args[0]
        if not isinstance(argument, ast.Name):
            return False
        loops = [
            generator
            for node in self.ancestors(call)
            for generator in getattr(node, "generators", ())
        ]
        return any(_is_name(name, argument.id) for loop in loops for name in ast.walk(loop.target))

    # === Rights ===

    def sudo_problems(self):
        """Rights that are taken without a comment that says who is let in by it."""
        for node in ast.walk(self.tree):
            taken = self._get_taken_right(node)
            if not taken:
                continue
            comment = self.comment_on(self.statement(node))
            if not comment:
                yield self.at(node, f"{taken} without a comment")
            elif not SOMEBODY.search(comment):
                yield self.at(node, f"the comment on {taken} does not say whom it lets in")

    def _get_taken_right(self, node):
        if isinstance(node, ast.Call) and _called(node) == "sudo":
            # with an argument it gives rights back, or keeps what is there
            return "" if node.args else "sudo()"
        if isinstance(node, ast.Call) and _called(node) == "with_user":
            return "with_user()"
        if isinstance(node, ast.keyword) and node.arg in ("compute_sudo", "related_sudo", "su"):
            is_off = isinstance(node.value, ast.Constant) and node.value.value is False
            return "" if is_off else node.arg
        if isinstance(node, ast.Name) and node.id == "SUPERUSER_ID":
            return node.id
        return ""

    def comment_on(self, statement):
        """The comments on a statement: on its lines, directly above it, or above what it follows
        in the same breath: statements on the lines before it that take the same right."""
        first, last = self._extent(statement)
        found = [self._comment(number) for number in range(first, last + 1)]
        number = first - 1
        while number >= 1 and self.lines[number - 1].strip():
            if self.lines[number - 1].lstrip().startswith("#"):
                while self.lines[number - 1].lstrip().startswith("#"):
                    found.insert(0, self._comment(number))
                    number -= 1
                break
            if "sudo" not in self.lines[number - 1]:
                break
            found.insert(0, self._comment(number))
            number -= 1
        return " ".join(filter(None, found))

    def _extent(self, statement):
        """Its lines; of one with a body only its head."""
        body = getattr(statement, "body", None)
        last = body[0].lineno - 1 if body else statement.end_lineno
        return statement.lineno, max(last, statement.lineno)

    def _comment(self, number):
        """The comment on a line; no string in this addon's source holds a hash before a blank."""
        return self.lines[number - 1].partition("# ")[2]


def _called(call):
    """The name of the method that is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else None


def _is_name(node, name):
    return isinstance(node, ast.Name) and node.id == name


def _is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_built_text(node):
    """Text with something put in: an f-string, a sum or remainder, a call of format or join."""
    if isinstance(node, ast.JoinedStr):
        return True
    if isinstance(node, ast.BinOp):
        return any(_is_text(side) or _is_built_text(side) for side in (node.left, node.right))
    return (
        isinstance(node, ast.Call)
        and _called(node) in ("format", "join")
        and _is_text(node.func.value)
    )


def read_source():
    """:return: ``{path below the root: text}``"""
    return {path.relative_to(ROOT): path.read_text(encoding="utf-8") for path in source_files()}


def methods_defined_twice(texts):
    """Where an addon overrides a method in two classes, the order of the steps follows from its
    imports.

    :param texts: as :func:`read_source` returns them
    """
    places = defaultdict(list)
    for path, text in texts.items():
        addon = path.parts[1] if path.parts[0] == "addons" else ROOT.name
        for node in ast.parse(text).body:
            for model in _models_of(node):
                for method in node.body:
                    if isinstance(method, ast.FunctionDef):
                        places[addon, model, method.name].append(f"{path}:{method.lineno}")
    for (_addon, model, method), lines in places.items():
        if len(lines) > 1:
            yield f"{model}.{method}: {', '.join(lines)}"


def long_methods(texts):
    """A method that is longer than a screen does more than one thing."""
    for path, text in texts.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                length = node.end_lineno - node.lineno + 1
                if length > LONGEST:
                    yield f"{path}:{node.lineno}: {length} lines"


def _models_of(node):
    """The models that a class defines or extends."""
    if not isinstance(node, ast.ClassDef):
        return []
    values = {
        target.id: ast.literal_eval(statement.value)
        for statement in node.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name) and target.id in ("_name", "_inherit")
    }
    models = values.get("_name") or values.get("_inherit") or []
    return [models] if isinstance(models, str) else models
