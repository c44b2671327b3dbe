"""Settings: reasons, accounts, limits."""

from . import account_chart_template
from . import account_customer_credit_reason
from . import res_company
from . import res_company_accounts
from . import res_company_law
from . import res_company_overpayment
from . import res_company_reward
from . import res_company_write_off
from . import res_config_settings
