"""Deals in any state, the people around them, and how to say what each action asks for."""

from datetime import date

from opportunities import effects, guards, rules
from opportunities.models import Channel, Opportunity
from opportunities.roles import Role
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.transitions import move
from opportunities.workflow import Guard, WorkflowStatus

FAR_OFF = date(2099, 1, 1)
PRACTICE = "Cloud"
WITH_AN_SA = set(WorkflowStatus) - {WorkflowStatus.NEW}


def use_only_our_rules(monkeypatch):
    """What other apps add has tests of its own there; guards that only they answer agree."""
    monkeypatch.setattr(rules, "guards", type(rules.guards)(list))
    monkeypatch.setattr(rules, "effects", type(rules.effects)(list))
    guards.register()
    effects.register()
    for guard in Guard:
        if not rules.guards[guard]:
            rules.register_guard(guard, lambda attempt: None)


def sa(**more):
    return UserFactory(roles=[Role.SA], practices=[PRACTICE], **more)


def lead(**more):
    return UserFactory(roles=[Role.LEAD], leads=[PRACTICE], **more)


def bid_manager(**more):
    return UserFactory(roles=[Role.BID_MANAGER], **more)


def deal(status=WorkflowStatus.NEW, **more) -> Opportunity:
    """As it would be in this state, given to an SA where the state has one."""
    if status in WITH_AN_SA:
        more.setdefault("assigned_sa", sa())
    if status == WorkflowStatus.ON_HOLD:
        more.setdefault("status_before_hold", WorkflowStatus.IN_ASSESSMENT)
    if status == WorkflowStatus.CLOSED_IN_CRM:
        more.setdefault("status_before_close", WorkflowStatus.IN_REVIEW)
    more.setdefault("deal_value", 100_000)
    return OpportunityFactory(workflow_status=status, practice=PRACTICE, **more)


def every_word() -> dict:
    """All that any action may ask for."""
    return {
        "reason": "Because.",
        "reason_code": "STRATEGY",
        "params": {"assignee": sa(), "review_on": FAR_OFF, "conditions": [{"text": "Price"}]},
    }


def moved(opportunity, action, by, words=None, **more) -> Opportunity:
    """Who tries often says the same `words`, made once."""
    said = {**(words or every_word()), **more}
    return move(opportunity, action, by=by, channel=Channel.SCREEN, **said)


def state_of(opportunity) -> str:
    return Opportunity.objects.values_list("workflow_status", flat=True).get(pk=opportunity.pk)
