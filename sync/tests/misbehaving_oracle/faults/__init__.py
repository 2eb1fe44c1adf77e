"""Make everything go wrong that can, one file for each place where it does."""

from sync.simulator.faults import FAULTS
from sync.tests.misbehaving_oracle.faults import answers, delivery, fields, history, paging

__all__ = ["FAULTS", "answers", "delivery", "fields", "history", "paging"]
