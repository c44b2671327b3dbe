"""The stories of the addon below with customer credits instead of credit notes: the same
figures, lists, reports and statements come out."""

from odoo.addons.account_receivable.tests import (
    test_application_days,
    test_application_history,
    test_application_register,
    test_apply_currencies,
    test_customer_balance,
    test_customer_documents,
    test_customer_statement,
    test_customer_statement_activity,
    test_customer_statement_portal,
    test_customer_statement_print,
    test_receivable_aging,
    test_receivable_aging_download,
    test_receivable_tie_out,
)

from .common_customer import CustomerAccountCommon


class TestRegisterWithCredits(
    CustomerAccountCommon, test_application_register.TestApplicationRegister
):
    pass


class TestDaysWithCredits(CustomerAccountCommon, test_application_days.TestApplicationDays):
    pass


class TestHistoryWithCredits(
    CustomerAccountCommon, test_application_history.TestApplicationHistory
):
    pass


class TestCurrenciesWithCredits(
    CustomerAccountCommon, test_apply_currencies.TestApplyCurrencies
):
    pass


class TestBalanceWithCredits(CustomerAccountCommon, test_customer_balance.TestCustomerBalance):
    pass


class TestDocumentsWithCredits(
    CustomerAccountCommon, test_customer_documents.TestCustomerDocuments
):
    pass


class TestItemsWithCredits(CustomerAccountCommon, test_customer_documents.TestCustomerOpenItems):
    pass


class TestStatementWithCredits(
    CustomerAccountCommon, test_customer_statement.TestCustomerStatement
):
    pass


class TestActivityWithCredits(
    CustomerAccountCommon, test_customer_statement_activity.TestCustomerStatementActivity
):
    pass


class TestPortalWithCredits(
    CustomerAccountCommon, test_customer_statement_portal.TestCustomerStatementPortal
):
    pass


class TestPrintWithCredits(
    CustomerAccountCommon, test_customer_statement_print.TestCustomerStatementPrint
):
    internal_notes = {"payment_comment": "Owner is difficult"}


class TestAgingWithCredits(CustomerAccountCommon, test_receivable_aging.TestReceivableAging):
    pass


class TestDownloadWithCredits(
    CustomerAccountCommon, test_receivable_aging_download.TestReceivableAgingDownload
):
    pass


class TestTieOutWithCredits(CustomerAccountCommon, test_receivable_tie_out.TestReceivableTieOut):
    def test_write_offs_and_kept_overpayments_are_documents(self):
        self.env.company.customer_credit_write_off_limit = 10.0
        self.env.company.customer_credit_write_off_invoice_account_id = self.company_data[
            "default_account_expense"
        ]
        payment = self.payment(120.0)
        payment.move_id.action_keep_as_credit()
        self.assertTiedOut(-120.0)
