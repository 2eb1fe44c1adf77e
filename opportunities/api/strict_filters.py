"""Refuse filters that are unknown instead of answering with everything."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import Choices, Model, Q, QuerySet
from django.db.models.expressions import OrderBy
from django_filters import rest_framework as filters
from django_filters.constants import EMPTY_VALUES
from rest_framework.exceptions import ErrorDetail, ValidationError

from opportunities.domain.nearest import MOST_NAMED, advice_on
from opportunities.domain.sound_text import SENTENCES, fault_in
from opportunities.lists.extra_attributes import ExtraAttribute
from opportunities.lists.sorting import order

SENT_TWICE = ErrorDetail("This takes one value: send it once.", "repeated_parameter")


class StrictFilterSet(filters.FilterSet):
    other_parameters: ClassVar = {"page", "page_size", "cursor"}

    def __init__(self, data: Any = None, *args: Any, **options: Any) -> None:
        # Only the filters that are asked for: to copy them all, and a form of them, took a
        # quarter of the time of a page.
        known = {**self.base_filters, **self.settings_filters()}
        self.known = known.keys() | self.other_parameters
        asked = {name: each for name, each in known.items() if name in (data or ())}
        self.__dict__["base_filters"] = asked
        super().__init__(data, *args, **options)
        self.visible_rows = self.queryset
        """Rows in which a word that is filtered by may occur."""

    def settings_filters(self) -> dict[str, filters.Filter]:
        """Return the filters that exist only where a setting names them."""
        return {}

    def is_valid(self) -> bool:
        known = self.known
        unknown = sorted(self.data.keys() - known)[:MOST_NAMED]
        if unknown:
            raise ValidationError({name: [_unknown(name, known)] for name in unknown})
        # A saved view and a group of `either` are queries within what was sent, past its door.
        lists = dict(self.data.lists()) if self.data else {}
        unsound = {
            name: code for name, texts in lists.items() if (code := fault_in("".join(texts)))
        }
        if unsound:
            raise ValidationError({name: [SENTENCES[code]] for name, code in unsound.items()})
        repeated = [name for name, texts in lists.items() if len(texts) > 1 and self._is_one(name)]
        if repeated:
            raise ValidationError({name: [SENT_TWICE] for name in repeated})
        blank = [name for name, field in self.form.fields.items() if self._is_blank(name, field)]
        if blank:
            raise ValidationError(
                {name: ["Send a value, or leave the parameter out."] for name in blank}
            )
        return bool(super().is_valid())

    def _is_blank(self, name: str, field: forms.Field) -> bool:
        """Tell a blank where a number, a time or one of some words is expected."""
        is_text = isinstance(field, forms.CharField | forms.MultipleChoiceField)
        return self.data.get(name) == "" and not is_text

    def _is_one(self, name: str) -> bool:
        return not isinstance(self.form.fields.get(name), forms.MultipleChoiceField)

    def narrowed(self) -> Any:
        """Return the rows; some filters know what they refuse only when they are applied.

        Raises: ValidationError.
        """
        if not self.is_valid():
            raise ValidationError(self.errors)
        return self.qs


def _unknown(name: str, known: Iterable[str]) -> ErrorDetail:
    sentence = f"This parameter does not exist. {advice_on(name, known)}"
    return ErrorDetail(sentence, "unknown_parameter")


class AnyOfChoices(filters.MultipleChoiceFilter):
    """Keep rows with one of these, of a fixed list: `?status=A&status=B`."""

    def __init__(self, choices: type[Choices], **options: Any) -> None:
        known = ", ".join(str(value) for value in choices.values)
        message = f"%(value)s is not one of {known}. Repeat the parameter for several."
        super().__init__(
            choices=choices.choices,
            distinct=False,
            error_messages={"invalid_choice": message},
            **options,
        )


class WordsField(forms.MultipleChoiceField):
    def valid_value(self, value: str) -> bool:
        """Accept any word."""
        return True


class AnyOfWords(filters.MultipleChoiceFilter):
    """Keep rows with one of these: `?geo=EMEA&geo=APAC`; for `?geo=` those that have none.

    A comma belongs to the word, since the CRM's words have commas in them.
    """

    field_class = WordsField

    def __init__(self, field_name: str | None = None, **options: Any) -> None:
        super().__init__(field_name, distinct=False, **options)

    def filter(self, rows: Any, words: list[str]) -> Any:
        for word in words:
            if "," in word and self._is_list(word, word.split(",")):
                raise ValidationError({self.field_name: [_repeat(self.field_name, word)]})
        if not words:
            return rows
        wanted = Q(**{f"{self.field_name}__in": words})
        if "" in words:
            wanted |= Q(**{f"{self.field_name}__isnull": True})
        return rows.filter(wanted)

    def _is_list(self, word: str, parts: list[str]) -> bool:
        """Tell a list with commas: one of its parts occurs as a word, and the whole does not."""
        of_these = {f"{self.field_name}__in": [word, *parts]}
        known = set(
            self.parent.visible_rows.filter(**of_these).values_list(self.field_name, flat=True)
        )
        return bool(known) and word not in known


def _repeat(name: str, word: str) -> ErrorDetail:
    meant = "&".join(f"{name}={part}" for part in word.split(","))
    sentence = f"There is no {word}. For several, repeat the parameter: {meant}."
    return ErrorDetail(sentence, "repeat_parameter")


class AnyOfExtra(AnyOfWords):
    """Filter by the words of one of the CRM's further attributes."""

    def __init__(self, attribute: ExtraAttribute, place: int) -> None:
        # Under a name of our own: the attribute's may read like a path to Django.
        super().__init__(f"extra_{place}")
        self._attribute = attribute

    def filter(self, rows: Any, words: list[str]) -> Any:
        return super().filter(rows.alias(**{self.field_name: self._attribute.as_text()}), words)

    def _is_list(self, word: str, parts: list[str]) -> bool:
        """Take each comma as a part of the word: a look through all rows would cost too much."""
        return False


class Ordering(filters.OrderingFilter):
    """Sort as asked, empty values last on every database: `?ordering=-deal_value,name`."""

    def __init__(self, fields: Sequence[str], columns: Mapping[str, Sequence[str]]) -> None:
        """
        Args:
            columns: for names that are not columns, the columns to sort by.
        """
        super().__init__(fields=fields, help_text="A minus sorts descending; commas for several.")
        self._columns = columns

    def filter(self, rows: QuerySet[Model], terms: list[str]) -> QuerySet[Model]:
        if terms in EMPTY_VALUES:
            return rows
        # The id makes the order total: else a row could be on two pages, or on none.
        return rows.order_by(*(order for term in terms for order in self._orders(term)), "-id")

    def _orders(self, term: str) -> list[OrderBy]:
        name = term.removeprefix("-")
        is_descending = term.startswith("-")
        return [
            order(column, descending=is_descending) for column in self._columns.get(name, [name])
        ]
