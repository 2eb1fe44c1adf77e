"""Write money, shares, people and statuses for people."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AbstractUser, User
from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import number_format

from opportunities.domain.amounts import places_shown


def money(amount: Decimal | None, currency: str | None) -> str | None:
    """Write an amount in the deal's own currency; None stays unknown."""
    if amount is None:
        return None
    shown = number_format(amount, places_shown(amount, currency), force_grouping=True)
    return f"{currency or ''} {shown}".strip()


def percent(share: Decimal | None) -> str | None:
    if share is None:
        return None
    decimals = 0 if share == share.to_integral_value() else 2
    return f"{number_format(share, decimals, force_grouping=True)}%"


def at_home(moment: datetime) -> datetime:
    """Convert to the zone of the site; keep a moment that would leave the calendar."""
    try:
        return timezone.localtime(moment)
    except OverflowError:
        return moment


def person(user: AbstractUser | None) -> str:
    """Return the name by which a person is shown everywhere; blank for nobody."""
    return (user.get_full_name() or user.get_username()) if user else ""


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """Return people by id, as they are called now: what is kept of them elsewhere is the id."""
    wanted = set(ids)
    found = {user.pk: person(user) for user in User.objects.filter(pk__in=wanted)}
    return dict.fromkeys(wanted, "Someone whose account was deleted") | found


def badge(state: TextChoices, colours: Mapping[Any, str]) -> str:
    """Return the word on its colour, as safe HTML."""
    context = {"text": state.label, "type": colours[state]}
    return render_to_string("unfold/helpers/label.html", context)


def in_words(value: Any) -> str:
    """Write a value of the CRM, or one of its lists or records, in one line."""
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
