"""The output of `make bench`: measures, limits and agreement of the totals."""

from runtime.console import say

# Of the issue that asked for the benchmark; they hold at the full size.
OURS_TO_RAW = 1.5  # our aging takes at most so many times what raw SQL takes
OCA_TO_OURS = 15  # OCA's aging takes at least so many times what ours takes
OCA_TO_OUR_STATEMENTS = 2  # and OCA's values of 1,000 statements so many times ours

SOME, STATEMENTS = 80, 1000
CENT = 0.005
BUCKETS = ("not due", "1-30", "31-60", "61-90", "91-120", "older")

COMPARED = {
    "ledger": "posted on the receivable account",
    "documents": "item by item, less what was applied",
    "raw_aged": "raw SQL, aged",
    "aging": "our aging, credits aged",
    "aging_column": "our aging, credits in a column",
    "aging_total": "our aging, credits in the total",
    "ar_balance": "our A/R balances of the customers",
    "statements": "our statements of the customers",
    "credit": "core's credit of the customers",
    "credit_everybody": "core's credit, their contacts too",
    "oca_aging": "OCA's aged partner balance",
    "oca_statements": "OCA's statements of the customers",
    "oca_statements_proposed": "the same as its dialog proposes",
}
#: The kinds of differences that documents explain, by reader; the others must agree.
EXPLAINED = {
    "credit": ("contacts",),
    "oca_statements": ("contacts",),
    "oca_statements_proposed": ("contacts", "negative"),
}


def _labels(customers, past):
    statements = min(STATEMENTS, customers)
    return {
        "sum": "raw SQL: open items by customer",
        "balance": f"our A/R balance, {customers:,} partners",
        "credit": f"core's credit, {customers:,} partners",
        "sum_some": f"raw SQL: open items of {SOME} customers",
        "balance_some": f"our A/R balance, {SOME} partners",
        "credit_some": f"core's credit, {SOME} partners",
        "raw_today": "raw SQL: aged by customer, today",
        "aging_today": "our aging, today",
        "oca_today": "OCA's aged partner balance, today",
        "raw_past": f"raw SQL: aged, {past}",
        "aging_past": f"our aging, {past}",
        "oca_past": f"OCA's aged partner balance, {past}",
        "statements": f"our statements of {statements:,} customers",
        "oca_statements": f"OCA's statements of {statements:,} customers",
    }


#: The readers that do the same job as OCA's.
SAME_JOB = {
    "aging_today": "oca_today",
    "aging_past": "oca_past",
    "statements": "oca_statements",
}


def show_counts(facts):
    counts = facts["counts"]
    say(
        f"  {counts['items']:,} journal items, {counts['open_items']:,} of them open receivables, "
        f"{counts['all_customers']:,} customers; {counts['invoices']:,} customer invoices, "
        f"{counts['credits']:,} of them customer credits; {counts['payments']:,} payments from "
        f"{counts['first_payment']} to {counts['last_payment']};\n"
        f"  {counts['partials']:,} reconciliations, {counts['applied_later']:,} of them applied "
        f"on a later day than core dates them, {counts['taken_back']:,} more taken back. Out of "
        f"balance: {counts['unbalanced']:.2f}"
    )


def _number(value, form, width):
    return " " * width if value is None else format(value, f"{width}{form}")


def _times(value, width):
    return _number(value, ".2f" if value and value < 10 else ".1f", width - 1) + (
        " " if value is None else "x"
    )


def _faster(measured, name):
    """How many times faster than OCA; None if OCA's addons do not do the job."""
    theirs = SAME_JOB.get(name)
    return measured[theirs]["seconds"] / measured[name]["seconds"] if theirs else None


def show_measured(facts, measured, past):
    say(f"  {'':<46}{'seconds':>10}{'MB':>9}{'to raw SQL':>12}{'OCA to it':>11}")
    for name, label in _labels(facts["counts"]["all_customers"], past).items():
        row = measured[name]
        say(
            f"  {label:<46}{row['seconds']:>10.4f}{row['memory']:>9.1f}"
            f"{_times(row['to_raw'], 12)}{_times(_faster(measured, name), 11)}"
        )
    say("  MB: what the first answer adds to the process at its peak, the server's not counted.")


def show_growth(tenth, small, full, large):
    """Show how the cost grows with the ledger."""
    factor = full["counts"]["items"] / tenth["counts"]["items"]
    say(f"How the cost grows when the ledger is {factor:.1f} times as large")
    say(f"  {'':<46}{'seconds':>10}{'MB':>20}")
    for name, label in _labels(full["counts"]["all_customers"], "a year ago").items():
        before, after = small[name], large[name]
        note = ""
        if name in ("statements", "oca_statements"):
            note = f"  ({min(STATEMENTS, tenth['customers']):,} customers before)"
        say(
            f"  {label:<46}{after['seconds'] / before['seconds']:>9.1f}x"
            f"{before['memory']:>10.1f} -> {after['memory']:>6.1f}{note}"
        )


