"""How money, shares, people and statuses are written for people."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import number_format

from opportunities.amounts import places_shown


def money(amount: Decimal | None, currency: str | None) -> str | None:
    """In the deal's own currency; None stays unknown."""
    if amount is None:
        return None
    shown = number_format(amount, places_shown(amount, currency), force_grouping=True)
    return f"{currency or ''} {shown}".strip()


def percent(share: Decimal | None) -> str | None:
    if share is None:
        return None
    decimals = 0 if share == share.to_integral_value() else 2
    return f"{number_format(share, decimals, force_grouping=True)} %"


def at_home(moment: datetime) -> datetime:
    """In the zone of the site; in its own where that would be before or after all time."""
    try:
        return timezone.localtime(moment)
    except OverflowError:
        return moment


def person(user: AbstractUser) -> str:
    return user.get_full_name() or user.get_username()


def badge(state: TextChoices, colours: Mapping[Any, str]) -> str:
    """The word on its colour, as safe HTML."""
    context = {"text": state.label, "type": colours[state]}
    return render_to_string("unfold/helpers/label.html", context)


def in_words(value: Any) -> str:
    """A value of the CRM, or one of its lists or records, in one line."""
    match value:
        case None | "":
            return "–"
        case bool():
            return "yes" if value else "no"
        case dict():
            return "; ".join(f"{name}: {in_words(each)}" for name, each in value.items())
        case list():
            return ", ".join(in_words(each) for each in value)
    return str(value)
