"""Collect the decision record, from which the page, the PDF and the API are made.

Everything in it was frozen at the submission or with the decision, and is written in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from assessments.drafts.answers import answers_of, knockout_answers_of
from assessments.drafts.authors import authors_in_words
from assessments.drafts.review_threads import threads_of
from assessments.drafts.template_document import Document
from assessments.drafts.versions import submitted_of
from assessments.models import Answer, Assessment, Condition, Decision, ReviewThread
from assessments.record.parts import (
    AnsweredCriterion,
    AnsweredGroup,
    AnsweredKnockout,
    AttachmentLine,
    ConditionLine,
    Decided,
    HistoryLine,
    Record,
    ReviewLine,
    Scored,
)
from assessments.record.words import (
    DASH,
    day,
    facts_in_words,
    moment,
    recorded_in_words,
    score_in_words,
)
from audit.sealing import head_of
from opportunities.lists.crm_snapshot import crm_facts
from opportunities.lists.presentation import person
from opportunities.models import Attachment, Opportunity

SEAL_SHOWN = 16
UNSEALED = "Not sealed yet (sealing runs every minute)"
CARRIED_OVER = "carried over unconfirmed"


def decision_record(opportunity: Opportunity, decision: Decision | None) -> Record:
    """Return the record of a decision, or of the version that waits for one."""
    assessment = decision.assessment if decision else submitted_of(opportunity)
    facts, at, synced_at = _frozen_facts(opportunity, decision, assessment)
    head = head_of(opportunity.remote_id)
    return Record(
        number=opportunity.opty_number or opportunity.remote_id,
        name=facts["name"],
        customer=facts["customer"] or DASH,
        facts=facts_in_words(facts),
        facts_as_of=moment(at),
        mirror=moment(synced_at) if synced_at else "no complete sync yet",
        decision=_decided(decision) if decision else None,
        scored=_scored(assessment) if assessment else None,
        conditions=[_condition(each) for each in _conditions(decision)],
        attachments=[_attachment(each) for each in _attachments(opportunity, decision)],
        review=[_review_line(each) for each in _threads(opportunity, assessment)],
        history=[_history_line(each) for each in decisions_of(opportunity)],
        printed=moment(timezone.now()),
        seal=f"Seal {head.chain_hash[:SEAL_SHOWN]}, {moment(head.sealed_at)}" if head else UNSEALED,
    )


def decisions_of(opportunity: Opportunity) -> list[Decision]:
    """Return its decisions that stand, with their people, the newest first."""
    people = ("decided_by", "first_approved_by", "assessment")
    return list(Decision.objects.standing(opportunity).select_related(*people))


def chosen_decision(decisions: list[Decision], wanted: str | None) -> Decision | None:
    """Return the decision with this id; without an id, the last one.

    Raises: Http404.
    """
    if wanted is None:
        return decisions[0] if decisions else None
    for decision in decisions:
        if str(decision.pk) == wanted:
            return decision
    raise Http404("This opportunity does not have that decision.")


def _frozen_facts(
    opportunity: Opportunity, decision: Decision | None, assessment: Assessment | None
) -> tuple[dict[str, Any], datetime, datetime | None]:
    if decision:
        return decision.crm_snapshot, decision.decided_at, decision.mirror_synced_at
    if assessment and assessment.crm_snapshot and assessment.submitted_at:
        return assessment.crm_snapshot, assessment.submitted_at, assessment.mirror_synced_at
    return crm_facts(opportunity), timezone.now(), None


def _decided(decision: Decision) -> Decided:
    return Decided(
        headline=decision.get_outcome_display(),
        action=decision.get_action_display(),
        by=person(decision.decided_by),
        at=moment(decision.decided_at),
        first_approved_by=person(decision.first_approved_by),
        computed=decision.get_recommendation_display() or DASH,
        is_override=decision.is_override,
        reason_code=decision.get_reason_code_display(),
        reason=decision.reason,
        is_unscored=decision.assessment_id is None,
    )


def _scored(assessment: Assessment) -> Scored:
    document: Document = assessment.content or {}
    return Scored(
        version=str(assessment.version_no),
        submitted=_submitted(assessment),
        template=f"{document['name']}, version {document['version']}",
        score=score_in_words(assessment),
        band=assessment.band.capitalize() or DASH,
        feedback=feedback_of(assessment, document),
        recommendation=assessment.get_recommendation_display() or DASH,
        caps=[cap["sentence"] for cap in assessment.caps],
        sa_recommendation=assessment.get_sa_recommendation_display() or DASH,
        sa_reason=assessment.sa_reason,
        confidence=assessment.get_confidence_display() or DASH,
        groups=list(answered_groups(assessment, document)),
        knockouts=list(answered_knockouts(assessment, document)),
        competitors=assessment.competitors,
        recorded=recorded_in_words(assessment),
        authors=authors_in_words(assessment),
    )


def feedback_of(assessment: Assessment, document: Document) -> str:
    """Return what the template says of the version's band, if it has one."""
    feedback: dict[str, str] = {band["code"]: band["feedback"] for band in document["bands"]}
    return feedback.get(assessment.band, "")