def show_agreement(figures, differences):
    """Show the totals.

    :return: whether all agree, or differ only by what documents explain
    """
    days = list(figures)
    say("Totals: ours less theirs where they differ, and the documents that explain it")
    say(f"  {'':<38}" + "".join(f"{day:>18}" for day in days))
    agreed = True
    for reader, label in COMPARED.items():
        cells = [_number(figures[day].get(reader, {}).get("total"), ",.2f", 18) for day in days]
        if any(cell.strip() for cell in cells):
            say(f"  {label:<38}" + "".join(cells))
        for day in days:
            if reader in figures[day]:
                agreed &= _is_total_explained(label, reader, day, figures[day], differences[day])
    for reason in ("contacts", "negative"):
        _show_documents(reason, differences)
    for day in days:
        agreed &= _are_buckets_explained(day, figures[day], differences[day])
    say("  All of them agree." if agreed else "  THEY DO NOT AGREE.")
    return agreed


def _is_total_explained(label, reader, day, figures, differences):
    observed = figures["aging"]["total"] - figures[reader]["total"]
    explained = sum(differences[reason]["sum"] for reason in EXPLAINED.get(reader, ()))
    if abs(observed - explained) >= CENT:
        say(f"    {day}: {label} differs by {observed:,.2f}; documents explain {explained:,.2f}")
        return False
    return True


REASONS = {
    "contacts": "Booked on a contact: ours is its company's, core's credit and OCA's statement of "
    "the company leave it out",
    "negative": "A negative balance: OCA's dialog proposes to leave the customer out",
}


def _show_documents(reason, differences):
    say(f"  {REASONS[reason]}")
    for day, found in differences.items():
        found = found[reason]
        say(f"    {day}: {found['sum']:,.2f} by {found['count']:,}")
        _show_largest(found)


def _show_largest(found):
    for document, amount, why in found["shown"]:
        say(f"      {document:<18}{amount:>14,.2f}  {why}")
    left = found["count"] - len(found["shown"])
    if left:
        rest = found["sum"] - sum(amount for _document, amount, _why in found["shown"])
        say(f"      {f'and {left:,} more':<18}{rest:>14,.2f}")


def _are_buckets_explained(day, figures, differences):
    """Whether documents explain the differences of OCA's buckets, whose total agrees."""
    say(f"  Columns of the aging, {day}")
    heads = ("raw SQL", "ours", "OCA", "ours less OCA", "documents")
    say(f"    {'':<12}" + "".join(f"{head:>18}" for head in heads))
    agreed = True
    theirs = figures["oca_aging"]["buckets"]
    for number, bucket in enumerate(BUCKETS):
        raw = figures["raw_aged"]["buckets"][number]
        ours = figures["aging"]["buckets"][number]
        explained = differences["buckets"][number]
        say(
            f"    {bucket:<12}{raw:>18,.2f}{ours:>18,.2f}{theirs[number]:>18,.2f}"
            f"{ours - theirs[number]:>18,.2f}{explained['sum']:>18,.2f}  by {explained['count']:,}"
        )
        difference = abs(ours - theirs[number] - explained["sum"])
        agreed &= difference < CENT and abs(raw - ours) < CENT
    _show_largest(differences["aging"])
    in_total = figures["aging_total"]
    column = figures["aging_column"]
    agreed &= abs(sum(figures["aging"]["buckets"]) - figures["aging"]["total"]) < CENT
    agreed &= abs(sum(column["buckets"]) - column["total"]) < CENT
    agreed &= abs(sum(column["buckets"][:-1]) - sum(in_total["buckets"])) < CENT
    return agreed


def show_limits(measured):
    """Show the limits.

    :return: whether all are kept
    """
    say("Limits")
    kept = True
    for name, day in (("aging_today", "today"), ("aging_past", "as of a past day")):
        ratio, faster = measured[name]["to_raw"], _faster(measured, name)
        kept &= _judge(f"our aging {day}, times raw SQL", ratio, most=OURS_TO_RAW)
        kept &= _judge(f"OCA's aging {day}, times ours", faster, least=OCA_TO_OURS)
    faster = _faster(measured, "statements")
    return kept & _judge("OCA's statements, times ours", faster, least=OCA_TO_OUR_STATEMENTS)


def _judge(label, ratio, least=0.0, most=float("inf")):
    is_kept = least <= ratio <= most
    limit = f"at least {least}" if least else f"at most {most}"
    say(f"  {label:<46}{ratio:>10.2f}   {limit:<14}{'kept' if is_kept else 'NOT KEPT'}")
    return is_kept
