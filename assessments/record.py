"""The decision record: one context, from which the page and the PDF are made.

Everything in it is what was frozen at the submission or with the decision, in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from assessments.content import Content
from assessments.given import answers_of, knockout_answers_of
from assessments.models import Answer, Assessment, AssessmentStatus, Condition, Decision
from assessments.record_words import (
    DASH,
    day,
    facts_in_words,
    moment,
    name_of,
    recorded_in_words,
    score_in_words,
)
from assessments.rules import Recommendation
from opportunities.facts import crm_facts
from opportunities.models import Opportunity

CARRIED_OVER = "carried over unconfirmed"
Row = tuple[str, str]
"""A label and what stands beside it."""


@dataclass(frozen=True)
class AnsweredCriterion:
    code: str
    name: str
    weight: int
    is_gate: bool
    answer: str
    anchor: str
    """What the template says this rating means."""
    comment: str
    author: str


@dataclass(frozen=True)
class AnsweredGroup:
    code: str
    name: str
    score: str
    criteria: list[AnsweredCriterion]


@dataclass(frozen=True)
class AnsweredKnockout:
    label: str
    text: str
    reply: str
    comment: str


@dataclass(frozen=True)
class Scored:
    """The version that was submitted."""

    version: str
    submitted: str
    template: str
    score: str
    band: str
    feedback: str
    recommendation: str
    caps: list[str]
    sa_recommendation: str
    sa_reason: str
    confidence: str
    groups: list[AnsweredGroup]
    knockouts: list[AnsweredKnockout]
    competitors: list[Mapping[str, str]]
    recorded: list[Row]


@dataclass(frozen=True)
class Decided:
    headline: str
    action: str
    by: str
    at: str
    first_approved_by: str
    computed: str
    is_override: bool
    reason_code: str
    reason: str
    is_unscored: bool


@dataclass(frozen=True)
class ConditionLine:
    text: str
    owner: str
    due: str
    state: str


@dataclass(frozen=True)
class HistoryLine:
    at: str
    what: str
    by: str
    reason: str


@dataclass(frozen=True)
class Record:
    number: str
    name: str
    customer: str
    facts: list[Row]
    facts_as_of: str
    mirror: str
    """How old the synced data was."""
    decision: Decided | None
    scored: Scored | None
    conditions: list[ConditionLine]
    history: list[HistoryLine]
    printed: str


def decision_record(opportunity: Opportunity, decision: Decision | None) -> Record:
    """Of this decision, or where there is none of what waits for one."""
    assessment = decision.assessment if decision else _awaiting(opportunity)
    facts, at, synced_at = _frozen_facts(opportunity, decision, assessment)
    return Record(
        number=opportunity.opty_number or opportunity.remote_id,
        name=facts["name"],
        customer=facts["customer"] or DASH,
        facts=facts_in_words(facts),
        facts_as_of=moment(at),
        mirror=moment(synced_at) if synced_at else "no complete sync was known",
        decision=_decided(decision) if decision else None,
        scored=_scored(assessment) if assessment else None,
        conditions=[_condition(each) for each in _conditions(decision)],
        history=[_history_line(each) for each in decisions_of(opportunity)],
        printed=moment(timezone.now()),
    )


def decisions_of(opportunity: Opportunity) -> list[Decision]:
    """Every one that was ever made, the newest first."""
    people = ("decided_by", "first_approved_by", "assessment")
    return list(Decision.objects.filter(opportunity=opportunity).select_related(*people))


def _awaiting(opportunity: Opportunity) -> Assessment | None:
    return opportunity.assessments.filter(status=AssessmentStatus.SUBMITTED).first()


def _frozen_facts(
    opportunity: Opportunity, decision: Decision | None, assessment: Assessment | None
) -> tuple[dict[str, Any], datetime, datetime | None]:
    if decision:
        return decision.crm_snapshot, decision.decided_at, decision.mirror_synced_at
    if assessment and assessment.crm_snapshot and assessment.submitted_at:
        return assessment.crm_snapshot, assessment.submitted_at, assessment.mirror_synced_at
    return crm_facts(opportunity), timezone.now(), None


def _decided(decision: Decision) -> Decided:
    computed = decision.recommendation
    return Decided(
        headline=Recommendation(decision.outcome).label,
        action=decision.get_action_display(),
        by=name_of(decision.decided_by),
        at=moment(decision.decided_at),
        first_approved_by=name_of(decision.first_approved_by),
        computed=Recommendation(computed).label if computed else DASH,
        is_override=decision.is_override,
        reason_code=decision.get_reason_code_display(),
        reason=decision.reason,
        is_unscored=decision.assessment_id is None,
    )


def _scored(assessment: Assessment) -> Scored:
    content: Content = assessment.content or {}
    bands = {band["code"]: band for band in content["bands"]}
    recommendation = assessment.recommendation
    return Scored(
        version=str(assessment.version_no),
        submitted=_submitted(assessment),
        template=f"{content['name']}, version {content['version']}",
        score=score_in_words(assessment),
        band=assessment.band.capitalize() or DASH,
        feedback=bands.get(assessment.band, {}).get("feedback", ""),
        recommendation=Recommendation(recommendation).label if recommendation else DASH,
        caps=[cap["sentence"] for cap in assessment.caps],
        sa_recommendation=assessment.get_sa_recommendation_display() or DASH,
        sa_reason=assessment.sa_reason,
        confidence=assessment.get_confidence_display() or DASH,
        groups=list(answered_groups(assessment, content)),
        knockouts=list(answered_knockouts(assessment, content)),
        competitors=assessment.competitors,
        recorded=recorded_in_words(assessment),
    )


def _submitted(assessment: Assessment) -> str:
    by = name_of(assessment.submitted_by)
    if assessment.assessor_id and assessment.submitted_by_id != assessment.assessor_id:
        by = f"{by}, on behalf of {name_of(assessment.assessor)}"
    return f"{by}, {moment(assessment.submitted_at)}"


def answered_groups(assessment: Assessment, content: Content) -> Iterator[AnsweredGroup]:
    answers = answers_of(assessment)
    for group in content["groups"]:
        score = assessment.group_scores.get(group["code"])
        criteria = [_criterion(each, answers.get(each["code"])) for each in group["criteria"]]
        yield AnsweredGroup(group["code"], group["name"], score or DASH, criteria)


def _criterion(criterion: Content, row: Answer | None) -> AnsweredCriterion:
    rating = str(row.rating) if row else ""
    return AnsweredCriterion(
        code=criterion["code"],
        name=criterion["name"],
        weight=criterion["weight"],
        is_gate=criterion["is_gate"],
        answer=row.value if row else DASH,
        anchor=criterion["anchors"].get(rating, ""),
        comment=row.comment if row else "",
        author=_author(row) if row else "",
    )


def _author(row: Answer) -> str:
    name = name_of(row.author)
    return f"{name}, {CARRIED_OVER}" if row.is_carried_over else name


def answered_knockouts(assessment: Assessment, content: Content) -> Iterator[AnsweredKnockout]:
    rows = knockout_answers_of(assessment)
    for number, knockout in enumerate(content["knockouts"], start=1):
        row = rows.get(knockout["code"])
        reply, comment = (row.value, row.comment) if row else (DASH, "")
        if row and row.is_carried_over:
            reply = f"{reply}, {CARRIED_OVER}"
        label = f"K{number} {knockout['code']}"
        yield AnsweredKnockout(label, knockout["text"], reply, comment)


def _conditions(decision: Decision | None) -> list[Condition]:
    """Those set for the same version: by this decision, or by the one it concludes."""
    if decision is None or decision.assessment_id is None:
        return []
    rows = Condition.objects.filter(decision__assessment=decision.assessment_id)
    return list(rows.select_related("owner", "settled_by"))


def _condition(condition: Condition) -> ConditionLine:
    state = condition.get_state_display()
    if condition.settled_at:
        state = f"{state}, {day(condition.settled_at)}, {name_of(condition.settled_by)}"
    if condition.reason:
        state = f"{state}: {condition.reason}"
    return ConditionLine(condition.text, name_of(condition.owner), day(condition.due_on), state)


def _history_line(decision: Decision) -> HistoryLine:
    what = [decision.get_action_display()]
    if decision.assessment:
        what.append(f"version {decision.assessment.version_no}, {decision.assessment.score}")
    if decision.is_override:
        what.append("override")
    reason = ": ".join(filter(None, [decision.get_reason_code_display(), decision.reason]))
    at, by = moment(decision.decided_at), name_of(decision.decided_by)
    return HistoryLine(at, ", ".join(what), by, reason)
