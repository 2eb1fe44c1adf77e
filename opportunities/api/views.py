"""Opportunities: lists and their counts, one in full, and what people write on it."""

from typing import Any

from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from opportunities.api import examples
from opportunities.api.detail import (
    OpportunityDetailSerializer,
    detail_for,
    in_sight,
    stale,
)
from opportunities.api.filters import EventFilter, OpportunityFilter, TabsFilter
from opportunities.api.grouping import GroupedPages
from opportunities.api.people_fields import (
    CommentOrderSerializer,
    PeopleFieldsSerializer,
    write_people_fields,
)
from opportunities.api.said import said_by
from opportunities.api.serializers import (
    EventSerializer,
    OpportunitySerializer,
    TabSerializer,
)
from opportunities.models import Opportunity, OpportunityEvent
from opportunities.querysets import OpportunityQuerySet
from opportunities.refusals import StaleVersion
from opportunities.roles import standing_of
from opportunities.services import opportunity_comment, opportunity_mark_seen
from opportunities.tabs import TABS, tab_counts

STALE = OpenApiResponse(description="Somebody was quicker; `current` holds how it is now.")


class Narrowed(generics.GenericAPIView[Opportunity]):
    """The one query behind every list, count and figure of opportunities."""

    queryset = Opportunity.objects.all()  # Tells the API's description the model.
    filter_backends = (DjangoFilterBackend,)
    filterset_class: Any = OpportunityFilter

    def get_queryset(self) -> OpportunityQuerySet:
        user: Any = self.request.user
        return Opportunity.objects.visible_to(standing_of(user)).for_api(user)


@extend_schema_view(
    get=extend_schema(
        summary="Opportunities, newest change in the CRM first",
        examples=[OpenApiExample("An opportunity", examples.OPPORTUNITY)],
    )
)
class OpportunityList(Narrowed, generics.ListAPIView[Opportunity]):
    serializer_class = OpportunitySerializer
    pagination_class = GroupedPages

    def get_queryset(self) -> OpportunityQuerySet:
        user: Any = self.request.user
        return super().get_queryset().with_unseen_changes(user)


class OpportunityTabs(Narrowed):
    filterset_class = TabsFilter
    pagination_class = None

    @extend_schema(
        summary="How many rows each tab has, for the filters of the list",
        responses=TabSerializer(many=True),
        filters=True,
        examples=[OpenApiExample("A tab", examples.TAB)],
    )
    def get(self, request: Request) -> Response:
        user: Any = request.user
        rows: Any = self.filter_queryset(self.get_queryset())
        counts = tab_counts(rows, user)
        tabs = [{"name": t.name, "label": t.label, "count": counts[t.name]} for t in TABS]
        return Response(TabSerializer(tabs, many=True).data)


class OpportunityDetail(APIView):
    @extend_schema(
        summary="One opportunity, with what may be done with it",
        responses=OpportunityDetailSerializer,
        examples=[OpenApiExample("An opportunity", examples.OPPORTUNITY_DETAIL)],
    )
    def get(self, request: Request, pk: int) -> Response:
        return Response(detail_for(request, pk))

    @extend_schema(
        summary="Write notes, or the day the bid is due",
        description="What the CRM owns is the sync's, and the rest moves by actions alone.",
        request=PeopleFieldsSerializer,
        responses={
            200: OpportunityDetailSerializer,
            403: OpenApiResponse(description="It is not yours, nor of a practice you lead."),
            409: STALE,
        },
        examples=[
            OpenApiExample(
                "Notes", {"lock_version": 3, "sa_notes": "Incumbent is weak."}, request_only=True
            ),
            OpenApiExample("As it is now", examples.OPPORTUNITY_DETAIL, response_only=True),
        ],
    )
    def patch(self, request: Request, pk: int) -> Response:
        body = PeopleFieldsSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        try:
            write_people_fields(request, pk, body.validated_data)
        except StaleVersion as refusal:
            raise stale(refusal, request, pk) from refusal
        return Response(detail_for(request, pk))


@extend_schema_view(
    get=extend_schema(
        summary="What was done with it, by whom and why, newest first",
        examples=[OpenApiExample("An event", examples.EVENT)],
    )
)
class OpportunityEvents(generics.ListAPIView[OpportunityEvent]):
    queryset = OpportunityEvent.objects.all()
    serializer_class = EventSerializer
    filter_backends = (DjangoFilterBackend,)
    filterset_class = EventFilter

    def get_queryset(self) -> Any:
        events = in_sight(self.request, self.kwargs["pk"]).events
        return events.select_related("actor", "on_behalf_of")


class OpportunityComments(APIView):
    @extend_schema(
        summary="Comment on it; a comment is an event and stays",
        request=CommentOrderSerializer,
        responses={201: EventSerializer, 403: OpenApiResponse(description="You only read here.")},
        examples=[
            OpenApiExample("A comment", {"text": "The customer called."}, request_only=True),
            OpenApiExample("The event", examples.COMMENT, response_only=True),
        ],
    )
    def post(self, request: Request, pk: int) -> Response:
        body = CommentOrderSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        text = body.validated_data["text"]
        event = opportunity_comment(opportunity=pk, text=text, **said_by(request))
        return Response(EventSerializer(event).data, status=201)


class OpportunitySeen(APIView):
    @extend_schema(
        summary="Note that you looked at it now",
        request=None,
        responses={204: OpenApiResponse(description="Noted.")},
    )
    def post(self, request: Request, pk: int) -> Response:
        user: Any = request.user
        opportunity_mark_seen(opportunity=in_sight(request, pk), by=user)
        return Response(status=204)
