"""What clients send, what only the program writes, what somebody else works on at the moment."""

from . import deletion
from . import program_fields