def _submitted(assessment: Assessment) -> str:
    by = person(assessment.submitted_by)
    if assessment.assessor_id and assessment.submitted_by_id != assessment.assessor_id:
        by = f"{by}, on behalf of {person(assessment.assessor)}"
    return f"{by}, {moment(assessment.submitted_at)}"


def answered_groups(assessment: Assessment, document: Document) -> Iterator[AnsweredGroup]:
    answers = answers_of(assessment)
    for group in document["groups"]:
        score = assessment.group_scores.get(group["code"])
        criteria = [_criterion(each, answers.get(each["code"])) for each in group["criteria"]]
        yield AnsweredGroup(
            group["code"], group["name"], DASH if score is None else str(score), criteria
        )


def _criterion(criterion: Document, row: Answer | None) -> AnsweredCriterion:
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
    name = person(row.author)
    if row.on_behalf_of:
        name = f"{name}, on behalf of {person(row.on_behalf_of)}"
    return f"{name}, {CARRIED_OVER}" if row.is_carried_over else name


def answered_knockouts(assessment: Assessment, document: Document) -> Iterator[AnsweredKnockout]:
    rows = knockout_answers_of(assessment)
    for number, knockout in enumerate(document["knockouts"], start=1):
        row = rows.get(knockout["code"])
        reply, comment = (row.value, row.comment) if row else (DASH, "")
        if row and row.is_carried_over:
            reply = f"{reply}, {CARRIED_OVER}"
        label = f"K{number} {knockout['code']}"
        yield AnsweredKnockout(label, knockout["text"], reply, comment)


def _conditions(decision: Decision | None) -> list[Condition]:
    """Return those of the same version: set by this decision or by the one it concludes."""
    if decision is None or decision.assessment_id is None:
        return []
    rows = Condition.objects.filter(decision__assessment=decision.assessment_id)
    return list(rows.select_related("owner", "settled_by"))


def _condition(condition: Condition) -> ConditionLine:
    state = condition.get_state_display()
    if condition.settled_at:
        state = f"{state}, {day(condition.settled_at)}, {person(condition.settled_by)}"
    if condition.reason:
        state = f"{state}: {condition.reason}"
    return ConditionLine(condition.text, person(condition.owner), day(condition.due_on), state)


def _attachments(opportunity: Opportunity, decision: Decision | None) -> list[Attachment]:
    at = decision.decided_at if decision else timezone.now()
    there = opportunity.attachments.filter(Q(removed_at=None) | Q(removed_at__gt=at))
    return list(there.filter(added_at__lte=at).select_related("added_by"))


def _attachment(attachment: Attachment) -> AttachmentLine:
    where = attachment.url or f"SHA-256 {attachment.sha256[:SEAL_SHOWN]}"
    by, at = person(attachment.added_by), moment(attachment.added_at)
    return AttachmentLine(attachment.name, where, by, at)


def _threads(opportunity: Opportunity, assessment: Assessment | None) -> list[ReviewThread]:
    """Return the review comments on this version and on those before it."""
    newest = assessment.version_no if assessment else 0
    return [each for each in threads_of(opportunity) if each.assessment.version_no <= newest]


def _review_line(thread: ReviewThread) -> ReviewLine:
    criterion = f"{thread.criterion.name}, version {thread.assessment.version_no}"
    messages = (thread, *thread.replies.all())
    said = [f"{person(each.author)}, {moment(each.at)}: {each.text}" for each in messages]
    state = thread.get_state_display()
    if thread.settled_at and thread.settled_by:
        state = f"{state}, {day(thread.settled_at)}, {person(thread.settled_by)}"
    return ReviewLine(criterion, "\n".join(said), state)


def _history_line(decision: Decision) -> HistoryLine:
    what = [decision.get_action_display()]
    if decision.assessment:
        what.append(f"version {decision.assessment.version_no}, {decision.assessment.score}")
    if decision.is_override:
        what.append("override")
    reason = ": ".join(filter(None, [decision.get_reason_code_display(), decision.reason]))
    at, by = moment(decision.decided_at), person(decision.decided_by)
    return HistoryLine(at, ", ".join(what), by, reason)
