from odoo import api, models

from .account_move_taxes import TAX_SIDE_UNKNOWN


class AccountTax(models.Model):
    _inherit = "account.tax"

    @api.model
    def _prepare_base_line_for_taxes_computation(self, record, **kwargs):
        if self.env.context.get("customer_credit_tax_side") is TAX_SIDE_UNKNOWN:
            # Amounts do not depend on the side, and reading it from the line would recurse.
            kwargs.setdefault("is_refund", False)
        return super()._prepare_base_line_for_taxes_computation(record, **kwargs)

    @api.model
    def _import_base_line_extra_tax_data(self, base_line, extra_tax_data):
        results = super()._import_base_line_extra_tax_data(base_line, extra_tax_data)
        if not (extra_tax_data or {}).get("customer_credit_adjustment") or base_line["tax_ids"]:
            return results
        # Core uses exact amounts only for lines with taxes. The last adjustment of a line without
        # taxes needs them too, for the remaining cents in the company's currency.
        currency = base_line["currency_id"]
        if currency.id == extra_tax_data["currency_id"] and all(
            currency.compare_amounts(base_line[name], extra_tax_data[name]) == 0
            for name in ("price_unit", "discount", "quantity")
        ):
            rate, exact_rate = base_line["rate"], extra_tax_data["rate"]
            factor = rate / exact_rate if rate and exact_rate else 1.0
            results["price_unit"] = extra_tax_data["price_unit"]
            results["manual_total_excluded_currency"] = extra_tax_data[
                "manual_total_excluded_currency"
            ]
            results["manual_total_excluded"] = extra_tax_data["manual_total_excluded"] / factor
        return results
