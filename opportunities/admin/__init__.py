"""Show opportunities in the admin: lists, panels, actions."""

from opportunities.admin.opportunity import OpportunityAdmin
from opportunities.admin.outbox import DeliveryAdmin, EventAdmin
from opportunities.admin.policy import PolicyAdmin

__all__ = ["DeliveryAdmin", "EventAdmin", "OpportunityAdmin", "PolicyAdmin"]
