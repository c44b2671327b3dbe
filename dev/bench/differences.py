"""Find the documents that cause differences: CONFIGURATION DATABASE.

Run by dev/bench.py inside Odoo's Python. The job, JSON as the answer: ``days`` and the ``facts``
of the ledger. For each day and kind of difference its sum, how many documents, the largest ones.
"""

import json
import sys
from datetime import date

import differences_sql
from process import environment

SHOWN = 5
BUCKETS = ("not due", "1-30", "31-60", "61-90", "91-120", "older")


def summary(rows):
    """The sum, the number and the largest of these rows of document, amount and reason."""
    rows = sorted(rows, key=lambda row: (-abs(row[1]), row[0]))
    return {
        "sum": round(float(sum(amount for _document, amount, _why in rows)), 2),
        "count": len(rows),
        "shown": [(document, float(amount), why) for document, amount, why in rows[:SHOWN]],
    }


def of_a_day(env, facts, day):
    values = {**facts, "as_of": date.fromisoformat(day)}

    def select(statement):
        env.cr.execute(statement, values)
        return env.cr.fetchall()

    buckets = [[] for _name in BUCKETS]
    for bucket, document, amount, why in select(differences_sql.AGING):
        buckets[bucket].append((document, amount, f"{BUCKETS[bucket]}: {why}"))
    return {
        "buckets": [summary(rows) for rows in buckets],
        "aging": summary([row for rows in buckets for row in rows]),
        "contacts": summary(select(differences_sql.CONTACTS)),
        "negative": summary(select(differences_sql.NEGATIVE)),
    }


def main():
    configuration, database = sys.argv[1:]
    job = json.load(sys.stdin)
    with environment(configuration, database) as env:
        print(json.dumps({day: of_a_day(env, job["facts"], day) for day in job["days"]}))


main()
