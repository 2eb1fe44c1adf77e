"""Which changes in the CRM put a scoring or a decision in question. Pure but for settings."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings

WATCHED = ("deal_value", "currency", "close_date", "stage", "customer")


def material_changes(
    facts: Mapping[str, Any], now: Mapping[str, Any]
) -> Iterator[tuple[str, Any, Any]]:
    """Yield (field, old, new) for each watched fact that has moved too far.

    Args:
        facts: what the scoring stands on; as stored in JSON, or as the model has it.
        now: what the CRM says now, as the model has it.
    """
    tests = {
        "deal_value": _is_another_value,
        "close_date": _is_another_time,
        "stage": _is_a_step_back,
        "currency": _is_different,
        "customer": _is_different,
    }
    for name in WATCHED:
        old, new = facts.get(name), now[name]
        if tests[name](old, new):
            yield name, old, new


def as_told(changes: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Any, Any]]:
    """{field, old, new} each, as an event has them."""
    return {each["field"]: (each["old"], each["new"]) for each in changes}


def _is_another_value(old: Any, new: Any) -> bool:
    if old is None or new is None:
        return old is not new
    before, after = Decimal(str(old)), Decimal(str(new))
    least = abs(before) * Decimal(str(settings.MATERIAL_VALUE_PERCENT)) / 100
    return before != after and abs(after - before) >= least


def _is_another_time(old: Any, new: Any) -> bool:
    if old is None or new is None:
        return old is not new
    before = date.fromisoformat(old) if isinstance(old, str) else old
    return bool(abs((new - before).days) >= settings.MATERIAL_CLOSE_DATE_DAYS)


def _is_a_step_back(old: Any, new: Any) -> bool:
    before, after = _step(old), _step(new)
    return before is not None and after is not None and after < before


def _step(stage: str | None) -> int | None:
    """By the order in SALES_STAGES, or else by the number the stage begins with."""
    if stage in settings.SALES_STAGES:
        return settings.SALES_STAGES.index(stage)
    number = re.match(r"\s*(\d+)", stage or "")
    return int(number[1]) if number and not settings.SALES_STAGES else None


def _is_different(old: Any, new: Any) -> bool:
    return bool(old != new)
