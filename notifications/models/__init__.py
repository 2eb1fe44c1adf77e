"""Store who gets which events, by which channel and when."""

from notifications.models.bell import BellEntry
from notifications.models.calendar import CalendarEntry, CalendarKey
from notifications.models.endpoint import Endpoint
from notifications.models.preferences import Preferences
from notifications.models.rule import Channel, Recipient, Rule

__all__ = [
    "BellEntry",
    "CalendarEntry",
    "CalendarKey",
    "Channel",
    "Endpoint",
    "Preferences",
    "Recipient",
    "Rule",
]
