"""The actions that open the tie-out's figures."""

from odoo import api, fields, models
from odoo.fields import Domain

from ...models.receivable_choices import get_as_of


class AccountReceivableTieOut(models.Model):
    _inherit = "account.receivable.tie.out"

    def _get_group_domain(self):
        """The ``Domain`` of these rows' company, account, customer and currency."""
        return Domain.OR(
            Domain("company_id", "=", row.company_id.id)
            & Domain("account_id", "=", row.account_id.id)
            & Domain("partner_id", "=", row.partner_id.id)
            & Domain("currency_id", "=", row.currency_id.id)
            for row in self
        )

    @api.readonly
    def action_open_all_findings(self):
        """Open all findings as of the day of the tie-out."""
        self.env["account.receivable.tie.out.finding"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_receivable.action_receivable_tie_out_finding"
        )
        action["context"] = {
            "as_of": fields.Date.to_string(get_as_of(self.env)),
            "search_default_group_by_cause": 1,
        }
        return action

    @api.readonly
    def action_open_row(self):
        """Open the findings of this row; if it has no difference, its aging."""
        self.ensure_one()
        if self.is_different:
            return self.action_open_findings()
        return self.action_open_aging()

    @api.readonly
    def action_open_findings(self):
        """Open the findings of this row."""
        self.ensure_one()
        return self._get_row_action("action_receivable_tie_out_finding")

    @api.readonly
    def action_open_aging(self):
        """Open the aging of this row."""
        self.ensure_one()
        return self._get_row_action("action_receivable_aging")

    def _get_row_action(self, name):
        action = self.env["ir.actions.act_window"]._for_xml_id(f"account_receivable.{name}")
        action["domain"] = list(self._get_group_domain())
        action["context"] = {"as_of": fields.Date.to_string(get_as_of(self.env))}
        action["display_name"] = f"{action['name']}: {self.partner_id.display_name or '/'}"
        return action

    @api.readonly
    def action_open_items(self):
        """Open the posted journal items that the ledger's figure sums."""
        self.ensure_one()
        items = self.env["account.move.line"]
        domain = (
            self.env["res.partner"]._get_receivable_item_domain()
            & Domain("date", "<=", get_as_of(self.env))
            & Domain("company_id", "=", self.company_id.id)
            & Domain("account_id", "=", self.account_id.id)
            & Domain("currency_id", "=", self.currency_id.id)
            & (
                Domain("commercial_partner_id", "=", self.partner_id.id)
                if self.partner_id
                else Domain("partner_id", "=", False)
            )
        )
        return {
            "type": "ir.actions.act_window",
            "name": f"{self.env._('Ledger')}: {self.partner_id.display_name or '/'}",
            "res_model": items._name,
            "view_mode": "list,form",
            "domain": list(domain),
        }
