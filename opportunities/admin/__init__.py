"""Where solution architects browse opportunities and note what they make of them."""

from opportunities.admin.notices import NoticeAdmin
from opportunities.admin.opportunity import OpportunityAdmin

__all__ = ["NoticeAdmin", "OpportunityAdmin"]
