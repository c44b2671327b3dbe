"""A customer statement as plain values, for print, mail and portal."""

from bisect import bisect_left
from collections import defaultdict

from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_customer_statements(self, choices):
        """The statements of these customers with the current company, in the user's language.

        A contact stands for its company. The number of queries does not depend on the number of
        customers.

        :param choices: ``StatementChoices``, which the caller has checked
        :return: ``{commercial partner id: statement}``, a dict of ``choices``, ``company``,
            ``partner`` (commercial) and ``sections``, one for each currency with something to
            tell, the company's first. A section is a dict, all of its amounts signed (credits
            negative) in its ``currency``:

            - ``items``: what is owed, by due date, then the unapplied credits: dicts of
              ``move_id``, ``name``, ``number`` (the name, unless of an entry), ``reference``
              (the customer's), ``kind``, ``label``, ``date``, ``due_date`` (of what is owed),
              ``amount`` (what it was) and ``residual`` (what is open)
            - ``amount_due``: the sum of what is open; negative: we owe the customer, then
              ``is_credit`` is true and its letter calls it a credit balance
            - its parts ``owed`` and ``credits`` (negative), and what is ``past_due`` of it, from
              which the credits are deducted first
            - ``paid_later``: what the customer paid after the statement's day until today
            - ``aging``: list of ``(label, amount)`` of the buckets, and of the credits if there
              are any; they sum to ``amount_due``
            - of an activity statement, ``opening`` (the balance before the first day),
              ``lines`` in the order of their days, and ``closing``, which is ``amount_due``.
              A line is a dict like an item, with ``applied`` (of applications; negative: taken
              back), ``amount`` (what it changes), ``balance`` (what it leads to) and ``is_told``
              (false where an application was taken back and nothing changed)
        :raises AccessError: if the user may not read the register of applications
        """
        self.env["account.receivable.application"].check_access("read")
        company = self.env.company
        customers = self.commercial_partner_id.with_context(allowed_company_ids=company.ids)
        statements = {
            customer.id: {
                "choices": choices,
                "company": company,
                "partner": customer.with_env(self.env),
                "sections": [],
            }
            for customer in customers
        }
        if not customers:
            return statements
        labels = self._get_statement_labels()
        items, paid_later = customers._get_statement_items(choices, labels)
        opening, lines = {}, defaultdict(list)
        if choices.kind == "activity":
            opening, lines = customers._get_statement_activity(choices, labels)
        keys = {*items, *lines, *opening}
        for customer_id, currency in customers._get_statement_currencies(keys):
            key = customer_id, currency.id
            section = self._get_statement_section(currency, items[key], choices)
            section["paid_later"] = currency.round(paid_later.get(key, 0.0))
            if choices.kind == "activity":
                section.update(self._get_statement_history(currency, opening, lines, key))
            if section["items"] or section.get("lines") or section.get("opening"):
                statements[customer_id]["sections"].append(section)
        return statements

    def _get_statement_items(self, choices, labels):
        """The open items of these customers, and what they paid after the day.

        :return: lists of items, and amounts, both by customer and currency id
        """
        ledger, items, paid_later = self.env["account.move.line"], defaultdict(list), {}
        for row in ledger._get_statement_open_items(self, choices.as_of):
            row["label"] = labels[row["kind"]]
            row["number"] = None if row["is_entry"] else row["name"]
            items[row["customer_id"], row["currency_id"]].append(row)
        today = fields.Date.context_today(self)
        if choices.as_of < today:
            paid_later = ledger._get_statement_later_payments(self, choices.as_of, today)
        return items, paid_later

    @api.model
    def _get_statement_labels(self):
        """The labels of the kinds in a letter to a customer.

        :return: ``{kind: label}``, in the language of the context
        """
        return {
            "invoice": self.env._("Invoice"),
            "credit_note": self.env._("Credit Note"),
            "payment": self.env._("Payment"),
            "refund": self.env._("Refund"),
            "returned": self.env._("Payment Returned"),
            "entry": self.env._("Adjustment"),
            "exchange": self.env._("Exchange Difference"),
            ("application", False): self.env._("Application"),
            ("unapplication", False): self.env._("Application Reversed"),
            ("application", True): self.env._("Application (Other Currency)"),
            ("unapplication", True): self.env._("Application Reversed (Other Currency)"),
        }

    @api.model
    def _get_statement_currencies(self, keys):
        """Sort customers with each of their currencies into the order of the sections."""
        currencies = self.env["res.currency"].browse({currency_id for _id, currency_id in keys})
        own = self.env.company.currency_id
        ordered = currencies.sorted(lambda currency: (currency != own, currency.name))
        for currency in ordered:
            for customer_id in {customer for customer, other in keys if other == currency.id}:
                yield customer_id, currency

    @api.model
    def _get_statement_section(self, currency, items, choices):
        # On statements what is owed ages by its due date; credits have none and do not age.
        limits = self.env.company._get_aging_limits()
        buckets = [0.0] * (len(limits) + 1)
        owed = [item for item in items if item["residual"] > 0]
        credits = [{**item, "due_date": None} for item in items if item["residual"] < 0]
        for item in owed:
            days = (choices.as_of - item["due_date"]).days
            buckets[bisect_left(limits, days)] += item["residual"]
        labels = self.env.company._get_aging_labels()
        aging = list(zip(labels, map(currency.round, buckets), strict=True))
        sums = [currency.round(sum(item["residual"] for item in some)) for some in (owed, credits)]
        if credits:
            aging.append((self.env._("Unapplied Credits"), sums[1]))
        amount_due = currency.round(sum(sums))
        return {
            "currency": currency,
            "items": owed + credits,
            "owed": sums[0],
            "credits": sums[1],
            "past_due": max(currency.round(sum(buckets[1:]) + sums[1]), 0.0),
            "amount_due": amount_due,
            "is_credit": currency.compare_amounts(amount_due, 0.0) < 0,
            "aging": aging,
        }

    # === Activity ===

    def _get_statement_activity(self, choices, labels):
        """The activity of these customers' accounts, by currency.

        :return: the opening balances and the lists of lines, by customer and currency id
        """
        ledger = self.env["account.move.line"]
        period = self, choices.date_from, choices.as_of
        opening = ledger._get_statement_balances(self, choices.opening_day)
        lines = defaultdict(list)
        for row in ledger._get_statement_documents(*period):
            row.update(label=labels[row["kind"]], applied=None, rank=0)
            row["number"] = None if row["is_entry"] else row["name"]
            if row["amount"] < 0 or row["kind"] in ("refund", "returned"):
                row["due_date"] = None  # a credit or what is paid is not due
            lines[row["customer_id"], row["currency_id"]].append(row)
        applications = defaultdict(list)
        for row in ledger._get_statement_applications(*period):
            key = row["customer_id"], row["currency_id"], row["date"], row["id"]
            applications[key].append(row)
        for (customer_id, currency_id, *_key), sides in applications.items():
            line = self._get_statement_application(sides, labels)
            lines[customer_id, currency_id].append(line)
        return opening, lines

    @api.model
    def _get_statement_application(self, sides, labels):
        """The line of one application of one customer's items in one currency.

        Its two sides cancel out, unless one of them is in another currency or belongs to another
        customer by now.
        """
        side = sides[0]
        debit, credit = (side[name] or labels["entry"] for name in ("debit_name", "credit_name"))
        is_elsewhere = len(sides) == 1 and side["other_customer_id"] not in (
            None,
            side["customer_id"],
        )
        if is_elsewhere:
            # The name of another customer's document is not shown.
            debit, credit = (debit, "…") if side["is_debit"] else ("…", credit)
        is_foreign = len(sides) == 1 and side["other_currency_id"] != side["currency_id"]
        name = f"{credit} → {debit}"
        return {
            "id": side["id"],
            "application_id": side["application_id"],
            "move_id": None,
            "name": name,
            "number": name,
            "reference": None,
            "kind": side["kind"],
            "label": labels[side["kind"], is_foreign],
            "date": side["date"],
            "due_date": None,
            "applied": side["amount"],
            "amount": sum(row["effect"] for row in sides),
            "is_exchange": side["is_exchange"],
            "rank": 1,
        }

    @api.model
    def _get_statement_history(self, currency, opening, lines, key):
        """The section's opening balance, lines with their running balance, closing balance."""
        balance = opening_balance = currency.round(opening.get(key, 0.0))
        listed = []
        for line in sorted(lines[key], key=lambda row: (row["date"], row["rank"], row["id"])):
            is_still = currency.is_zero(line["amount"])
            # A difference in company currency only is not shown to the customer.
            if is_still and (line.get("is_exchange") or currency.is_zero(line["applied"] or 0.0)):
                continue
            balance = currency.round(balance + line["amount"])
            listed.append({**line, "balance": balance, "is_told": True})
        # An application that was taken back, where neither changed the balance, is our own matter.
        still = [line for line in listed if line["rank"] and currency.is_zero(line["amount"])]
        taken_back = {line["application_id"] for line in still} - {None}
        for line in still:
            line["is_told"] = line["kind"] == "application" and line["id"] not in taken_back
        return {"opening": opening_balance, "lines": listed, "closing": balance}

    # === Links ===

    @api.model
    def _get_statement_links(self, statements, with_new_tokens=False):
        """The addresses of the documents on these statements in the portal.

        An address with its access token opens the document for whoever has it, as the link in the
        document's own mail does, so a document that now belongs to another customer has none.
        Without a token it opens for the customer's logins.

        :param statements: list of statements, see :meth:`_get_customer_statements`
        :param bool with_new_tokens: give a token to the documents that have none; not where
            nothing may be written
        :return: ``{move id: address}``, without the server
        """
        links = {}
        for statement in statements:
            ids = {
                row["move_id"]
                for section in statement["sections"]
                for row in (*section["items"], *section.get("lines", ()))
                if row["move_id"]
            }
            # sudo: the access token, which core gives a document for the customer
            moves = self.env["account.move"].sudo().browse(ids)
            for move in moves.filtered(lambda move: move.is_sale_document()):
                if move.commercial_partner_id.id == statement["partner"].id:
                    has_token = with_new_tokens or move.access_token
                    links[move.id] = move.get_portal_url() if has_token else move.access_url
        return links
