"""Keep rows that fit one of several groups: `?either=practice=Cloud%26geo=EMEA&either=…`."""

from typing import Any

from django import forms
from django.http import QueryDict
from django_filters import rest_framework as filters
from django_filters.constants import EMPTY_VALUES
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import ValidationError

from opportunities.api.filter_fields import words_in
from opportunities.api.strict_filters import StrictFilterSet
from opportunities.models.search_text import MOST_WORDS

MOST_GROUPS = 10
MOST_CHARACTERS = 1500
HELP = (
    "A group of filters written as a query string of its own; repeat the parameter for more. "
    "All filters of a group have to fit, and one of the groups."
)
EXAMPLE = ["practice=Cloud&geo=EMEA", "stage=Proposal"]


class GroupsField(forms.MultipleChoiceField):
    def valid_value(self, value: str) -> bool:
        """Accept any text: Groups.filter() reads it, and knows who asks."""
        return True


class Groups(filters.Filter):
    """Keep the rows that fit one of the groups, each a filter set over all rows."""

    field_class = GroupsField

    def __init__(self, group: type[StrictFilterSet]) -> None:
        super().__init__(help_text=HELP)
        self._group = group

    def filter(self, rows: Any, texts: list[str]) -> Any:
        if len(texts) > MOST_GROUPS:
            raise _refused(f"There are {len(texts)} groups. Send at most {MOST_GROUPS}.")
        # Of every group each row would be looked through for every word.
        if (words := words_in(self.parent.data)) > MOST_WORDS:
            raise _refused(
                f"The search and its groups have {words} words. Use at most {MOST_WORDS} in total."
            )
        groups = [
            self._rows_of(f"Group {number}", text, rows).values("pk")
            for number, text in enumerate(texts, start=1)
        ]
        # A union, because PostgreSQL joins it at any length; of several IN joined by OR it looks
        # through each again for every row as soon as they no longer fit into work_mem.
        return rows.filter(pk__in=groups[0].union(*groups[1:]))

    def _rows_of(self, name: str, text: str, rows: Any) -> Any:
        """Return the rows of a group; the list itself leaves out what is not visible."""
        if len(text) > MOST_CHARACTERS:
            raise _refused(f"{name} is too long. Shorten it to {MOST_CHARACTERS} characters.")
        every = rows.model._default_manager.order_by()
        group = self._group(QueryDict(text), every, request=self.parent.request)
        group.visible_rows = self.parent.visible_rows
        narrowed = _narrowed_by(group, name)
        if all(value in EMPTY_VALUES for value in group.form.cleaned_data.values()):
            raise _refused(f"{name} contains no filter. Write filters like {EXAMPLE[0]}.")
        return narrowed


def either(group: type[StrictFilterSet]) -> Any:
    texts = {"type": "string"}
    described = {"type": "array", "items": texts, "maxItems": MOST_GROUPS, "example": EXAMPLE}
    return extend_schema_field(described | {"description": HELP})(Groups(group))


def _narrowed_by(group: StrictFilterSet, name: str) -> Any:
    """Return its rows. Raises: ValidationError of `either`, whatever in the group is wrong."""
    try:
        return group.narrowed()
    except ValidationError as fault:
        told = fault.detail.items()  # type: ignore[union-attr]
        sentences = [f"{name}, {field}: {each}" for field, faults in told for each in faults]
        raise _refused(*sentences) from fault


def _refused(*sentences: str) -> ValidationError:
    return ValidationError({"either": list(sentences)})
