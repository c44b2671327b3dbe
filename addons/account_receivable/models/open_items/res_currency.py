import math

from odoo import models
from odoo.exceptions import UserError


class ResCurrency(models.Model):
    _inherit = "res.currency"

    def _check_entered_amount(self, amount):
        """Refuse invalid input of an amount in this currency.

        :param float amount: the amount as typed; must be positive
        :raises UserError: for zero, a negative amount, infinity, NaN, or more decimals than the
            currency has
        """
        self.ensure_one()
        if not math.isfinite(amount):
            raise UserError(
                self.env._("The amount is not a number. Enter an amount greater than zero.")
            )
        if amount <= 0.0:
            raise UserError(self.env._("Enter an amount greater than zero."))
        # The float error of a sum such as 0.1 + 0.2 is less than any decimal a user could type.
        if abs(amount - self.round(amount)) > self.rounding / 1000:
            raise UserError(
                self.env._(
                    "%(amount)s has too many decimals. The smallest amount in %(currency)s is "
                    "%(smallest)s.",
                    amount=f"{amount:.12g}",
                    currency=self.name,
                    smallest=self.format(self.rounding),
                )
            )
