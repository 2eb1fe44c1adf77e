"""What is stored of opportunities, of the people who work on them, and of what they did."""

from opportunities.models.event import Channel, OpportunityEvent, Remark
from opportunities.models.notice import Notice, NoticeState
from opportunities.models.opportunity import Opportunity, RemovalReason
from opportunities.models.people import Assignment, LastLook, PracticeMembership, Profile

__all__ = [
    "Assignment",
    "Channel",
    "LastLook",
    "Notice",
    "NoticeState",
    "Opportunity",
    "OpportunityEvent",
    "PracticeMembership",
    "Profile",
    "Remark",
    "RemovalReason",
]
