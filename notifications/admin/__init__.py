"""Let administrators keep rules and endpoints."""

from notifications.admin.endpoints import EndpointAdmin
from notifications.admin.rules import RuleAdmin

__all__ = ["EndpointAdmin", "RuleAdmin"]
