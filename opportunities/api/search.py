"""Looking for opportunities by parts of words, without regard to case."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django_filters import rest_framework as filters

SEARCHED = ("remote_id", "opty_number", "name", "customer", "sales_owner")
SA_NAME = ("first_name", "last_name", "username")
MOST_WORDS = 10


class SearchField(forms.CharField):
    def clean(self, value: str | None) -> str:
        text = super().clean(value)
        if len(text.split()) > MOST_WORDS:
            raise forms.ValidationError(f"Look for {MOST_WORDS} words at most.")
        return text


class SearchFilter(filters.CharFilter):
    """Rows that have every word somewhere in number, id, name, customer, owner or SA."""

    field_class = SearchField

    def filter(self, rows: Any, text: str) -> Any:
        for word in text.split():
            rows = rows.filter(found_by(word))
        return rows


def found_by(word: str) -> Q:
    # The few people first: by their ids PostgreSQL can use an index for each part of the OR,
    # which it cannot across a join.
    found = Q(assigned_sa__in=list(_people(word)))
    for column in SEARCHED:
        found |= Q(**{f"{column}__icontains": word})
    return found


def _people(word: str) -> Any:
    named = Q()
    for column in SA_NAME:
        named |= Q(**{f"{column}__icontains": word})
    return get_user_model().objects.filter(named).values_list("pk", flat=True)
