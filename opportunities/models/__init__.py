"""Store opportunities, the people who work on them, and what they did."""

from opportunities.models.absence import Absence
from opportunities.models.attachment import Attachment
from opportunities.models.event import Channel, NonTransitionEvent, OpportunityEvent
from opportunities.models.feed_position import FeedPosition
from opportunities.models.mention import Mention
from opportunities.models.opportunity import Opportunity, RemovalReason
from opportunities.models.people import Assignment, LastLook, PracticeMembership, Profile, Watch
from opportunities.models.policy import PolicyVersion

__all__ = [
    "Absence",
    "Assignment",
    "Attachment",
    "Channel",
    "FeedPosition",
    "LastLook",
    "Mention",
    "NonTransitionEvent",
    "Opportunity",
    "OpportunityEvent",
    "PolicyVersion",
    "PracticeMembership",
    "Profile",
    "RemovalReason",
    "Watch",
]
