"""Store opportunities, the people who work on them, and what they did."""

from opportunities.models.event import Channel, NonTransitionEvent, OpportunityEvent
from opportunities.models.notice import Notice, NoticeState
from opportunities.models.opportunity import Opportunity, RemovalReason
from opportunities.models.people import Assignment, LastLook, PracticeMembership, Profile

__all__ = [
    "Assignment",
    "Channel",
    "LastLook",
    "NonTransitionEvent",
    "Notice",
    "NoticeState",
    "Opportunity",
    "OpportunityEvent",
    "PracticeMembership",
    "Profile",
    "RemovalReason",
]
