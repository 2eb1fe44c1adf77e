"""Show opportunities in the admin: lists, panels, actions."""

from opportunities.admin.notices import NoticeAdmin
from opportunities.admin.opportunity import OpportunityAdmin

__all__ = ["NoticeAdmin", "OpportunityAdmin"]
