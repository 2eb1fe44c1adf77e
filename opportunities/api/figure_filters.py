"""Filter the list to the rows that a figure of the dashboard counts."""

from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from opportunities.api.filter_fields import score, yes_or_no
from opportunities.api.strict_filters import AnyOfWords, StrictFilterSet
from opportunities.lists.figures import AGES, ATTENTION
from opportunities.lists.first_answers import answered_late
from opportunities.lists.funnel import STEPS
from opportunities.models import conditions
from opportunities.models.querysets import OpportunityQuerySet

FIGURES = {
    "attention_reason": {each.name: each for each in ATTENTION},
    "age": {each.name: each for each in AGES},
}
REACHED = {step.name: step.condition for step in STEPS}
LATE, IN_TIME = "late", "in_time"


class FigureFilter(StrictFilterSet):
    attention_reason = filters.ChoiceFilter(
        choices=[(each.name, each.label) for each in ATTENTION],
        method="has_figure",
        help_text="Why it needs attention.",
    )
    age = filters.ChoiceFilter(
        choices=[(each.name, each.label) for each in AGES],
        method="has_figure",
        help_text="Working days in its present state.",
    )
    reached = filters.ChoiceFilter(
        choices=[(step.name, step.label) for step in STEPS],
        method="has_reached",
        help_text="How far it came: this step of the funnel, with all before it.",
    )
    first_answer = filters.MultipleChoiceFilter(
        choices=[(LATE, "Late"), (IN_TIME, "In time")],
        method="first_answered",
        help_text="Whether the first answer came within CLOCK_FIRST_ANSWER_DAYS of the assignment.",
        error_messages={"invalid_choice": f"Write {LATE} or {IN_TIME}."},
    )
    rated = extend_schema_field(OpenApiTypes.STR)(
        AnyOfWords(
            method="has_rating",
            help_text="Code of a criterion that the newest scored version rates.",
        )
    )
    score_min = score("gte", "The least score that is wanted, of the newest scored version.")
    score_below = score("lt", "Scores below it, of the newest scored version.")
    deciding_band = AnyOfWords(help_text="Score band of the version that was decided on.")
    reason_code = AnyOfWords(
        "deciding_reason_code", help_text="Reason code of the decision that counts."
    )
    override = yes_or_no("deciding_override", "Decided against the computed recommendation.")

    def has_figure(self, rows: OpportunityQuerySet, name: str, value: str) -> OpportunityQuerySet:
        return rows.filter(FIGURES[name][value].condition(timezone.now()))

    def has_reached(self, rows: OpportunityQuerySet, name: str, value: str) -> OpportunityQuerySet:
        return rows.filter(REACHED[value])

    def first_answered(
        self, rows: OpportunityQuerySet, name: str, values: list[str]
    ) -> OpportunityQuerySet:
        if len(values) != 1:
            return rows.filter(conditions.ANSWERED) if values else rows
        return answered_late(rows, is_late=values == [LATE])

    def has_rating(
        self, rows: OpportunityQuerySet, name: str, codes: list[str]
    ) -> OpportunityQuerySet:
        return rows.with_rating_of(codes) if codes else rows

    def deciding_override(
        self, rows: OpportunityQuerySet, name: str, value: str
    ) -> OpportunityQuerySet:
        return rows.filter(is_deciding_override=value == "true")
