"""Give tenants their lasting habits, one file for each part of the answer."""

from sync.tests.misbehaving_oracle.habits import answers, attributes, lists, paging, sign_in
from sync.tests.misbehaving_oracle.habits.table import VARIATIONS

__all__ = ["VARIATIONS", "answers", "attributes", "lists", "paging", "sign_in"]
