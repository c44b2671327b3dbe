from . import settings
from . import credit
from . import document
from . import adjustment
from . import use
from . import portal
from . import rights
from . import account_move_lifecycle
