from . import guards
from . import open_items
from . import applications
from . import statements
from . import account_move_lifecycle
from . import res_company_aging
from . import res_company_tie_out
from . import res_config_settings
