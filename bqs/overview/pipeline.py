"""How many opportunities are in each state, and what they are worth, by currency."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from bqs.dashboard import groups
from bqs.overview.amounts import Amount, amount
from bqs.overview.bars import share
from bqs.overview.scope import Figure, Scope
from opportunities.admin.marks import state_mark
from opportunities.figures import NO_CURRENCY

SHOWN = 5


@dataclass
class Line:
    state: SafeString
    figure: Figure
    bar: str
    amounts: list[Amount] = field(default_factory=list)
    """The currency of most opportunities first."""

    @property
    def first_amounts(self) -> list[Amount]:
        return self.amounts[:SHOWN]

    @property
    def more_amounts(self) -> list[Amount]:
        return self.amounts[SHOWN:]


def pipeline(scope: Scope) -> dict[str, Any]:
    """Amounts of one currency are added up, those of two never."""
    states = groups.pipeline(scope.groups)
    most = max(each.count for each in states)
    return {"lines": [_line(scope, each, most) for each in states]}


def _line(scope: Scope, state: groups.Valued, most: int) -> Line:
    amounts = [
        amount(each.value, each.currency or NO_CURRENCY, scope.linked(each).href)
        for each in state.amounts
        if each.value
    ]
    return Line(state_mark(state.name), scope.linked(state), share(state.count, most), amounts)
