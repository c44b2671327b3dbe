"""What the posting of an invoice takes of which reservation, on its way to the register."""

CONTEXT_KEY = "customer_credit_reserved_uses"


class PlannedUses:
    """How much of each reservation the applications that are about to be made use.

    Several orders may have reserved one credit: the application of it tells nothing of whose part
    it is. It travels in the context, and what comes in by RPC cannot hold one.
    """

    def __init__(self, amounts):
        """:param dict amounts: ``{reservation: amount}``"""
        self.amounts = {reservation.id: amount for reservation, amount in amounts.items()}

    def context(self):
        return {CONTEXT_KEY: self}

    @classmethod
    def of(cls, env):
        """:return: the amounts by the reservations' ids, or None where nothing is planned"""
        planned = env.context.get(CONTEXT_KEY)
        return planned.amounts if isinstance(planned, cls) else None
