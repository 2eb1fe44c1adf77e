"""Give tenants their lasting habits, one file for each part of the answer."""

from sync.simulator.tenant import VARIATIONS
from sync.tests.misbehaving_oracle.habits import answers, attributes, lists, paging, sign_in

__all__ = ["VARIATIONS", "answers", "attributes", "lists", "paging", "sign_in"]
