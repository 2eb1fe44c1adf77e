"""Opportunities in every state, of every age and outcome, for the figures to count."""

from datetime import timedelta
from itertools import count, cycle

from django.utils import timezone

from assessments.models import Assessment, Decision
from assessments.tests.factories import standard_template
from opportunities.domain.states import Action, BidDecision, WorkflowStatus
from opportunities.models import Opportunity
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.workflow.scores import set_deciding, set_score

S = WorkflowStatus
DECISION_OF = {
    S.APPROVED: BidDecision.BID,
    S.CONDITIONAL: BidDecision.CONDITIONAL,
    S.NO_BID: BidDecision.NO_BID,
}
AGES_IN_DAYS = (0, 2, 3, 4, 7, 8, 13, 15, 30)
BANDS = {"HIGH": 80, "MIDDLE": 60, "LOW": 20}


def deals_of_every_kind(*sas, times: int = 1) -> list[Opportunity]:
    """For each state one of each age; practices, currencies, SAs and clocks take turns."""
    practice, currency = cycle(("Cloud", "Data", "Cloud")), cycle(("EUR", "USD", None, "EUR"))
    whose, now = cycle((*sas, sas[0])), timezone.now()
    made = []
    for _ in range(times):
        for status in WorkflowStatus:
            for days in AGES_IN_DAYS:
                deal = OpportunityFactory.build(
                    workflow_status=status,
                    practice=next(practice),
                    currency=next(currency),
                    assigned_sa=None if status == S.NEW else next(whose),
                    status_entered_at=now - timedelta(days=days),
                    due_at=now + timedelta(days=5 - days),
                    due_soon_at=now + timedelta(days=3 - days),
                    hold_review_on=(now + timedelta(days=3 - days)).date(),
                    bid_due_on=(now + timedelta(days=days)).date() if days % 2 else None,
                    is_reopened=days == 4,
                    needs_requalification=days == 7,
                    removed_in_crm_at=now if days == 8 else None,
                    status_before_close=S.IN_REVIEW if status == S.CLOSED_IN_CRM else "",
                )
                made.append(deal)
    return Opportunity.objects.bulk_create(made)


def decisions(deals: list[Opportunity]) -> None:
    """One for each decided deal, over the months, with bands, overrides and outcomes."""
    decider, template, number = UserFactory(), standard_template(), count(1)
    bands, outcomes = cycle(BANDS), cycle(("WON", "LOST", "OPEN"))
    for place, deal in enumerate(each for each in deals if each.workflow_status in DECISION_OF):
        is_unscored, band = place % 5 == 4, next(bands)
        deal.decision = DECISION_OF[deal.workflow_status]
        deal.decided_at = timezone.now() - timedelta(days=20 * (place % 7))
        deal.crm_outcome, deal.is_unscored_decision = next(outcomes), is_unscored
        version = None if is_unscored else Assessment.objects.create(
            opportunity=deal, template=template, version_no=next(number), band=band,
            score=BANDS[band], status="DECIDED",
        )  # fmt: skip
        if version:
            set_score(deal, version)
        set_deciding(deal, version, "", is_override=place % 3 == 0)
        deal.save()
        Decision.objects.create(
            opportunity=deal,
            assessment=version,
            action=Action.APPROVE,
            outcome=deal.decision,
            is_override=place % 3 == 0,
            decided_by=decider,
            decided_at=deal.decided_at,
            crm_snapshot={},
        )
