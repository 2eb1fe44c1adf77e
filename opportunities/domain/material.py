"""Tell material changes in the CRM from small ones. Pure but for the policy."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from opportunities.domain.composed_text import composed
from opportunities.domain.fields import BY_NAME, Kind, Use, names_for
from opportunities.domain.policy import policy

WATCHED = names_for(Use.MATERIAL)


def material_changes(
    facts: Mapping[str, Any], now: Mapping[str, Any]
) -> Iterator[tuple[str, Any, Any]]:
    """Yield (field, old, new) for each watched fact that has moved too far.

    Args:
        facts: the values at submission, from JSON or from the model.
        now: the values now, from the model.
    """
    for name in WATCHED:
        old, new = facts.get(name), now[name]
        if _test_of(name)(old, new):
            yield name, old, new


def _test_of(name: str) -> Callable[[Any, Any], bool]:
    if name == "stage":
        return _is_a_step_back
    by_kind = {Kind.AMOUNT: _is_another_value, Kind.DATE: _is_another_time}
    return by_kind.get(BY_NAME[name].kind, _is_different)


def as_pairs(changes: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Any, Any]]:
    """Return field -> (old, new), as events store them, of {field, old, new} each."""
    return {each["field"]: (each["old"], each["new"]) for each in changes}


def _is_another_value(old: Any, new: Any) -> bool:
    if old is None or new is None:
        return old is not new
    before, after = Decimal(str(old)), Decimal(str(new))
    least = abs(before) * Decimal(str(policy.MATERIAL_VALUE_PERCENT)) / 100
    return before != after and abs(after - before) >= least


def _is_another_time(old: Any, new: Any) -> bool:
    if old is None or new is None:
        return old is not new
    before = date.fromisoformat(old) if isinstance(old, str) else old
    return bool(abs((new - before).days) >= policy.MATERIAL_CLOSE_DATE_DAYS)


def _is_a_step_back(old: Any, new: Any) -> bool:
    before, after = _step(composed(old or "")), _step(composed(new or ""))
    return before is not None and after is not None and after < before


def _step(stage: str) -> int | None:
    """Return its place in SALES_STAGES, or else the number that the stage begins with."""
    in_order: list[str] = policy.SALES_STAGES
    if stage in in_order:
        return in_order.index(stage)
    number = re.match(r"\s*(\d+)", stage)
    return int(number[1]) if number and not in_order else None


def _is_different(old: str | None, new: str | None) -> bool:
    """Compare composed: older facts may hold the same letters in another form."""
    return composed(old or "") != composed(new or "")
