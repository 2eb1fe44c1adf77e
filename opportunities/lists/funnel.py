"""Define the funnel: each step means that all before it were done as well."""

from dataclasses import dataclass

from django.db.models import Q

from opportunities.domain.crm_status import CrmOutcome
from opportunities.domain.states import BidDecision
from opportunities.models import conditions


@dataclass(frozen=True)
class Step:
    name: str
    label: str
    condition: Q
    moment: str | None
    """The column that says when; None where it is no action of ours."""


def _steps(*steps: tuple[str, str, Q, str | None]) -> tuple[Step, ...]:
    told, so_far = [], Q()
    for name, label, condition, moment in steps:
        so_far &= condition
        told.append(Step(name, label, so_far, moment))
    return tuple(told)


STEPS = _steps(
    ("seen", "Seen open", ~conditions.SEEN_CLOSED, "first_seen_at"),
    ("assigned", "Assigned", Q(assigned_at__isnull=False), "assigned_at"),
    ("started", "First answer", Q(first_assessment_at__isnull=False), "first_assessment_at"),
    ("submitted", "Submitted", Q(submitted_at__isnull=False), "submitted_at"),
    ("decided", "Decided", Q(decided_at__isnull=False), "decided_at"),
    ("bid", "Bid", Q(decision=BidDecision.BID), None),
    ("won", "Won", Q(crm_outcome=CrmOutcome.WON), None),
)
