"""The versions of an opportunity's assessment: which there are, and how the next one begins."""

from typing import Any

from django.db.models import Max

from assessments.models import (
    DRAFTS,
    Answer,
    Assessment,
    AssessmentStatus,
    AssessmentTemplate,
    Criterion,
    Knockout,
    KnockoutAnswer,
)
from assessments.rules import AnswerKind
from assessments.templates import template_for
from opportunities.models import Opportunity
from opportunities.refusals import GuardFailed
from opportunities.workflow import Guard

NO_TEMPLATE = "No assessment template is active: an administrator has to activate one."


def draft_of(opportunity: Opportunity) -> Assessment | None:
    return opportunity.assessments.filter(status__in=DRAFTS).first()


def submitted_of(opportunity: Opportunity) -> Assessment | None:
    """The version that waits for a decision."""
    return opportunity.assessments.filter(status=AssessmentStatus.SUBMITTED).first()


def draft_again(
    opportunity: Opportunity, status: AssessmentStatus = AssessmentStatus.DRAFT
) -> Assessment:
    """Supersede the submitted version, if there is one, and go on with a copy of it."""
    submitted = submitted_of(opportunity)
    if submitted is None:
        return next_draft(opportunity)
    _set_status(submitted, AssessmentStatus.SUPERSEDED)
    return _copy(submitted, opportunity, submitted.template, status)


def next_draft(opportunity: Opportunity) -> Assessment:
    """The next version by the template that is active now, from what the last one knew.

    Raises: GuardFailed, where no template is active.
    """
    template = template_for(opportunity.practice)
    if template is None:
        raise GuardFailed(Guard.TEMPLATE, NO_TEMPLATE)
    latest = opportunity.assessments.first()
    if latest is None:
        return _make(opportunity, template)
    return _copy(latest, opportunity, template, AssessmentStatus.DRAFT, carries_over=True)


def abandon(draft: Assessment) -> None:
    _set_status(draft, AssessmentStatus.ABANDONED)


def _copy(
    former: Assessment,
    opportunity: Opportunity,
    template: AssessmentTemplate,
    status: AssessmentStatus,
    *,
    carries_over: bool = False,
) -> Assessment:
    """Args:
    carries_over: it is qualified anew, so that each answer asks to be confirmed.
    """
    recorded = {name: getattr(former, name) for name in Assessment.RECORDED_FIELDS}
    draft = _make(opportunity, template, status=status, copied_from=former, **recorded)
    _copy_answers(former, draft)
    _copy_knockout_answers(former, draft)
    if carries_over:
        draft.answers.update(is_carried_over=True)
        draft.knockout_answers.update(is_carried_over=True)
    return draft


def _make(opportunity: Opportunity, template: AssessmentTemplate, **fields: Any) -> Assessment:
    newest = opportunity.assessments.aggregate(
        version=Max("version_no", default=0), lock=Max("lock_version", default=-1)
    )
    return Assessment.objects.create(
        opportunity=opportunity,
        template=template,
        version_no=newest["version"] + 1,
        # Goes on counting, so that a window left open on an older version is told.
        lock_version=newest["lock"] + 1,
        assessor_id=opportunity.assigned_sa_id,
        **fields,
    )


def _copy_answers(former: Assessment, draft: Assessment) -> None:
    """What the template of the draft still asks, and takes: a gate is never Not applicable."""
    criteria = Criterion.objects.filter(group__template=draft.template)
    asked = {each.code: each for each in criteria}
    rows = former.answers.select_related("criterion")
    kept = [row for row in rows if _is_taken(row, asked.get(row.criterion.code))]
    Answer.objects.bulk_create(
        _copied(row, draft, criterion=asked[row.criterion.code], kind=row.kind, rating=row.rating)
        for row in kept
    )


def _is_taken(row: Answer, criterion: Criterion | None) -> bool:
    return criterion is not None and not (criterion.is_gate and row.kind == AnswerKind.NA)


def _copy_knockout_answers(former: Assessment, draft: Assessment) -> None:
    asked = {each.code: each for each in Knockout.objects.filter(template=draft.template)}
    rows = former.knockout_answers.select_related("knockout")
    KnockoutAnswer.objects.bulk_create(
        _copied(row, draft, knockout=asked[row.knockout.code], reply=row.reply)
        for row in rows
        if row.knockout.code in asked
    )


def _copied(row: Any, draft: Assessment, **own: Any) -> Any:
    """The same words by the same author."""
    return type(row)(
        assessment=draft,
        comment=row.comment,
        author_id=row.author_id,
        on_behalf_of_id=row.on_behalf_of_id,
        answered_at=row.answered_at,
        is_carried_over=row.is_carried_over,
        former=row.former,
        **own,
    )


def _set_status(assessment: Assessment, status: AssessmentStatus) -> None:
    assessment.status = status
    assessment.save(update_fields=["status"])
