"""Serve people what the bell tells them, deal by deal, unread ones first."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import Case, Count, F, Max, Q, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from notifications.models import BellEntry
from opportunities.access.roles import user_of
from opportunities.api.cursor import Cursor, sent_cursor
from opportunities.api.representation import PersonSerializer, UtcDateTimeField
from opportunities.api.rights import OWN
from opportunities.api.strict_bodies import IdField, StrictSerializer
from opportunities.models import Opportunity

GROUPS, ENTRIES_OF_A_GROUP = 20, 10
ORDER = "unread,newest"
FILTERS: dict[str, Q] = {
    "all": Q(),
    "unread": Q(read_at=None),
    "mentions": Q(event__name="comment.written"),
}


class BellEntrySerializer(serializers.Serializer[BellEntry]):
    id = serializers.CharField()
    event = serializers.CharField(source="event.name", help_text="Its name in docs/events.md.")
    title = serializers.CharField()
    actor = PersonSerializer(source="event.actor", allow_null=True)
    at = UtcDateTimeField()
    read_at = UtcDateTimeField(allow_null=True)


class BellDealSerializer(serializers.Serializer[Opportunity]):
    id = serializers.CharField()
    opty_number = serializers.CharField(allow_null=True)
    name = serializers.CharField()


class BellGroupSerializer(serializers.Serializer[Any]):
    deal = BellDealSerializer(allow_null=True, help_text="Null for what is about no deal.")
    unread = serializers.IntegerField()
    count = serializers.IntegerField()
    entries = BellEntrySerializer(many=True, help_text=f"The newest {ENTRIES_OF_A_GROUP}.")


class BellSerializer(serializers.Serializer[Any]):
    groups = BellGroupSerializer(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class Notifications(APIView):
    rights: ClassVar = {"GET": OWN}

    @extend_schema(
        summary="What you were told, deal by deal, unread ones first",
        parameters=[
            OpenApiParameter("show", str, enum=[*FILTERS], default="all"),
            OpenApiParameter("cursor", str, description="`next_cursor` of an answer."),
        ],
        responses=BellSerializer,
    )
    def get(self, request: Request) -> Response:
        show = request.query_params.get("show", "all")
        if show not in FILTERS:
            raise serializers.ValidationError({"show": [f"Choose one of {', '.join(FILTERS)}."]})
        mine = BellEntry.objects.of(user_of(request)).filter(FILTERS[show])
        found = list(_groups_after(sent_cursor(request, ORDER), mine)[: GROUPS + 1])
        groups, cursor = found[:GROUPS], None
        if len(found) > GROUPS:
            cursor = Cursor([groups[-1][name] for name in PLACE]).text(request, ORDER)
        _fill(groups, mine)
        return Response(BellSerializer({"groups": groups, "next_cursor": cursor}).data)


PLACE = ("is_unread", "newest", "key")


def _groups_after(cursor: Cursor | None, mine: Any) -> Any:
    """Return the groups in their order, from a place on; the key of what has no deal is 0."""
    unread = Case(When(read_at=None, then=1), default=0)
    rows = mine.annotate(key=Coalesce("deal", Value(0))).values("key").order_by()
    rows = rows.annotate(
        count=Count("pk"),
        unread=Count("pk", filter=Q(read_at=None)),
        is_unread=Max(unread),
        newest=Max("at"),
    )
    if cursor:
        is_unread, newest, key = cursor.place
        at = parse_datetime(newest)
        rows = rows.filter(
            Q(is_unread__lt=is_unread)
            | Q(is_unread=is_unread, newest__lt=at)
            | Q(is_unread=is_unread, newest=at, key__lt=key)
        )
    return rows.order_by("-is_unread", "-newest", "-key")


def _fill(groups: Iterable[dict[str, Any]], mine: Any) -> None:
    """Give each group its deal and its newest entries, in one query for all."""
    keys = [group["key"] for group in groups]
    place = Window(RowNumber(), partition_by=F("deal"), order_by=[F("at").desc(), F("pk").desc()])
    rows = mine.filter(Q(deal__in=keys) | (Q(deal=None) if 0 in keys else Q(pk__in=())))
    rows = rows.annotate(place=place).filter(place__lte=ENTRIES_OF_A_GROUP)
    entries = defaultdict(list)
    for each in rows.select_related("event__actor", "deal"):
        entries[each.deal_id or 0].append(each)
    for group in groups:
        group["entries"] = entries[group["key"]]
        group["deal"] = group["entries"][0].deal if group["entries"] else None


class UnreadSerializer(serializers.Serializer[Any]):
    unread = serializers.IntegerField()


class Unread(APIView):
    rights: ClassVar = {"GET": OWN}

    @extend_schema(summary="How many you have not read", responses=UnreadSerializer)
    def get(self, request: Request) -> Response:
        mine = BellEntry.objects.of(user_of(request))
        return Response({"unread": mine.filter(read_at=None).count()})


class ReadOrderSerializer(StrictSerializer):
    ids = serializers.ListField(child=IdField(), required=False, max_length=500)
    deal = IdField(required=False, allow_null=True, help_text="Null: what is about no deal.")
    all = serializers.BooleanField(required=False)

    def validate(self, sent: dict[str, Any]) -> dict[str, Any]:
        if len(sent) != 1 or sent.get("all") is False:
            raise serializers.ValidationError({"ids": ["Send either ids, a deal, or all: true."]})
        return sent


class MarkRead(APIView):
    rights: ClassVar = {"POST": OWN}

    @extend_schema(
        summary="Mark them as read: some, those of a deal, or all",
        request=ReadOrderSerializer,
        responses=UnreadSerializer,
    )
    def post(self, request: Request) -> Response:
        sent = ReadOrderSerializer.read(request)
        rows = BellEntry.objects.filter(user=user_of(request), read_at=None)
        if "ids" in sent:
            rows = rows.filter(pk__in=sent["ids"])
        elif "deal" in sent:
            rows = rows.filter(deal=sent["deal"])
        rows.update(read_at=timezone.now())
        return Unread().get(request)
