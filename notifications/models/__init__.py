"""Store who gets which events, by which channel and when."""

from notifications.models.endpoint import Endpoint
from notifications.models.preferences import Preferences
from notifications.models.rule import Channel, Recipient, Rule

__all__ = ["Channel", "Endpoint", "Preferences", "Recipient", "Rule"]
