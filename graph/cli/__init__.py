"""The data commands of `pankenetz`: thin over the rooms of `graph`, worded for the person at the keyboard.

Exit status of every command: 0 done; 1 refused, with each reason; 2 wrong usage; 3 the store is busy or out of reach.
Data goes to standard output, everything else to standard error.
"""

from graph.cli.commands import COMMANDS
from graph.cli.frame import Command, Commands, Settings, pass_settings

__all__ = ["COMMANDS", "Command", "Commands", "Settings", "pass_settings"]
