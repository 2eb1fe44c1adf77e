"""Serve people their own switches: what they are told, by which channel, and when."""

from typing import Any, ClassVar
from zoneinfo import available_timezones

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from notifications.models import Preferences, Rule
from notifications.models.preferences import preferences_of
from notifications.models.rule import OF_PEOPLE
from opportunities.access.roles import user_of
from opportunities.api.rights import OWN
from opportunities.api.strict_bodies import StrictSerializer
from outbox.events import told_events

CHANNELS = [(channel.value, channel.label) for channel in OF_PEOPLE]
FIELDS = ("channels_off", "muted", "zone", "digest_at", "quiet_from", "quiet_until")


@extend_schema_field(
    {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$", "example": "08:00"}
)
class ClockField(serializers.TimeField):
    """Takes and gives hours and minutes, without a zone."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%H:%M", input_formats=["%H:%M"], **options)


class SwitchesSerializer(StrictSerializer):
    channels_off = serializers.ListField(
        child=serializers.ChoiceField(CHANNELS), help_text="Channels that bring you nothing."
    )
    muted = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="By channel, the events that it does not bring you.",
    )
    zone = serializers.CharField(
        allow_blank=True, help_text="Such as Europe/Berlin; blank for the zone of the site."
    )
    digest_at = ClockField(help_text="When the mail of the day comes, in your zone.")
    quiet_from = ClockField(allow_null=True, help_text="No mail from then…")
    quiet_until = ClockField(allow_null=True, help_text="…until then, in your zone.")

    def validate_zone(self, zone: str) -> str:
        if zone and zone not in available_timezones():
            raise serializers.ValidationError("There is no such zone. Write one as Europe/Berlin.")
        return zone

    def validate_muted(self, muted: dict[str, list[str]]) -> dict[str, list[str]]:
        if unknown := muted.keys() - dict(CHANNELS):
            raise serializers.ValidationError(f"There is no channel {min(unknown)}.")
        if unknown := {name for names in muted.values() for name in names} - told_events().keys():
            raise serializers.ValidationError(f"There is no event {min(unknown)}.")
        return muted

    def validate(self, sent: dict[str, Any]) -> dict[str, Any]:
        if (sent["quiet_from"] is None) != (sent["quiet_until"] is None):
            raise serializers.ValidationError(
                {"quiet_until": "Send both ends of the quiet hours, or neither."}
            )
        return sent


class ToldEventSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    title = serializers.CharField()
    channels = serializers.ListField(
        child=serializers.ChoiceField(CHANNELS), help_text="By which a rule tells people of it."
    )


class MySwitchesSerializer(SwitchesSerializer):
    events = ToldEventSerializer(many=True, help_text="Those that rules tell people of.")


class MyNotifications(APIView):
    rights: ClassVar = {"GET": OWN, "PUT": OWN}

    @extend_schema(
        summary="What you are told, by which channel, and when", responses=MySwitchesSerializer
    )
    def get(self, request: Request) -> Response:
        user = user_of(request)
        kept = preferences_of([user])[user.pk]
        values = {name: getattr(kept, name) for name in FIELDS}
        return Response(MySwitchesSerializer({**values, "events": _told_events()}).data)

    @extend_schema(
        summary="Choose what you are told, by which channel, and when; the last one wins",
        request=SwitchesSerializer,
        responses=MySwitchesSerializer,
    )
    def put(self, request: Request) -> Response:
        sent = SwitchesSerializer.read(request)
        Preferences.objects.update_or_create(user=user_of(request), defaults=sent)
        return self.get(request)


def _told_events() -> list[dict[str, Any]]:
    rules = list(Rule.objects.filter(is_active=True, endpoint=None))
    kinds = told_events()
    told = {
        name: {channel for rule in rules if name in rule.events for channel in rule.channels}
        for name in kinds
    }
    return [
        {"name": name, "title": kinds[name].title, "channels": sorted(found)}
        for name, found in told.items()
        if found
    ]
