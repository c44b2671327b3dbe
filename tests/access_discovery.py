"""What our addons offer to a client, found in the registry and not from a list."""

from odoo.exceptions import AccessError
from odoo.http import _generate_routing_rules
from odoo.service.model import get_public_method

#: This addon and the one below it.
OWN_ADDONS = ("account_customer_credit", "account_receivable")
#: See tests/test_dialog_secrets.py.
GATE = "account.receivable.dialog"


def public_methods(env, *addons):
    """The methods of these addons that a client can call.

    :return: ``{(model, method)}``, of the models they make and of those they extend
    """
    found = set()
    for name, model in env.items():
        if model._abstract and model._original_module in addons:
            continue  # it is called on what inherits it, and found there
        for cls in _classes_of(type(model), addons):
            if vars(cls).get("_name") == GATE:
                continue  # it looks at what Odoo's own methods are given, in every dialog
            for method, value in vars(cls).items():
                if callable(value) and _is_public(model, method):
                    found.add((name, method))
    return found


def _classes_of(cls, addons):
    prefixes = tuple(f"odoo.addons.{addon}." for addon in addons)
    return [base for base in cls.mro() if base.__module__.startswith(prefixes)]


def _is_public(model, method):
    """Whether a client can call the method, decided like the server does."""
    try:
        get_public_method(model, method)
    except AccessError:
        return False
    return True


def own_models(env, *addons):
    """The models that these addons make and that have records."""
    return {
        name
        for name, model in env.items()
        if not model._abstract and model._original_module in addons
    }


def own_routes(env, *addons):
    """The addresses whose methods these addons make or extend."""
    found = set()
    for url, endpoint in _generate_routing_rules(sorted(env.registry._init_modules), False):
        method = endpoint.func
        for cls in _classes_of(type(method.__self__), addons):
            if method.__name__ in vars(cls):
                found.add(url)
    return found


def own_prints(env, *addons):
    """The reports that these addons make."""
    reports = env["ir.actions.report"].search([])
    return reports.filtered(lambda report: report.report_name.partition(".")[0] in addons)
