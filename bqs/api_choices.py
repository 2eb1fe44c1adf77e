"""The words that the list of opportunities can be narrowed by."""

from typing import Any

from django.db.models import CharField, QuerySet, Value
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from assessments.models import ScoreBand
from opportunities.crm_status import CrmOutcome
from opportunities.models import Opportunity
from opportunities.roles import standing_of
from opportunities.sorting import sort_key
from opportunities.tabs import TABS
from opportunities.workflow import BidDecision, WorkflowStatus

WORDS = ("practice", "geo", "sector", "stage", "crm_status", "currency")
MOST_WORDS = 200


def words() -> Any:
    return serializers.ListField(
        child=serializers.CharField(), help_text=f"Sorted; {MOST_WORDS} at most."
    )


class ChoiceSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class ChoicesSerializer(serializers.Serializer[Any]):
    practice = words()
    geo = words()
    sector = words()
    stage = words()
    crm_status = words()
    currency = words()
    band = ChoiceSerializer(many=True)
    workflow_status = ChoiceSerializer(many=True)
    decision = ChoiceSerializer(many=True)
    crm_outcome = ChoiceSerializer(many=True)
    tab = ChoiceSerializer(many=True)


EXAMPLE = {
    "practice": ["Cloud", "Data"],
    "geo": ["APAC", "EMEA"],
    "sector": ["Banking", "Public sector"],
    "stage": ["03 - Building Vision"],
    "crm_status": ["OPEN", "WON"],
    "currency": ["EUR", "USD"],
    "band": [{"name": "HIGH", "label": "High"}],
    "workflow_status": [{"name": "NEW", "label": "New"}],
    "decision": [{"name": "NO_BID", "label": "No bid"}],
    "crm_outcome": [{"name": "WON", "label": "Won"}],
    "tab": [{"name": "unassigned", "label": "Unassigned"}],
}


class OpportunityChoices(APIView):
    @extend_schema(
        summary="The values to narrow the list by that occur in what you see",
        responses=ChoicesSerializer,
        examples=[OpenApiExample("Some", EXAMPLE)],
    )
    def get(self, request: Request) -> Response:
        told = {
            **_words(Opportunity.objects.visible_to(standing_of(request.user))),
            "band": _bands(),
            "workflow_status": _named(WorkflowStatus.choices),
            "decision": _named(BidDecision.choices),
            "crm_outcome": _named(CrmOutcome.choices),
            "tab": _named([(tab.name, tab.label) for tab in TABS]),
        }
        return Response(ChoicesSerializer(told).data)


def _words(rows: QuerySet[Opportunity]) -> dict[str, list[str]]:
    """Of each column those that occur, in one query."""
    first, *rest = (_of(rows, column) for column in WORDS)
    found: dict[str, list[str]] = {column: [] for column in WORDS}
    for column, word in sorted(first.union(*rest), key=lambda each: sort_key(each[1])):
        found[column].append(word)
    return {column: words[:MOST_WORDS] for column, words in found.items()}


def _of(rows: QuerySet[Opportunity], column: str) -> Any:
    named = Value(column, output_field=CharField())
    known: Any = rows.order_by().exclude(**{column: None}).annotate(column=named)
    return known.values_list("column", column).distinct()


def _bands() -> list[dict[str, str]]:
    """As the templates name them, the best first."""
    codes = ScoreBand.objects.order_by("-start").values_list("code", flat=True)
    return _named([(code, code.capitalize()) for code in dict.fromkeys(codes)])


def _named(choices: Any) -> list[dict[str, str]]:
    return [{"name": str(name), "label": str(label)} for name, label in choices]
