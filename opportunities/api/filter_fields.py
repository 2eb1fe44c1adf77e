"""The kinds of filters the list of opportunities is made of."""

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django_filters import rest_framework as filters
from django_filters.fields import IsoDateTimeField
from drf_spectacular.utils import extend_schema_field

from opportunities.amounts import MOST_PLACES
from opportunities.api.relative_times import SCHEMA, resolved
from opportunities.api.strict_filters import AnyOfWords

# RFC 3339, or a day alone.
WRITTEN = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?", re.ASCII)
YES_OR_NO = [("true", "yes"), ("false", "no")]


def yes_or_no(method: str, help_text: str) -> Any:
    """`true` or `false` in so many letters; left out, both."""
    described = extend_schema_field({"type": "boolean", "description": help_text})
    return described(
        filters.ChoiceFilter(
            choices=YES_OR_NO,
            method=method,
            help_text=help_text,
            error_messages={"invalid_choice": "Write true or false."},
        )
    )


def words(method: str, help_text: str) -> Any:
    """Several, of something that is no column of the opportunity itself."""
    described = {"type": "string", "description": help_text}
    return extend_schema_field(described)(AnyOfWords(method=method))


class DayField(forms.DateField):
    def to_python(self, value: Any) -> Any:
        """Days from today on count where the site is."""
        moment = resolved(value) if value else None
        return localdate(moment) if moment else super().to_python(value)


class DayFilter(filters.DateFilter):
    field_class = DayField


def day(column: str, lookup: str, help_text: str, **more: Any) -> Any:
    invalid = "Write a date like 2026-01-31, or days from today like -7d or 7d."
    narrowing = DayFilter(
        column,
        lookup,
        input_formats=["%Y-%m-%d"],
        help_text=help_text,
        error_messages={"invalid": invalid},
        **more,
    )
    return _written_as(["date"], help_text)(narrowing)


class MomentField(IsoDateTimeField):
    default_error_messages: ClassVar = {
        "invalid": "Write a time like 2026-01-31T12:00:00Z, a day, or one from now like -48h or 7d."
    }

    def to_python(self, value: Any) -> Any:
        """Not the other forms that Python reads, of which some name no zone."""
        if value and (moment := resolved(value)):
            return moment
        if value and not WRITTEN.fullmatch(value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class MomentFilter(filters.IsoDateTimeFilter):
    field_class = MomentField


def moment(column: str, lookup: str, help_text: str, **more: Any) -> Any:
    """A day is its beginning, where the site is."""
    narrowing = MomentFilter(column, lookup, help_text=help_text, **more)
    return _written_as(["date-time", "date"], help_text)(narrowing)


def _written_as(formats: list[str], help_text: str) -> Any:
    ways = [*({"type": "string", "format": each} for each in formats), SCHEMA]
    # The type once more beside them: what makes up requests looks for it there.
    return extend_schema_field({"type": "string", "anyOf": ways, "description": help_text})


def amount(lookup: str, which: str) -> filters.NumberFilter:
    return filters.NumberFilter(
        "deal_value",
        lookup,
        max_digits=20,
        decimal_places=MOST_PLACES,
        help_text=f"{which} deal value that is wanted, whatever its currency.",
    )


def score(lookup: str, help_text: str) -> filters.NumberFilter:
    return filters.NumberFilter(
        "score", lookup, max_digits=4, decimal_places=1, help_text=help_text
    )
