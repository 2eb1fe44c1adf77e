"""Builders of templates, people and assessments; the template is the one BQS comes with."""

import importlib
import json
from datetime import date

from django.apps import apps

from assessments.drafts.drafts import save_answers
from assessments.drafts.template_document import write_document
from assessments.drafts.versions import draft_of, submitted_of
from assessments.models import AssessmentTemplate, TemplateStatus
from opportunities.access.roles import Role
from opportunities.domain.states import Action
from opportunities.models import Channel
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.workflow.transitions import apply_transition

STANDARD = importlib.import_module("assessments.migrations.0002_standard_template")
CODES = ["NEED", "FUND", "FIT", "CAP", "RISK", "ACCESS", "COMP", "PROOF", "STRAT", "COMM", "TERMS"]
KNOCKOUTS = ["ELIGIBLE", "TIME", "CONFLICT", "MANDATORY", "REDLINE"]
IN_2099 = date(2099, 1, 4)
SCREEN = {"channel": Channel.SCREEN}


def standard_document(**changes):
    return json.loads(STANDARD.STANDARD.read_text(encoding="utf-8")) | changes


def standard_template():
    """The active one; made anew where another test has emptied the tables."""
    STANDARD.make_standard_template(apps, None)
    return AssessmentTemplate.objects.get(code="standard", status=TemplateStatus.ACTIVE)


def draft_template(**changes):
    """Another template beside the standard one."""
    standard_template()
    content = standard_document(code="other", name="Other", **changes)
    return write_document(content, apps.get_model)


def architect(**details):
    return UserFactory(**{"roles": [Role.SA], "practices": ["Cloud"]} | details)


def lead(**details):
    return UserFactory(**{"roles": [Role.LEAD], "leads": ["Cloud"]} | details)


def bid_manager(**details):
    return UserFactory(**{"roles": [Role.BID_MANAGER]} | details)


def rated(rating, comment="A comment of some length"):
    return {"kind": "RATING", "rating": rating, "comment": comment}


def ratings(*given):
    """One for all criteria, or one for each."""
    each = given * len(CODES) if len(given) == 1 else given
    return {code: rated(rating) for code, rating in zip(CODES, each, strict=True)}


def replies(**changes):
    return {code: {"reply": changes.get(code, "YES")} for code in KNOCKOUTS}


def assigned(to=None, **details):
    """An opportunity of a practice whose SA has it; within a lead's limit."""
    standard_template()
    deal = OpportunityFactory(**{"deal_value": 100_000} | details)
    return apply_transition(
        deal, Action.ASSIGN, by=bid_manager(), params={"assignee": to or architect()}, **SCREEN
    )


def save(deal, by=None, version=None, **sent):
    """On the draft as it is, unless a version is given."""
    draft = draft_of(deal)
    seen = version if version is not None else draft.lock_version if draft else 0
    return save_answers(
        opportunity=deal, by=by or deal.assigned_sa, expected_version=seen, **sent, **SCREEN
    )


def complete(deal, answers=None, by=None, recommendation="CONDITIONAL", **recorded):
    """Everything a submission asks for: all 3 is a conditional bid."""
    recorded = {"sa_recommendation": recommendation, "confidence": "HIGH"} | recorded
    return save(deal, by, answers=answers or ratings(3), knockouts=replies(), recorded=recorded)


def in_assessment(**details):
    deal = assigned(**details)
    complete(deal)
    deal.refresh_from_db()
    return deal


def in_review(answers=None, recommendation="CONDITIONAL", **details):
    deal = assigned(**details)
    complete(deal, answers, recommendation=recommendation, sa_reason="Because we know better")
    return apply_transition(deal, Action.SUBMIT, by=deal.assigned_sa, **SCREEN)


def under_review(deal):
    return submitted_of(deal)
