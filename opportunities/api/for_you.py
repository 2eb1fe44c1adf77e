"""Serve what waits for the person who asks."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from opportunities.access.roles import Role, access_of, people_with, user_of
from opportunities.api.representation import PersonSerializer
from opportunities.api.serializers import OpportunitySerializer
from opportunities.api.views import FilteredListView
from opportunities.lists.for_you import for_you
from opportunities.models import Opportunity

SHOWN = (
    *("id", "name", "opty_number", "customer", "practice", "deal_value", "currency"),
    *("workflow_status", "assigned_sa", "status_entered_at", "due_at", "bid_due_on"),
    *("hold_review_on", "clock", "score", "band", "recommendation", "unseen_fields"),
)


class ForYouRowSerializer(OpportunitySerializer):
    why = serializers.CharField(help_text="Why it is here, or blank where the section says it.")

    class Meta(OpportunitySerializer.Meta):
        fields = (*SHOWN, "why")


class SectionSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(source="section.name")
    label = serializers.CharField(source="section.label")  # type: ignore[assignment]
    count = serializers.IntegerField(source="counted.number")
    count_is_estimated = serializers.BooleanField(source="counted.is_estimated")
    filter = serializers.SerializerMethodField(
        help_text="The list's parameters that bring all of its rows."
    )
    rows = ForYouRowSerializer(many=True, help_text="The most urgent ones.")
    hint = serializers.CharField(
        source="section.hint", help_text="What to know or do while it is empty."
    )

    def get_filter(self, filled: Any) -> dict[str, str]:
        return {"for_you": filled.section.name, "ordering": "urgency"}


class ForYouSerializer(serializers.Serializer[Any]):
    sections = SectionSerializer(many=True, help_text="Those of your roles, most urgent first.")
    is_system_empty = serializers.BooleanField(help_text="No sync has brought anything yet.")
    administrators = PersonSerializer(
        many=True, help_text="Whom to ask; named only while the system is empty."
    )


class ForYou(FilteredListView):
    filterset_class = None
    pagination_class = None

    @extend_schema(summary="What waits for you, section by section", responses=ForYouSerializer)
    def get(self, request: Request) -> Response:
        is_empty = not Opportunity.objects.exists()
        rows = Opportunity.objects.visible_to(access_of(request.user))
        told = {
            "sections": for_you(rows, user_of(request)),
            "is_system_empty": is_empty,
            "administrators": people_with(Role.ADMINISTRATOR) if is_empty else (),
        }
        return Response(ForYouSerializer(told).data)
