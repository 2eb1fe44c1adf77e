"""Serve the few opportunities that somebody wants to jump to."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from opportunities.access.roles import access_of, user_of
from opportunities.api.filter_fields import SearchFilter
from opportunities.api.representation import StoredSerializer
from opportunities.api.strict_filters import StrictFilterSet
from opportunities.api.views import FilteredListView
from opportunities.lists.jump import best_matches, recently_viewed
from opportunities.models import Opportunity
from opportunities.models.querysets import OpportunityQuerySet


class JumpFilter(StrictFilterSet):
    other_parameters: ClassVar = set()
    search = SearchFilter(help_text="As of the list; without it come those that you viewed last.")


class JumpSerializer(StoredSerializer[Opportunity]):
    class Meta:
        model = Opportunity
        fields = ("id", "name", "opty_number", "customer", "workflow_status")


class Jump(FilteredListView):
    filterset_class = JumpFilter
    pagination_class = None

    def get_queryset(self) -> OpportunityQuerySet:
        return Opportunity.objects.visible_to(access_of(self.request.user))

    @extend_schema(
        summary="The few that you most likely want to open",
        description="Your own open ones first, closed ones last.",
        responses=JumpSerializer(many=True),
        filters=True,
    )
    def get(self, request: Request) -> Response:
        choose = best_matches if request.query_params.get("search") else recently_viewed
        rows: Any = self.filter_queryset(self.get_queryset())
        return Response(JumpSerializer(choose(rows, user_of(request)), many=True).data)
