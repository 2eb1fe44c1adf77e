"""Name columns and stored values in the words of the page."""

from decimal import Decimal
from typing import Any

from django.contrib.admin.utils import display_for_field
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field
from django.utils.text import capfirst

from opportunities.domain.fields import BY_NAME, Kind
from opportunities.lists.presentation import in_words, money, percent
from opportunities.models import Opportunity


def field_in_words(name: str) -> str:
    """Return the label of the catalogue; a further CRM attribute keeps Oracle's name."""
    if name in BY_NAME:
        return BY_NAME[name].label
    is_extra = name.startswith("extra.")
    return name.removeprefix("extra.") if is_extra else capfirst(name.replace("_", " "))


def value_in_words(name: str, text: Any) -> str:
    """Return a stored value, from JSON or the timeline, in the words of the page."""
    column = _column(name)
    if text in ("", None) or column is None or column.is_relation:
        return in_words(text)
    value = column.to_python(text)
    if isinstance(value, Decimal):
        return str(percent(value) if BY_NAME[name].kind is Kind.PERCENT else money(value, None))
    return str(display_for_field(value, column, "–"))


def crm_changes_in_words(deal: Opportunity) -> list[dict[str, str]]:
    """Return {what, old, new} of each change that calls for a new qualification."""
    return [
        {
            "what": field_in_words(change["field"]),
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
