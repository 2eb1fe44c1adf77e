"""How many opportunities are in each state, and what they are worth, by currency."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.utils.safestring import SafeString

from bqs.overview.amounts import Amount, amount
from bqs.overview.bars import share
from bqs.overview.scope import Figure, Scope
from opportunities.admin.marks import state_mark
from opportunities.figures import NO_CURRENCY
from opportunities.workflow import WorkflowStatus

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
    counts: dict[str, int] = defaultdict(int)
    sums: dict[str, list[tuple[int, str, Decimal]]] = defaultdict(list)
    by_status = scope.rows.values("workflow_status", "currency")
    for row in by_status.annotate(count=Count("pk"), value=Sum("deal_value")):
        counts[row["workflow_status"]] += row["count"]
        if row["value"]:
            sums[row["workflow_status"]].append(
                (row["count"], row["currency"] or NO_CURRENCY, row["value"])
            )
    most = max((counts[each] for each in WorkflowStatus), default=0)
    return {"lines": [_line(scope, each, counts, sums, most) for each in WorkflowStatus]}


def _line(
    scope: Scope,
    status: WorkflowStatus,
    counts: dict[str, int],
    sums: dict[str, list[tuple[int, str, Decimal]]],
    most: int,
) -> Line:
    here = {"workflow_status__exact": status.value}
    amounts = [
        amount(value, currency, scope.href(**here, currency=currency))
        for _, currency, value in sorted(sums[status], reverse=True)
    ]
    count = counts[status]
    return Line(state_mark(status), scope.figure(count, **here), share(count, most), amounts)
