"""Store who gets which events: a rule for each kind of notice."""

from typing import Any, ClassVar

from django.db import models

from notifications.models.endpoint import Endpoint
from opportunities.access.roles import Role
from opportunities.domain import written_values
from opportunities.models import Opportunity

ANY_VALUE = "EUR:100000,USD:110000; blank: any. Deals in other currencies are left out."


class Channel(models.TextChoices):
    """A way to reach somebody; the first three are those of people."""

    BELL = "bell", "Bell"
    MAIL = "mail", "Mail"
    DIGEST = "digest", "Mail once a day"
    WEBHOOK = "webhook", "Signed webhook"
    APPRISE = "apprise", "Chat or service"


OF_PEOPLE = (Channel.BELL, Channel.MAIL, Channel.DIGEST)


class Recipient(models.TextChoices):
    """People whom a deal or an event names."""

    ASSIGNED_SA = "assigned_sa", "the assigned SA"
    LEADS = "leads", "the leads of its practice"
    SALES_OWNER = "sales_owner", "the sales owner"
    WATCHERS = "watchers", "those who watch it"
    MENTIONED = "mentioned", "those whom the comment mentions"
    DECIDERS = "deciders", "its leads and the bid managers"
    NAMED = "named", "those whom the event names"


ROLE = "role:"
RECIPIENTS = [
    *Recipient.choices,
    *((f"{ROLE}{role}", f"everyone with the role {role}") for role in Role),
]


class Rule(models.Model):
    """Says who is told of these events, and how."""

    name = models.CharField(
        max_length=100, unique=True, help_text="Begins the subject of its mails."
    )
    events = models.JSONField(default=list, help_text="Names of the catalogue of events.")
    practices = models.JSONField(default=list, blank=True, help_text="None: any.")
    states = models.JSONField(default=list, blank=True, help_text="None: any.")
    min_value = models.CharField("worth at least", max_length=200, blank=True, help_text=ANY_VALUE)
    max_value = models.CharField("worth at most", max_length=200, blank=True, help_text=ANY_VALUE)
    recipients = models.JSONField(default=list, blank=True)
    channels = models.JSONField(default=list, blank=True)
    endpoint = models.ForeignKey(
        Endpoint, on_delete=models.PROTECT, null=True, blank=True, related_name="rules"
    )
    subject = models.CharField(
        max_length=200,
        blank=True,
        help_text="Such as “$rule: $deal”, which is taken where it is blank. "
        "$event, $customer, $practice, $value, $state and $actor can be used as well.",
    )
    quiet_from = models.TimeField(null=True, blank=True, help_text="Waits from then…")
    quiet_until = models.TimeField(null=True, blank=True, help_text="…until then.")
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "notification_rules"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.name

    def is_about(self, event: str) -> bool:
        """Return whether it is told of this event; an endpoint without events gets all of them."""
        return event in self.events if self.events else self.endpoint_id is not None

    def has_conditions_met(self, deal: Opportunity | None) -> bool:
        if deal is None:
            return not (self.practices or self.states or self.min_value or self.max_value)
        return (
            (not self.practices or deal.practice in self.practices)
            and (not self.states or deal.workflow_status in self.states)
            and (not self.min_value or _compare(deal, self.min_value) in (0, 1))
            and (not self.max_value or _compare(deal, self.max_value) in (0, -1))
        )


def _compare(deal: Opportunity, limits: str) -> Any:
    """Return -1, 0 or 1; None where the limits leave out its currency, or its value is unknown."""
    limit = written_values.amounts(limits).get((deal.currency or "").upper())
    if limit is None or deal.deal_value is None:
        return None
    return int(deal.deal_value.compare(limit))
