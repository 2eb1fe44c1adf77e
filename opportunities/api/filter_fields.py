"""Make the kinds of filters that the list of opportunities has."""

import re
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.timezone import localdate
from django_filters import rest_framework as filters
from django_filters.fields import IsoDateTimeField
from drf_spectacular.utils import extend_schema_field

from opportunities.domain.amounts import MOST_PLACES
from opportunities.models.search_text import refuse_long

# RFC 3339, or a day alone.
WRITTEN = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?", re.ASCII)
# In an address an unwritten + is a blank, and fields strip blanks: in the future there is no sign.
RELATIVE = re.compile(r"(?P<sign>[+-]?)(?P<number>\d{1,5})(?P<unit>[hd])", re.ASCII)
SCHEMA = {"type": "string", "pattern": "^[+-]?[0-9]{1,5}[hd]$"}
UNITS = {"h": "hours", "d": "days"}
FEW_WORDS = 4
"""A request for more words is costly."""
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


def resolved(written: str) -> datetime | None:
    """Return the time that is meant now; None where it is written in another way."""
    found = RELATIVE.fullmatch(written.strip())
    if found is None:
        return None
    away = timedelta(**{UNITS[found["unit"]]: int(found["number"])})
    return timezone.now() + (-away if found["sign"] == "-" else away)


class DayField(forms.DateField):
    def to_python(self, value: Any) -> Any:
        """Read a date, or days from today, counted where the site is."""
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
        """Refuse the other forms that Python reads, of which some name no zone."""
        if value and (moment := resolved(value)):
            return moment
        if value and not WRITTEN.fullmatch(value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class MomentFilter(filters.IsoDateTimeFilter):
    field_class = MomentField


def moment(column: str, lookup: str, help_text: str, **more: Any) -> Any:
    """Filter by a moment; a day is its beginning, where the site is."""
    narrowing = MomentFilter(column, lookup, help_text=help_text, **more)
    return _written_as(["date-time", "date"], help_text)(narrowing)


def _written_as(formats: list[str], help_text: str) -> Any:
    ways = [*({"type": "string", "format": each} for each in formats), SCHEMA]
    # The type once more beside them: what makes up requests looks for it there.
    return extend_schema_field({"type": "string", "anyOf": ways, "description": help_text})


def amount(column: str, lookup: str, help_text: str) -> filters.NumberFilter:
    return filters.NumberFilter(
        column, lookup, max_digits=20, decimal_places=MOST_PLACES, help_text=help_text
    )


def score(lookup: str, help_text: str) -> filters.NumberFilter:
    return filters.NumberFilter(
        "score", lookup, max_digits=4, decimal_places=1, help_text=help_text
    )


class SearchField(forms.CharField):
    default_validators = [refuse_long]  # noqa: RUF012


class SearchFilter(filters.CharFilter):
    field_class = SearchField

    def filter(self, rows: Any, text: str) -> Any:
        return rows.search(text)


def words_in(query: QueryDict) -> int:
    """Count the words to look for, in the groups of `either` too."""
    groups = [QueryDict(text).getlist("search") for text in query.getlist("either")]
    texts = [*query.getlist("search"), *(text for group in groups for text in group)]
    return sum(len(text.split()) for text in texts)
