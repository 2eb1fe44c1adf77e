"""Serve the deals most similar to one."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from opportunities.access import permissions
from opportunities.access.roles import access_of
from opportunities.api.detail import visible_opportunity
from opportunities.api.representation import StoredSerializer
from opportunities.lists.similar import MOST, similar_to
from opportunities.models import Opportunity


class SimilarSerializer(StoredSerializer[Opportunity]):
    is_same_customer = serializers.BooleanField()

    class Meta:
        model = Opportunity
        fields = (
            *("id", "opty_number", "name", "customer", "practice", "deal_value", "currency"),
            *("workflow_status", "decision", "decided_at", "score", "crm_outcome"),
            "is_same_customer",
        )


class SimilarOpportunities(APIView):
    rights: ClassVar = {"GET": permissions.VIEW}

    @extend_schema(
        summary="The most similar opportunities, with their state, decision and outcome",
        description=f"At most {MOST}: first those of the same customer, then those of the same "
        "practice with a value from half to double in the same currency.",
        responses=SimilarSerializer(many=True),
    )
    def get(self, request: Request, pk: int) -> Response:
        rows: Any = similar_to(visible_opportunity(request, pk), access_of(request.user))
        return Response(SimilarSerializer(rows, many=True).data)
