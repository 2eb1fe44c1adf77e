"""The columns of an opportunity and their kept values, in the words of its page."""

from decimal import Decimal
from typing import Any

from django.contrib.admin.utils import display_for_field
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field

from opportunities.models import Opportunity
from opportunities.presentation import in_words, money, percent


def field_in_words(name: str) -> str:
    """The column's name as the form has it; a further CRM attribute keeps Oracle's."""
    column = _column(name)
    return str(column.verbose_name) if column else name.removeprefix("extra.")


def value_in_words(name: str, text: Any) -> str:
    """A kept value, as JSON or the timeline has it, in the words of the page."""
    column = _column(name)
    if text in ("", None) or column is None or column.is_relation:
        return in_words(text)
    value = column.to_python(text)
    if isinstance(value, Decimal):
        return str(percent(value) if name == "win_probability" else money(value, None))
    return str(display_for_field(value, column, "–"))


def crm_changes_in_words(deal: Opportunity) -> list[dict[str, str]]:
    """{what, old, new} for each that puts its scoring in question."""
    return [
        {
            "what": field_in_words(change["field"]).capitalize(),
            "old": value_in_words(change["field"], change["old"]),
            "new": value_in_words(change["field"], change["new"]),
        }
        for change in deal.requalification_changes
    ]


def _column(name: str) -> "Field[Any, Any] | None":
    try:
        column = Opportunity._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return column if isinstance(column, Field) else None
