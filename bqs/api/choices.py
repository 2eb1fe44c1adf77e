"""List the words that the list of opportunities can be filtered by."""

from typing import Any, ClassVar

from django.db.models import CharField, F, QuerySet, Value
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from assessments.models import Criterion, ScoreBand, TemplateStatus
from opportunities.access import permissions
from opportunities.access.roles import access_of
from opportunities.domain.fields import Kind, Use, fields_for
from opportunities.lists.extra_attributes import extra_columns, extra_filters
from opportunities.lists.sorting import sort_key
from opportunities.lists.tabs import TABS
from opportunities.models import Opportunity

CHOICE_FIELDS = {
    field.name: field.choices for field in fields_for(Use.FILTER) if field.choices is not None
}
WORD_FIELDS = tuple(field.name for field in fields_for(Use.FILTER) if field.kind is Kind.WORD)
MOST_WORDS = 200


def words() -> Any:
    return serializers.ListField(
        child=serializers.CharField(), help_text=f"Sorted; {MOST_WORDS} at most."
    )


class ChoiceSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class ExtraFilterSerializer(ChoiceSerializer):
    words = words()


class ChoicesSerializer(serializers.Serializer[Any]):
    band = ChoiceSerializer(many=True)
    rated = ChoiceSerializer(many=True, help_text="Criteria, each by its code.")
    tab = ChoiceSerializer(many=True)
    extra_columns = ChoiceSerializer(
        many=True, help_text="Further attributes of the CRM that a list shows: EXTRA_COLUMNS."
    )
    extra_filters = ExtraFilterSerializer(
        many=True, help_text="Those that a list is narrowed by, each by its `name`: EXTRA_FILTERS."
    )

    def get_fields(self) -> Any:
        choices = {name: ChoiceSerializer(many=True) for name in CHOICE_FIELDS}
        return {**{name: words() for name in WORD_FIELDS}, **choices, **super().get_fields()}


class OpportunityChoices(APIView):
    rights: ClassVar = {"GET": permissions.VIEW}

    @extend_schema(
        summary="The values to filter the list by that occur in what you see",
        responses=ChoicesSerializer,
    )
    def get(self, request: Request) -> Response:
        words = _words(Opportunity.objects.visible_to(access_of(request.user)))
        told = {
            **words,
            "band": bands(),
            **{name: _named(each.choices) for name, each in CHOICE_FIELDS.items()},
            "rated": criteria(),
            "tab": _named([(tab.name, tab.label) for tab in TABS]),
            "extra_columns": _named([(each.name, each.label) for each in extra_columns()]),
            "extra_filters": [
                {"name": each.name, "label": each.label, "words": words[each.name]}
                for each in extra_filters()
            ],
        }
        return Response(ChoicesSerializer(told).data)


def _words(rows: QuerySet[Opportunity]) -> dict[str, list[str]]:
    """Of each column those that occur, in one query."""
    extra = {each.name: each.as_text() for each in extra_filters()}
    asked = {**{column: F(column) for column in WORD_FIELDS}, **extra}
    first, *rest = (_of(rows, name, expression) for name, expression in asked.items())
    found: dict[str, list[str]] = {name: [] for name in asked}
    for column, word in sorted(first.union(*rest), key=lambda each: sort_key(each[1])):
        found[column].append(word)
    return {column: words[:MOST_WORDS] for column, words in found.items()}


def _of(rows: QuerySet[Opportunity], name: str, expression: Any) -> Any:
    named = Value(name, output_field=CharField())
    known: Any = rows.order_by().annotate(column=named, word=expression).exclude(word=None)
    return known.values_list("column", "word").distinct()


def bands() -> list[dict[str, str]]:
    """Return the bands as the templates name them, the best first."""
    codes = ScoreBand.objects.order_by("-start").values_list("code", flat=True)
    return _named([(code, code.capitalize()) for code in dict.fromkeys(codes)])


def criteria() -> list[dict[str, str]]:
    """Return the criteria as their newest template names them, in alphabetical order."""
    in_use = Criterion.objects.exclude(group__template__status=TemplateStatus.DRAFT)
    known = in_use.order_by("group__template__activated_at").values_list("code", "name")
    return _named(sorted(dict(known).items(), key=lambda each: sort_key(each[1])))


def _named(choices: Any) -> list[dict[str, str]]:
    return [{"name": str(name), "label": str(label)} for name, label in choices]
