"""Store by which channels a person wants to be told, and when."""

from collections.abc import Iterable
from datetime import time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

MORNING = time(8)


class Preferences(models.Model):
    """A person without a row has the defaults."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_preferences"
    )
    channels_off = models.JSONField(default=list, help_text="Channels that bring nothing.")
    muted = models.JSONField(default=dict, help_text="Channel: events that it does not bring.")
    zone = models.CharField(max_length=60, blank=True, help_text="Blank: the zone of the site.")
    digest_at = models.TimeField(default=MORNING)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)

    class Meta:
        db_table = "notification_preferences"
        verbose_name_plural = "preferences"

    def __str__(self) -> str:
        return f"of {self.user}"

    def wants(self, event: str, channel: str) -> bool:
        return channel not in self.channels_off and event not in self.muted.get(channel, ())

    @property
    def tzinfo(self) -> ZoneInfo:
        return ZoneInfo(self.zone or timezone.get_default_timezone_name())


def preferences_of(people: Iterable[User]) -> dict[int, Preferences]:
    """Return each person's own, or the defaults, in one query for all."""
    wanted = {user.pk: user for user in people}
    kept = {each.user_id: each for each in Preferences.objects.filter(user__in=wanted)}
    return {pk: kept.get(pk) or Preferences(user=user) for pk, user in wanted.items()}
