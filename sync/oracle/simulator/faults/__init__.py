"""What can go wrong, one file for each place where it does."""

from sync.oracle.simulator.faults import answers, delivery, fields, history, paging
from sync.oracle.simulator.faults.switchboard import Switchboard, Turn
from sync.oracle.simulator.faults.table import FAULTS, BadFault, Stage

__all__ = [
    "FAULTS",
    "BadFault",
    "Stage",
    "Switchboard",
    "Turn",
    "answers",
    "delivery",
    "fields",
    "history",
    "paging",
]
