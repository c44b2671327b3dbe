"""Online payments, by a provider that accepts everything."""

from odoo.fields import Command


class OnlinePaymentMixin:
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider = cls.env["payment.provider"].create(
            {
                "name": "Online",
                "code": "none",
                "state": "test",
                "is_published": True,
                "company_id": cls.env.company.id,
                "payment_method_ids": [
                    Command.set(cls.env.ref("payment.payment_method_unknown").ids)
                ],
            }
        )
        bank = cls.company_data["default_journal_bank"]
        method = (
            cls.env["account.payment.method"]
            .sudo()
            .create({"name": "Online", "code": "none", "payment_type": "inbound"})
        )
        outstanding = cls.receivable.copy(
            {"name": "Online payments", "account_type": "asset_current", "reconcile": True}
        )
        cls.env["account.payment.method.line"].create(
            {
                "payment_method_id": method.id,
                "journal_id": bank.id,
                "payment_provider_id": cls.provider.id,
                "payment_account_id": outstanding.id,
            }
        )
        cls.provider.journal_id = bank

    def pay_online(self, amount, **values):
        """Pay online: the provider confirms the transaction."""
        transaction = self.env["payment.transaction"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.env.ref("payment.payment_method_unknown").id,
                "reference": f"online {self.id()} {amount}",
                "operation": "online_redirect",
                "amount": amount,
                "currency_id": self.env.company.currency_id.id,
                "partner_id": self.customer.id,
                **values,
            }
        )
        transaction._set_done()
        transaction._post_process()
        self.fresh()
        return transaction
