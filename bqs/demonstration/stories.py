"""What happened to the demo's opportunities: told through the same services people use."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils.timezone import localdate

from assessments.conditions import condition_settle, conditions_of
from assessments.models import ConditionState
from assessments.reasons import NoBidReason, OverrideReason
from assessments.services import (
    assessment_return,
    bid_approve,
    bid_approve_with_conditions,
    bid_decline,
    conditions_met,
)
from bqs.demonstration.people import BID_MANAGER, LEAD, OTHER_SA, SA, THIRD_SA
from bqs.demonstration.scoring import FAIR, STRONG, WEAK, answer, submit
from bqs.demonstration.then import days_ago
from opportunities.models import Channel, Opportunity
from opportunities.services import (
    opportunity_assign,
    opportunity_comment,
    opportunity_hold,
    opportunity_quick_no_bid,
    opportunity_set_bid_due,
)

SCREEN: dict[str, Any] = {"channel": Channel.SCREEN}
CONDITIONS = (
    "A named delivery lead is confirmed by the practice.",
    "The liability cap is back at the contract value.",
)


class Storyteller:
    """Takes fresh opportunities one after another, and moves each along."""

    def __init__(self, deals: Iterator[Opportunity]) -> None:
        self.deals = deals
        names = (SA, OTHER_SA, THIRD_SA, LEAD, BID_MANAGER)
        self.people = {user.username: user for user in User.objects.filter(username__in=names)}
        self.manager = self.people[BID_MANAGER]

    def assigned(self, to: str, ago: float) -> Opportunity:
        deal = next(self.deals)
        with days_ago(ago):
            opportunity_assign(opportunity=deal.pk, to=self.people[to], by=self.manager, **SCREEN)
        return self._again(deal)

    def begun(self, to: str, ago: float, answers: int = 6) -> Opportunity:
        deal = self.assigned(to, ago)
        with days_ago(ago - 1):
            answer(deal, self.people[to], FAIR, only=answers)
        return self._again(deal)

    def submitted(self, to: str, ago: float, ratings: tuple[int, ...] = FAIR) -> Opportunity:
        """Submitted that long ago, assigned four days before."""
        deal = self.assigned(to, ago + 4)
        with days_ago(ago):
            submit(deal, self.people[to], ratings)
        return self._again(deal)

    def returned(self, to: str, ago: float) -> Opportunity:
        deal = self.submitted(to, ago + 2)
        with days_ago(ago):
            assessment_return(
                opportunity=deal.pk,
                by=self.manager,
                reason="The competition is judged from hearsay: ask the account lead.",
                review_comments={"COMP": "Who is the incumbent, and is the customer content?"},
                **SCREEN,
            )
        return self._again(deal)

    def approved(self, to: str, ago: float, ratings: tuple[int, ...] = STRONG) -> Opportunity:
        deal = self.submitted(to, ago + 1, ratings)
        why = {}
        if ratings != STRONG:
            why = {
                "reason_code": OverrideReason.STRATEGIC_ACCOUNT,
                "reason": "First deal with this customer; the board wants to be there.",
            }
        with days_ago(ago):
            bid_approve(opportunity=deal.pk, by=self.manager, **why, **SCREEN)
        return self._again(deal)

    def conditional(self, to: str, ago: float, due_in: int) -> Opportunity:
        deal = self.submitted(to, ago + 1)
        due_on, owner = localdate() + timedelta(days=due_in), self.people[to]
        with days_ago(ago):
            named = [{"text": text, "owner": owner, "due_on": due_on} for text in CONDITIONS]
            bid_approve_with_conditions(
                opportunity=deal.pk, by=self.manager, conditions=named, **SCREEN
            )
        return self._again(deal)

    def lifted(self, to: str, ago: float) -> Opportunity:
        """Conditions that were met."""
        deal = self.conditional(to, ago + 3, due_in=5)
        with days_ago(ago):
            for condition in conditions_of(deal):
                condition_settle(
                    condition=condition, state=ConditionState.MET, by=self.manager, **SCREEN
                )
            conditions_met(opportunity=deal.pk, by=self.manager, **SCREEN)
        return self._again(deal)

    def declined(self, to: str, ago: float) -> Opportunity:
        deal = self.submitted(to, ago + 1, WEAK)
        with days_ago(ago):
            bid_decline(
                opportunity=deal.pk,
                by=self.manager,
                reason_code=NoBidReason.WEAK_POSITION,
                reason="The incumbent wrote half of the requirements.",
                **SCREEN,
            )
        return self._again(deal)

    def waved_off(self, ago: float) -> Opportunity:
        deal = next(self.deals)
        with days_ago(ago):
            opportunity_quick_no_bid(
                opportunity=deal.pk,
                by=self.manager,
                reason_code=NoBidReason.NO_CAPACITY,
                reason="All our people of this field are with other customers until summer.",
                **SCREEN,
            )
        return self._again(deal)

    def held(self, to: str, ago: float, review_in: int) -> Opportunity:
        deal = self.begun(to, ago + 2)
        with days_ago(ago):
            review_on = localdate() + timedelta(days=review_in)
            opportunity_hold(
                opportunity=deal.pk,
                by=self.people[to],
                reason="The customer re-plans its budget.",
                review_on=review_on,
                **SCREEN,
            )
        return self._again(deal)

    def bid_due(self, deal: Opportunity, in_days: int) -> None:
        opportunity_set_bid_due(
            opportunity=deal.pk,
            by=self.manager,
            bid_due_on=localdate() + timedelta(days=in_days),
            **SCREEN,
        )

    def comment(self, deal: Opportunity, by: str, text: str) -> None:
        opportunity_comment(opportunity=deal.pk, by=self.people[by], text=text, **SCREEN)

    def _again(self, deal: Opportunity) -> Opportunity:
        return Opportunity.objects.get(pk=deal.pk)
