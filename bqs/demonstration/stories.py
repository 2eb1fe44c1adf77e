"""Move the demo's opportunities through the same services as people do, days ago."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.timezone import localdate

from assessments.decisions.conditions import condition_settle, conditions_of
from assessments.models import ConditionState
from assessments.models.reasons import NoBidReason, OverrideReason
from bqs.demonstration.people import BID_MANAGER, LEAD, OTHER_SA, SA, THIRD_SA
from bqs.demonstration.scoring import FAIR, STRONG, WEAK, answer
from opportunities.domain.states import Action
from opportunities.models import Channel, Opportunity
from opportunities.workflow.services import opportunity_comment, opportunity_edit
from opportunities.workflow.transitions import apply_transition

SCREEN: dict[str, Any] = {"channel": Channel.SCREEN}
CONDITIONS = (
    "A named delivery lead is confirmed by the practice.",
    "The liability cap is back at the contract value.",
)


class OutOfDeals(Exception):
    """An end of the simulator's opportunities before the last story."""


class Storyteller:
    """Take fresh opportunities one after another, and move each along."""

    def __init__(self, deals: Iterator[Opportunity]) -> None:
        self.deals = deals
        names = (SA, OTHER_SA, THIRD_SA, LEAD, BID_MANAGER)
        self.people = {user.username: user for user in User.objects.filter(username__in=names)}
        self.manager = self.people[BID_MANAGER]

    def fresh(self) -> Opportunity:
        """Return the next one. Raises: OutOfDeals."""
        for deal in self.deals:
            return deal
        raise OutOfDeals

    def assigned(self, to: str, ago: float) -> Opportunity:
        return self._move(self.fresh(), Action.ASSIGN, ago, params={"assignee": self.people[to]})

    def begun(self, to: str, ago: float, answers: int = 6) -> Opportunity:
        deal = self.assigned(to, ago)
        answer(deal, self.people[to], FAIR, days_ago(ago - 1), only=answers)
        deal.refresh_from_db()
        return deal

    def submitted(self, to: str, ago: float, ratings: tuple[int, ...] = FAIR) -> Opportunity:
        """Assign it four days before it is submitted, and begin it the day after."""
        deal, sa = self.assigned(to, ago + 4), self.people[to]
        answer(deal, sa, ratings, days_ago(ago + 3), only=2)
        answer(deal, sa, ratings, days_ago(ago))
        return self._move(deal, Action.SUBMIT, ago, by=sa)

    def returned(self, to: str, ago: float) -> Opportunity:
        return self._move(
            self.submitted(to, ago + 2),
            Action.RETURN,
            ago,
            reason="The competition is judged from hearsay: ask the account lead.",
            params={"review_comments": {"COMP": "Who is the incumbent? Is the customer content?"}},
        )

    def approved(self, to: str, ago: float, ratings: tuple[int, ...] = STRONG) -> Opportunity:
        deal = self.submitted(to, ago + 1, ratings)
        if ratings == STRONG:
            return self._move(deal, Action.APPROVE, ago)
        return self._move(
            deal,
            Action.APPROVE,
            ago,
            reason_code=OverrideReason.STRATEGIC_ACCOUNT,
            reason="First deal with this customer; the board wants to be there.",
        )

    def conditional(self, to: str, ago: float, due_in: int) -> Opportunity:
        named = {"owner": self.people[to], "due_on": localdate() + timedelta(days=due_in)}
        return self._move(
            self.submitted(to, ago + 1),
            Action.APPROVE_WITH_CONDITIONS,
            ago,
            params={"conditions": [{"text": text, **named} for text in CONDITIONS]},
        )

    def lifted(self, to: str, ago: float) -> Opportunity:
        """Conclude a conditional bid whose conditions were met."""
        deal = self.conditional(to, ago + 3, due_in=5)
        met: dict[str, Any] = {"state": ConditionState.MET, "by": self.manager}
        for condition in conditions_of(deal):
            condition_settle(condition=condition, at=days_ago(ago), **met, **SCREEN)
        return self._move(deal, Action.CONDITIONS_MET, ago)

    def declined(self, to: str, ago: float) -> Opportunity:
        return self._move(
            self.submitted(to, ago + 1, WEAK),
            Action.DECIDE_NO_BID,
            ago,
            reason_code=NoBidReason.WEAK_POSITION,
            reason="The incumbent wrote half of the requirements.",
        )

    def waved_off(self, ago: float) -> Opportunity:
        return self._move(
            self.fresh(),
            Action.QUICK_NO_BID,
            ago,
            reason_code=NoBidReason.NO_CAPACITY,
            reason="All our people of this field are with other customers until summer.",
        )

    def held(self, to: str, ago: float, review_in: int) -> Opportunity:
        return self._move(
            self.begun(to, ago + 2),
            Action.HOLD,
            ago,
            by=self.people[to],
            reason="The customer re-plans its budget.",
            params={"review_on": localdate() + timedelta(days=review_in)},
        )

    def bid_due(self, deal: Opportunity, in_days: int) -> None:
        values = {"bid_due_on": localdate() + timedelta(days=in_days)}
        opportunity_edit(opportunity=deal.pk, by=self.manager, values=values, **SCREEN)

    def comment(self, deal: Opportunity, by: str, text: str) -> None:
        opportunity_comment(opportunity=deal.pk, by=self.people[by], text=text, **SCREEN)

    def _move(
        self, deal: Opportunity, action: Action, ago: float, by: User | None = None, **inputs: Any
    ) -> Opportunity:
        at = days_ago(ago)
        return apply_transition(deal, action, by=by or self.manager, at=at, **inputs, **SCREEN)


def days_ago(days: float) -> datetime:
    return timezone.now() - timedelta(days=days)
