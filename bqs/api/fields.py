"""Say what an opportunity is made of: its fields, states and actions, and the limits of a call."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bqs.api.choices import ChoiceSerializer, bands
from opportunities.access import permissions
from opportunities.api.any_of import MOST_GROUPS
from opportunities.api.pagination import NumberedPages
from opportunities.api.transition_bodies import LONGEST_TEXT, MOST_CONDITIONS, slug
from opportunities.api.transitions import BULK
from opportunities.domain.fields import FIELDS, Kind, Owner, Use
from opportunities.domain.states import STATES, TRANSITIONS, InputField, Tone, WorkflowStatus
from opportunities.lists.extra_attributes import extra_columns, extra_filters
from opportunities.lists.tabs import TABS
from opportunities.models.search_text import MOST_LETTERS, MOST_WORDS
from opportunities.workflow.bulk import MOST_ROWS
from opportunities.workflow.undo import REVERSIBLE

USES = {
    "is_sortable": Use.SORT,
    "is_filterable": Use.FILTER,
    "is_groupable": Use.GROUP,
    "is_searchable": Use.SEARCH,
    "is_exportable": Use.EXPORT,
    "is_in_list": Use.LIST,
    "is_in_record": Use.RECORD,
}


class FieldSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(help_text="Of the member, the parameter and the column.")
    label = serializers.CharField()  # type: ignore[assignment]
    kind = serializers.ChoiceField([(kind.value, kind.name) for kind in Kind])
    owner = serializers.ChoiceField([owner.value for owner in Owner])

    def get_fields(self) -> Any:
        return super().get_fields() | {name: serializers.BooleanField() for name in USES}


class StateSerializer(serializers.Serializer[Any]):
    value = serializers.ChoiceField(WorkflowStatus.choices)
    label = serializers.CharField()  # type: ignore[assignment]
    tone = serializers.ChoiceField(list(Tone))
    tab = serializers.CharField(help_text="The tab that holds its rows.")
    has_clock = serializers.BooleanField()


class FieldActionSerializer(serializers.Serializer[Any]):
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    path = serializers.CharField(help_text="Its last part, below `actions/` or `bulk/`.")
    is_bulk = serializers.BooleanField()
    is_reversible = serializers.BooleanField(help_text="Who did it can undo it for a while.")
    asks = serializers.ListField(child=serializers.ChoiceField(InputField.choices))
    may_ask = serializers.ListField(child=serializers.ChoiceField(InputField.choices))


class LimitsSerializer(serializers.Serializer[Any]):
    page_size = serializers.IntegerField()
    bulk_rows = serializers.IntegerField()
    export_rows = serializers.IntegerField()
    either_groups = serializers.IntegerField()
    search_words = serializers.IntegerField()
    search_letters = serializers.IntegerField(help_text="Of one word.")
    text_letters = serializers.IntegerField(help_text="Of a reason, a comment or the notes.")
    conditions = serializers.IntegerField()


class FieldsSerializer(serializers.Serializer[Any]):
    fields = FieldSerializer(many=True)  # type: ignore[assignment]
    states = StateSerializer(many=True)
    tabs = ChoiceSerializer(many=True)
    bands = ChoiceSerializer(many=True)
    actions = FieldActionSerializer(many=True)
    limits = LimitsSerializer()


class OpportunityFields(APIView):
    rights: ClassVar = {"GET": permissions.VIEW}

    @extend_schema(
        summary="The fields of an opportunity, its states and actions, and the limits of a call",
        description="For a client that need not write down again what the server knows.",
        responses=FieldsSerializer,
    )
    def get(self, request: Request) -> Response:
        return Response(
            {
                "fields": [*_fields(), *_extra_fields()],
                "states": [_state(status) for status in WorkflowStatus],
                "tabs": [{"name": tab.name, "label": tab.label} for tab in TABS],
                "bands": bands(),
                "actions": list(_actions()),
                "limits": _limits(),
            }
        )


def _fields() -> Iterator[dict[str, Any]]:
    for field in FIELDS:
        uses = {name: field.has(use) for name, use in USES.items()}
        named = {"name": field.name, "label": field.label}
        yield {**named, "kind": field.kind, "owner": field.owner.value, **uses}


def _extra_fields() -> Iterator[dict[str, Any]]:
    """Yield the CRM's further attributes that settings name."""
    columns, filters = extra_columns(), extra_filters()
    for extra in dict.fromkeys((*columns, *filters)):
        uses = dict.fromkeys(USES, False)
        uses["is_exportable"] = uses["is_in_list"] = extra in columns
        uses["is_filterable"] = extra in filters
        yield {"name": extra.name, "label": extra.label, "kind": Kind.WORD, "owner": "crm", **uses}


def _state(status: WorkflowStatus) -> dict[str, Any]:
    state = STATES[status]
    named = {"value": status.value, "label": status.label}
    return {**named, "tone": state.tone, "tab": state.tab, "has_clock": state.has_clock}


def _actions() -> Iterator[dict[str, Any]]:
    for row in TRANSITIONS:
        if not row.is_system:
            yield {
                "value": row.action.value,
                "label": row.action.label,
                "path": slug(row.action),
                "is_bulk": row.action in BULK,
                "is_reversible": row.action in REVERSIBLE,
                "asks": row.required_inputs,
                "may_ask": row.optional_inputs,
            }


def _limits() -> dict[str, int]:
    return {
        "page_size": NumberedPages.max_page_size,
        "bulk_rows": MOST_ROWS,
        "export_rows": settings.EXPORT_MAX_ROWS,
        "either_groups": MOST_GROUPS,
        "search_words": MOST_WORDS,
        "search_letters": MOST_LETTERS,
        "text_letters": LONGEST_TEXT,
        "conditions": MOST_CONDITIONS,
    }
