"""Guards: ids from clients, fields of the program, deletion, locks."""

from . import deletion
from . import program_fields
