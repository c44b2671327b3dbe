"""What an addon offers to a client, found out from what is loaded and not from a list."""

from odoo.exceptions import AccessError
from odoo.http import _generate_routing_rules
from odoo.service.model import get_public_method

#: See tests/test_dialog_secrets.py.
GATE = "account.receivable.dialog"


def public_methods(env, addon):
    """What this addon lets a client call.

    :return: ``{(model, method)}``, of the models it makes and of those it extends
    """
    found = set()
    for name, model in env.items():
        if model._abstract and model._original_module == addon:
            continue  # it is called on what inherits it, and found there
        for cls in _classes_of(type(model), addon):
            if vars(cls).get("_name") == GATE:
                continue  # it looks at what Odoo's own methods are given, in every dialog
            for method, value in vars(cls).items():
                if callable(value) and _is_public(model, method):
                    found.add((name, method))
    return found


def _classes_of(cls, addon):
    prefix = f"odoo.addons.{addon}."
    return [base for base in cls.mro() if base.__module__.startswith(prefix)]


def _is_public(model, method):
    """As the server decides it."""
    try:
        get_public_method(model, method)
    except AccessError:
        return False
    return True


def own_models(env, addon):
    """The models that this addon makes and that have records."""
    return {
        name
        for name, model in env.items()
        if not model._abstract and model._original_module == addon
    }


def own_routes(env, addon):
    """The addresses whose methods this addon makes or extends."""
    found = set()
    for url, endpoint in _generate_routing_rules(sorted(env.registry._init_modules), False):
        method = endpoint.func
        for cls in _classes_of(type(method.__self__), addon):
            if method.__name__ in vars(cls):
                found.add(url)
    return found


def own_prints(env, addon):
    """The reports that this addon makes."""
    return env["ir.actions.report"].search([("report_name", "=like", f"{addon}.%")])
