"""The sync's own records are written by the sync: here nobody adds, changes or deletes one."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.admin import ShowFacets, display
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Model
from django.http import HttpRequest
from unfold.admin import ModelAdmin


class LookOnlyAdmin(ModelAdmin):
    list_fullwidth = True
    list_filter_submit = True
    list_per_page = 50
    show_full_result_count = False
    show_facets = ShowFacets.NEVER

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def counts(model: type[Model], names: Iterable[str]) -> list[Callable[[Any], str | None]]:
    """Return columns that write these numbers for people: 1,250,000."""
    return [_count(model, name) for name in names]


def _count(model: type[Model], name: str) -> Callable[[Any], str | None]:
    label: Any = model._meta.get_field(name).verbose_name  # type: ignore[union-attr]

    @display(description=label, ordering=name, empty_value="-")
    def column(row: Any) -> str | None:
        number = getattr(row, name)
        return None if number is None else intcomma(number)

    column.__name__ = name
    return column
