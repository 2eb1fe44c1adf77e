"""Make everything go wrong that can, one file for each place where it does."""

from sync.tests.misbehaving_oracle.faults import answers, delivery, fields, history, paging
from sync.tests.misbehaving_oracle.faults.table import FAULTS

__all__ = ["FAULTS", "answers", "delivery", "fields", "history", "paging"]
