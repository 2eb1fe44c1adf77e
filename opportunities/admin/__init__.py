"""Where solution architects browse opportunities and note what they make of them."""

from opportunities.admin.opportunity import OpportunityAdmin

__all__ = ["OpportunityAdmin"]
