"""The check of several commands whether customers' accounts tie out."""

import odoo_script
from runtime.console import say


def tied_out(running, database, customers, booked=None, indent="  "):
    """Print the four figures of the tie-out.

    :param customers: their ids
    :param float booked: the amount that the figures must be, if it is known
    :return bool: whether they and SQL's own sum are one number, and nothing is wrong
    """
    answer = odoo_script.ask(running, database, "inside/tie_out.py", job=customers)
    figures = answer["figures"]
    names = ("documents", "ledger", "ar_balance", "aging")
    text = ", ".join(f"{name.replace('_', ' ')} {figures[name]:,.2f}" for name in names)
    known = {answer["sql"], *figures.values()}
    if booked is not None:
        text += f"; booked by the clerks {booked:,.2f}"
        known.add(booked)
    wrong = {what: count for what, count in answer["wrong"].items() if count}
    fine = len(known) == 1 and not wrong
    say(f"{indent}{text}: {'one number' if fine else 'DOES NOT TIE OUT'}")
    for what, count in wrong.items():
        say(f"{indent}  WRONG {what}: {count}")
    return fine
