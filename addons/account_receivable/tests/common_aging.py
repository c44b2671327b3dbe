"""Helpers that read the A/R aging of one customer."""

from ..reports.aging.account_receivable_aging import BUCKETS
from .common_customer import ReceivableAccountCommon


class ReceivableAgingCommon(ReceivableAccountCommon):
    """Today is 15 July 2023."""

    def aging(self, **context):
        self.env.flush_all()
        return self.env["account.receivable.aging"].with_context(**context)

    def totals(self, partner=None, **context):
        """The columns of one customer that are not empty, and the total."""
        domain = [("partner_id", "=", (partner or self.customer).id)]
        names = (*BUCKETS, "open_credits", "amount_residual")
        ((*amounts,),) = self.aging(**context)._read_group(
            domain, [], [f"{name}:sum" for name in names]
        )
        return {name: float(amount) for name, amount in zip(names, amounts, strict=True) if amount}
