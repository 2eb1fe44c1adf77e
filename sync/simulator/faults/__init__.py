"""Make everything go wrong that can, one file for each place where it does."""

from sync.simulator.faults import answers, delivery, fields, history, paging
from sync.simulator.faults.table import FAULTS

__all__ = ["FAULTS", "answers", "delivery", "fields", "history", "paging"]
