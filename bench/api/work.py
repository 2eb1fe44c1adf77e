"""What people would have made of a mirror: SAs, assessments, decisions, a reader's token."""

import sys
from datetime import timedelta
from itertools import cycle
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import Group, User  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.tokens.tokens import issue_token  # noqa: E402
from assessments.models import (  # noqa: E402
    Answer,
    Assessment,
    AssessmentTemplate,
    Criterion,
    Decision,
)
from opportunities.access.roles import Role  # noqa: E402
from opportunities.domain.states import Action, BidDecision, WorkflowStatus  # noqa: E402
from opportunities.models import LastLook, Opportunity, OpportunityEvent  # noqa: E402
from opportunities.workflow.scores import set_deciding, set_score  # noqa: E402

S = WorkflowStatus
SAS, READER = 20, "reader"
ONE_IN = 40
STATES = (S.ASSIGNED, S.IN_ASSESSMENT, S.IN_REVIEW, S.APPROVED, S.NO_BID, S.CONDITIONAL)
DECISIONS = {
    S.APPROVED: BidDecision.BID,
    S.NO_BID: BidDecision.NO_BID,
    S.CONDITIONAL: BidDecision.CONDITIONAL,
}
BANDS = ("HIGH", "MIDDLE", "LOW")


def fill() -> None:
    sas = _people()
    rows = list(Opportunity.objects.order_by("pk")[::ONE_IN])
    for row, state, sa in zip(rows, cycle(STATES), cycle(sas), strict=False):
        _move(row, state, sa)
    Opportunity.objects.bulk_update(rows, [*Opportunity.TRANSITION_FIELDS], batch_size=500)
    _assess([row for row in rows if row.submitted_at])
    _look_and_tell(rows)


def _people() -> list[User]:
    """The SAs; a viewer beside them reads."""
    sas = User.objects.bulk_create(User(username=f"sa{number}") for number in range(SAS))
    reader = User.objects.create(username=READER)
    reader.groups.add(Group.objects.get(name=Role.VIEWER))
    for sa in sas:
        sa.groups.add(Group.objects.get(name=Role.SA))
    return sas


def _move(row: Opportunity, state: WorkflowStatus, sa: User) -> None:
    row.workflow_status, row.assigned_sa = state, sa
    row.assigned_at = timezone.now() - timedelta(days=row.pk % 90 + 10)
    if state != S.ASSIGNED:
        row.first_assessment_at = row.assigned_at + timedelta(days=row.pk % 4)
    if state in (S.IN_REVIEW, *DECISIONS):
        row.submitted_at = row.assigned_at + timedelta(days=5)
    if state in DECISIONS:
        row.decision, row.decided_at = DECISIONS[state], row.assigned_at + timedelta(days=7)


def _look_and_tell(rows: list[Any]) -> None:
    """What each SA saw of their deals, and what happened to these before and since."""
    looks = [
        LastLook(user=row.assigned_sa, opportunity=row, at=row.assigned_at + timedelta(days=6))
        for row in rows
    ]
    LastLook.objects.bulk_create(looks, batch_size=2000)
    moments = {
        Action.ASSIGN: "assigned_at",
        Action.START: "first_assessment_at",
        Action.SUBMIT: "submitted_at",
        Action.APPROVE: "decided_at",
    }
    events = (
        OpportunityEvent(
            opportunity=row,
            at=getattr(row, column),
            actor=row.assigned_sa,
            action=action,
            from_status=S.NEW,
            to_status=row.workflow_status,
            channel="SCREEN",
        )
        for row in rows
        for action, column in moments.items()
        if getattr(row, column)
    )
    OpportunityEvent.objects.bulk_create(events, batch_size=2000)


def _assess(rows: list[Opportunity]) -> None:
    template = AssessmentTemplate.objects.get(code="standard")
    versions = [
        Assessment(
            opportunity=row,
            template=template,
            version_no=1,
            status="DRAFT",
            score=40 + row.pk % 60,
            best_case=100,
            band=BANDS[row.pk % 3],
            recommendation="CONDITIONAL",
        )
        for row in rows
    ]
    Assessment.objects.bulk_create(versions, batch_size=500)
    _answer(template, versions)
    # Only now: what is submitted takes no answer any more.
    for version in versions:
        version.status, version.submitted_at = "DECIDED", version.opportunity.submitted_at
    Assessment.objects.bulk_update(versions, ["status", "submitted_at"], batch_size=500)
    decided = [_decision(version) for version in versions if version.opportunity.decided_at]
    Decision.objects.bulk_create(decided, batch_size=500)
    for version in versions:
        set_score(version.opportunity, version)
    for each in decided:
        set_deciding(
            each.opportunity, each.assessment, each.reason_code, is_override=each.is_override
        )
    Opportunity.objects.bulk_update(rows, Opportunity.SCORE_FIELDS, batch_size=500)


def _answer(template: AssessmentTemplate, versions: list[Any]) -> None:
    criteria = list(Criterion.objects.filter(group__template=template))
    answers: Any = (
        Answer(
            assessment=version,
            criterion=criterion,
            kind="RATING",
            rating=(version.opportunity_id + place) % 6,
            author=version.opportunity.assigned_sa,
            answered_at=version.opportunity.submitted_at,
        )
        for version in versions
        for place, criterion in enumerate(criteria)
    )
    Answer.objects.bulk_create(answers, batch_size=2000)


def _decision(version: Assessment) -> Decision:
    row: Any = version.opportunity
    return Decision(
        opportunity=row,
        assessment=version,
        action=Action.APPROVE,
        outcome=row.decision,
        is_override=row.pk % 7 == 0,
        reason_code="NO_TIME" if row.decision == BidDecision.NO_BID else "",
        decided_by=row.assigned_sa,
        decided_at=row.decided_at,
        crm_snapshot={},
    )


def session() -> str:
    """The cookie of an SA who has signed in."""
    browser = Client()
    # The first backend only counts failures, and knows nobody.
    browser.force_login(User.objects.get(username="sa0"), settings.AUTHENTICATION_BACKENDS[-1])
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        fill()
    elif sys.argv[1] == "session":
        print(session())
    else:
        name = sys.argv[2] if len(sys.argv) > 2 else READER
        print(issue_token(User.objects.get(username=name), "Benchmark")[1])
