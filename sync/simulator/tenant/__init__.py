"""Give tenants their lasting habits, one file for each part of the answer."""

from sync.simulator.tenant import answers, attributes, lists, paging, sign_in
from sync.simulator.tenant.tenant import VARIATIONS, Tenant

__all__ = ["VARIATIONS", "Tenant", "answers", "attributes", "lists", "paging", "sign_in"]
