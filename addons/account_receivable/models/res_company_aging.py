"""The limits of the aging buckets."""

from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: The last day of each bucket that has one; "not due" comes before, "older" after.
DEFAULT_LIMITS = (30, 60, 90, 120)
LIMIT_FIELDS = tuple(
    f"receivable_aging_limit_{number}" for number in range(1, len(DEFAULT_LIMITS) + 1)
)


class ResCompany(models.Model):
    _inherit = "res.company"

    receivable_aging_limit_1 = fields.Integer(
        string="Aging: First Limit",
        default=DEFAULT_LIMITS[0],
        help="Last day of the first bucket of the A/R aging.",
    )
    receivable_aging_limit_2 = fields.Integer(
        string="Aging: Second Limit", default=DEFAULT_LIMITS[1]
    )
    receivable_aging_limit_3 = fields.Integer(
        string="Aging: Third Limit", default=DEFAULT_LIMITS[2]
    )
    receivable_aging_limit_4 = fields.Integer(
        string="Aging: Fourth Limit", default=DEFAULT_LIMITS[3]
    )

    @api.constrains(*LIMIT_FIELDS)
    def _check_receivable_aging_limits(self):
        for company in self:
            limits = company._get_aging_limits()
            if any(limit >= following for limit, following in pairwise(limits)):
                raise ValidationError(
                    self.env._(
                        "The A/R aging limits of %(company)s are %(limits)s days. Each limit must "
                        "be greater than the one before it, and the first greater than zero.",
                        company=company.display_name,
                        limits=", ".join(map(str, limits[1:])),
                    )
                )

    def _get_aging_limits(self):
        """The last day of each bucket but the oldest: 0 ("not due"), 30, 60, 90, 120."""
        self.ensure_one()
        return (0, *(self[name] for name in LIMIT_FIELDS))

    def _get_aging_labels(self, with_unit=False):
        """The labels of the buckets in the user's language: not due, 1-30, ..., older.

        :param bool with_unit: say that these are days, for a print
        :return: list of labels, one for each bucket
        """
        limits = self._get_aging_limits()
        labels = [
            self.env._("Not Due"),
            *(f"{limit + 1}-{following}" for limit, following in pairwise(limits)),
            self.env._("Older than %(days)s", days=limits[-1]),
        ]
        if with_unit:
            labels[1:] = [self.env._("%(label)s days", label=label) for label in labels[1:]]
        return labels
