"""Looking for opportunities by parts of words, as opportunities/searching.py compares them."""

from typing import Any

from django import forms
from django_filters import rest_framework as filters

MOST_WORDS = 10


class SearchField(forms.CharField):
    def clean(self, value: str | None) -> str:
        text = super().clean(value)
        if len(text.split()) > MOST_WORDS:
            raise forms.ValidationError(f"Look for {MOST_WORDS} words at most.")
        return text


class SearchFilter(filters.CharFilter):
    field_class = SearchField

    def filter(self, rows: Any, text: str) -> Any:
        return rows.search(text)
