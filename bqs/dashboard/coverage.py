"""How many deals of some size were decided on before the CRM closed them."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from bqs.dashboard.decided import OUTCOMES
from bqs.dashboard.figure import Asked, Figure, Scope, percent
from opportunities import conditions
from opportunities.workflow import BidDecision


@dataclass(frozen=True)
class Coverage:
    closed: Figure
    decided: Figure
    bypassed: Figure

    @property
    def percent(self) -> Decimal | None:
        return percent(self.decided.count, self.closed.count)


def coverage(scope: Scope) -> list[Asked]:
    """Of those closed in the period; the old deals that the first load brought are left out."""
    period = scope.period
    closed = (
        conditions.CLOSED
        & ~conditions.SEEN_CLOSED
        & conditions.decision_wanted()
        & Q(status_entered_at__gte=period.begin, status_entered_at__lt=period.end)
    )
    here = {
        "tab": "closed",
        "seen_closed": "false",
        "decision_wanted": "true",
        **period.bounds("entered"),
    }
    is_open = Q(decision=BidDecision.NONE)
    return [
        Asked("closed", "Closed in CRM", closed, here),
        Asked("decided", "Decided before", closed & ~is_open, {**here, "decision": list(OUTCOMES)}),
        Asked(
            "bypassed", "Never decided", closed & is_open, {**here, "decision": BidDecision.NONE}
        ),
    ]
