"""Serve the change feed: what changed since a cursor, and all that there is to begin with."""

from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from opportunities.access import permissions
from opportunities.access.roles import access_of, user_of
from opportunities.api.representation import UtcDateTimeField
from opportunities.api.serializers import EventSerializer, OpportunitySerializer
from opportunities.api.strict_bodies import StrictSerializer
from opportunities.feed.kinds import FeedKind
from opportunities.feed.places import CursorGone
from opportunities.feed.reading import page_after, whole_count, whole_state
from opportunities.history.audit_trail import with_names
from opportunities.lists.export import note_export
from opportunities.lists.slots import until_sent, waiting_slot
from opportunities.models import Opportunity, OpportunityEvent

NDJSON = "application/x-ndjson"
SEES_PART = "You see only some opportunities. The change feed is for readers of all of them."
READ_AGAIN = (
    "This cursor is too old, or belongs to another database. Read everything from `base`, and go "
    "on with the cursor of its first line."
)
OF_THE_READER = frozenset(
    {"clock", "last_look_at", "is_changed_since", "unseen_fields", "may_assign", "may_write_notes"}
)
"""What depends on who asks, or when; the same change shows all readers the same state."""


class OpportunityStateSerializer(OpportunitySerializer):
    class Meta(OpportunitySerializer.Meta):
        fields = tuple(
            name for name in OpportunitySerializer.Meta.fields if name not in OF_THE_READER
        )


def _opportunities() -> QuerySet[Opportunity]:
    return Opportunity.objects.for_list().with_updated_at()


def _events() -> QuerySet[OpportunityEvent]:
    return OpportunityEvent.objects.select_related("actor", "on_behalf_of")


KINDS = (
    FeedKind("opportunity", _opportunities, OpportunityStateSerializer),
    FeedKind("event", _events, EventSerializer, with_names),
)


class ReadBaseAgain(APIException):
    status_code = 410
    default_code = "read_base_again"
    default_detail = READ_AGAIN

    def __init__(self) -> None:
        super().__init__()
        self.members = {"base": reverse("changes-base")}


class FeedChangeSerializer(serializers.Serializer[Any]):
    id = serializers.CharField(help_text="Of this change: a repeat has the same one.")
    kind = serializers.CharField(help_text="opportunity, event, assessment, decision or condition.")
    deal = serializers.CharField(help_text="The `remote_id` of the opportunity.")
    at = UtcDateTimeField()
    state = serializers.DictField(
        allow_null=True, help_text="The thing as it is now, as elsewhere; null where it is gone."
    )


class FeedPageSerializer(serializers.Serializer[Any]):
    changes = FeedChangeSerializer(many=True)
    next = serializers.CharField(help_text="The cursor to go on with, as `after`.")
    has_more = serializers.BooleanField(help_text="More changes can be read at once.")


class ChangesQuery(StrictSerializer):
    after = serializers.CharField(
        default=None, help_text="A cursor; without it the feed begins now."
    )
    limit = serializers.IntegerField(default=500, min_value=1, max_value=1000)
    wait = serializers.IntegerField(
        default=0, min_value=0, max_value=20, help_text="Seconds to wait for a change."
    )


class FeedView(APIView):
    rights: ClassVar = {"GET": permissions.READ_FEED}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        access = access_of(request.user)
        # A feed of some deals could not tell when one of them leaves sight.
        if not (access.sees_everything and access.user.has_perm(permissions.VIEW)):
            raise PermissionDenied(SEES_PART)


class Changes(FeedView):
    @extend_schema(
        summary="What changed since a cursor, in an order that misses nothing",
        parameters=[ChangesQuery],
        responses={
            200: FeedPageSerializer,
            410: OpenApiResponse(description="The cursor is too old, or of another database."),
        },
    )
    def get(self, request: Request) -> Response:
        asked = ChangesQuery(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        after, limit, wait = (asked.validated_data[name] for name in ("after", "limit", "wait"))
        try:
            with waiting_slot() if wait else nullcontext():
                page = page_after(after, limit, wait)
        except CursorGone as fault:
            raise ReadBaseAgain from fault
        return Response(page._asdict())


class NdjsonRenderer(BaseRenderer):
    """Name the type; the view writes it by itself."""

    format, media_type = "ndjson", NDJSON


class ChangesBase(FeedView):
    def get_renderers(self) -> list[Any]:
        is_file = self.request and self.request.method in ("GET", "HEAD")
        return [NdjsonRenderer()] if is_file else super().get_renderers()

    @extend_schema(
        summary="Everything the change feed tells of, and the cursor to go on with",
        description='A line of JSON each: first `{"next": cursor}`, then each thing as a change, '
        'last `{"end": number of things}`, without which it was cut off. One at a time a user.',
        responses={(200, NDJSON): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> HttpResponseBase:
        return until_sent(user_of(request).pk, partial(self._stream, request))

    def _stream(self, request: Request) -> HttpResponseBase:
        note_export(user_of(request), "ndjson", whole_count(), "changes/base")
        headers = {"Content-Disposition": 'attachment; filename="base.ndjson"'}
        return StreamingHttpResponse(_lines(), content_type=NDJSON, headers=headers)


def _lines() -> Iterator[bytes]:
    render = JSONRenderer().render
    cursor, things = whole_state()
    yield render({"next": cursor}) + b"\n"
    count = 0
    for thing in things:
        yield render(thing) + b"\n"
        count += 1
    yield render({"end": count}) + b"\n"
