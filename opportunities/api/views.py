"""Serve lists of opportunities, one in full, and what people write on it and follow."""

from contextlib import ExitStack
from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpResponseBase
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from opportunities.access import permissions
from opportunities.access.roles import access_of, user_of
from opportunities.api.detail import (
    OpportunityDetailSerializer,
    detail_for,
    stale,
    visible_opportunity,
)
from opportunities.api.filter_fields import FEW_WORDS, words_in
from opportunities.api.filters import EventFilter, OpportunityFilter, TabsFilter
from opportunities.api.grouping import GroupedPages
from opportunities.api.serializers import EventSerializer, OpportunitySerializer, TabSerializer
from opportunities.api.transition_bodies import (
    CommentOrderSerializer,
    PeopleFieldsSerializer,
    actor_kwargs,
)
from opportunities.domain.errors import StaleVersion
from opportunities.history.audit_trail import with_names
from opportunities.lists.slots import costly_slot
from opportunities.lists.tabs import tab_counts, tabs_for
from opportunities.models import Opportunity, OpportunityEvent, Watch
from opportunities.models.querysets import OpportunityQuerySet
from opportunities.workflow.services import (
    opportunity_comment,
    opportunity_edit,
    opportunity_mark_seen,
)

STALE = OpenApiResponse(description="Someone else changed it; `current` holds its present state.")


class FilteredListView(generics.GenericAPIView[Opportunity]):
    """Run the one query behind every list, count and figure of opportunities."""

    rights: ClassVar = {"GET": permissions.VIEW}
    queryset = Opportunity.objects.all()  # Tells the API's description the model.
    filterset_class: Any = OpportunityFilter

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with ExitStack() as self.held:
            return super().dispatch(*args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.is_costly(request):
            self.held.enter_context(costly_slot(user_of(request).pk))

    def is_costly(self, request: Request) -> bool:
        return words_in(request.query_params) > FEW_WORDS

    def get_queryset(self) -> OpportunityQuerySet:
        user: Any = self.request.user
        return Opportunity.objects.visible_to(access_of(user)).for_api(user)


@extend_schema_view(get=extend_schema(summary="Opportunities, newest change in the CRM first"))
class OpportunityList(FilteredListView, generics.ListAPIView[Opportunity]):
    serializer_class = OpportunitySerializer
    pagination_class = GroupedPages

    def get_queryset(self) -> OpportunityQuerySet:
        return self._visible_rows.all()

    @cached_property
    def _visible_rows(self) -> OpportunityQuerySet:
        """Build them once: the filters ask for them, and then the pages."""
        user: Any = self.request.user
        return super().get_queryset().with_unseen_changes(user)


class OpportunityTabs(FilteredListView):
    filterset_class = TabsFilter
    pagination_class = None

    @extend_schema(
        summary="How many rows each tab has, for the filters of the list",
        responses=TabSerializer(many=True),
        filters=True,
    )
    def get(self, request: Request) -> Response:
        user: Any = request.user
        rows: Any = self.filter_queryset(self.get_queryset())
        counts = tab_counts(rows, user)
        tabs = [
            {"name": tab.name, "label": tab.label, "count": counts[tab.name]}
            for tab in tabs_for(user)
        ]
        return Response(TabSerializer(tabs, many=True).data)


class OpportunityDetail(APIView):
    rights: ClassVar = {"GET": permissions.VIEW, "PATCH": permissions.WORK_ON}

    @extend_schema(
        summary="One opportunity, with what may be done with it",
        responses=OpportunityDetailSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        return Response(detail_for(request, pk))

    @extend_schema(
        summary="Write notes, the day the bid is due, or the priority",
        description="What the CRM owns is the sync's, and the rest moves by actions alone.",
        request=PeopleFieldsSerializer,
        responses={
            200: OpportunityDetailSerializer,
            403: OpenApiResponse(description="It is not yours, nor of a practice you lead."),
            409: STALE,
        },
    )
    def patch(self, request: Request, pk: int) -> Response:
        values = PeopleFieldsSerializer.read(request)
        version = values.pop("lock_version")
        who = actor_kwargs(request)
        try:
            opportunity_edit(opportunity=pk, values=values, expected_version=version, **who)
        except StaleVersion as refusal:
            raise stale(refusal, request, pk) from refusal
        return Response(detail_for(request, pk))


@extend_schema_view(
    get=extend_schema(summary="What was done with it, by whom and why, newest first")
)
class OpportunityEvents(generics.ListAPIView[OpportunityEvent]):
    rights: ClassVar = {"GET": permissions.VIEW}
    queryset = OpportunityEvent.objects.all()
    serializer_class = EventSerializer
    filterset_class = EventFilter

    def get_queryset(self) -> Any:
        events = visible_opportunity(self.request, self.kwargs["pk"]).events
        return events.select_related("actor", "on_behalf_of")

    def paginate_queryset(self, queryset: Any) -> Any:
        page = super().paginate_queryset(queryset)
        return page and with_names(page)


class OpportunityComments(APIView):
    rights: ClassVar = {"POST": permissions.COMMENT}

    @extend_schema(
        summary="Comment on it; a comment is an event and stays",
        description="Its `changes` keep `reply_to`, the first comment of the thread, and the "
        "`mentions`.",
        request=CommentOrderSerializer,
        responses={201: EventSerializer, 403: OpenApiResponse(description="You only read here.")},
    )
    def post(self, request: Request, pk: int) -> Response:
        told = CommentOrderSerializer.read(request)
        reply_to = int(told["reply_to"]) if "reply_to" in told else None
        event = opportunity_comment(
            opportunity=pk,
            text=told["text"],
            reply_to=reply_to,
            mentions=[int(each) for each in told.get("mentions", ())],
            **actor_kwargs(request),
        )
        return Response(EventSerializer(*with_names([event])).data, status=201)


class OpportunitySeen(APIView):
    rights: ClassVar = {"POST": permissions.VIEW}

    @extend_schema(
        summary="Note that you looked at it now",
        request=None,
        responses={204: OpenApiResponse(description="Noted.")},
    )
    def post(self, request: Request, pk: int) -> Response:
        user: Any = request.user
        opportunity_mark_seen(opportunity=visible_opportunity(request, pk), by=user)
        return Response(status=204)


class OpportunityWatch(APIView):
    rights: ClassVar = {"PUT": permissions.VIEW, "DELETE": permissions.VIEW}

    @extend_schema(
        summary="Watch it: get its notices of decisions and of material changes in the CRM",
        request=None,
        responses={204: OpenApiResponse(description="You watch it.")},
    )
    def put(self, request: Request, pk: int) -> Response:
        opportunity = visible_opportunity(request, pk)
        Watch.objects.get_or_create(user=user_of(request), opportunity=opportunity)
        return Response(status=204)

    @extend_schema(
        summary="Watch it no more",
        request=None,
        responses={204: OpenApiResponse(description="You do not watch it.")},
    )
    def delete(self, request: Request, pk: int) -> Response:
        opportunity = visible_opportunity(request, pk)
        Watch.objects.filter(user=user_of(request), opportunity=opportunity).delete()
        return Response(status=204)
