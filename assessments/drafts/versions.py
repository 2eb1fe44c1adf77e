"""Find the versions of an opportunity's assessment, and begin the next one."""

from typing import Any

from django.db.models import Max

from assessments.drafts.template_document import Document, document_of
from assessments.drafts.templates import template_for
from assessments.models import (
    DRAFTS,
    Assessment,
    AssessmentStatus,
    AssessmentTemplate,
    Criterion,
    Knockout,
)
from assessments.scoring.rules import AnswerKind
from opportunities.domain.errors import GuardFailed
from opportunities.domain.states import Guard
from opportunities.models import Opportunity

NO_TEMPLATE = "No assessment template is active. Ask an administrator to activate one."


def draft_of(opportunity: Opportunity) -> Assessment | None:
    return opportunity.assessments.filter(status__in=DRAFTS).first()


def submitted_of(opportunity: Opportunity) -> Assessment | None:
    """Return the version that waits for a decision."""
    return opportunity.assessments.filter(status=AssessmentStatus.SUBMITTED).first()


def document_asked(opportunity: Opportunity, draft: Assessment | None) -> Document:
    """Return the template that the draft, or else the next one, answers.

    Raises: GuardFailed, where no template is active.
    """
    return document_of(draft.template if draft else active_template(opportunity))


def active_template(opportunity: Opportunity) -> AssessmentTemplate:
    template = template_for(opportunity.practice)
    if template is None:
        raise GuardFailed(Guard.TEMPLATE, NO_TEMPLATE)
    return template


def draft_again(
    opportunity: Opportunity, status: AssessmentStatus = AssessmentStatus.DRAFT
) -> Assessment:
    """Supersede the submitted version, if there is one, and continue with a copy of it."""
    submitted = submitted_of(opportunity)
    if submitted is None:
        return next_draft(opportunity)
    _set_status(submitted, AssessmentStatus.SUPERSEDED)
    return _copy(submitted, opportunity, submitted.template, status)


def next_draft(opportunity: Opportunity) -> Assessment:
    """Begin the next version on the active template, from the answers of the last one.

    Raises: GuardFailed, where no template is active.
    """
    template = active_template(opportunity)
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
    """
    Args:
        carries_over: the opportunity is qualified anew, so each answer needs a confirmation.
    """
    recorded = {name: getattr(former, name) for name in Assessment.RECORDED_FIELDS}
    # The authors stay; version 0 is older than any open window, so nobody gets a conflict from it.
    recorded["field_saves"] = {
        name: {**save, "version": 0} for name, save in former.field_saves.items()
    }
    draft = _make(opportunity, template, status=status, copied_from=former, **recorded)
    for rows, asked in (
        (former.answers, Criterion.objects.filter(group__template=template)),
        (former.knockout_answers, Knockout.objects.filter(template=template)),
    ):
        _copy_answers(rows, draft, {each.code: each for each in asked}, carries_over)
    return draft


def _make(opportunity: Opportunity, template: AssessmentTemplate, **fields: Any) -> Assessment:
    newest = opportunity.assessments.aggregate(
        version=Max("version_no", default=0), lock=Max("lock_version", default=-1)
    )
    return Assessment.objects.create(
        opportunity=opportunity,
        template=template,
        version_no=newest["version"] + 1,
        # Counts on, so that a window left open on an older version gets a conflict.
        lock_version=newest["lock"] + 1,
        assessor_id=opportunity.assigned_sa_id,
        **fields,
    )


def _copy_answers(rows: Any, draft: Assessment, asked: dict[str, Any], carries_over: bool) -> None:
    """Copy the answers to what the draft's template still asks, with their authors."""
    question = rows.model.QUESTION
    copies = []
    for row in rows.select_related(question):
        criterion = asked.get(getattr(row, question).code)
        # A gate is never Not applicable.
        is_refused = getattr(criterion, "is_gate", False) and row.kind == AnswerKind.NA
        if criterion is None or is_refused:
            continue
        row.pk, row._state.adding = None, True
        row.assessment, row.saved_version = draft, 0
        row.is_carried_over = row.is_carried_over or carries_over
        setattr(row, question, criterion)
        copies.append(row)
    rows.model.objects.bulk_create(copies)


def _set_status(assessment: Assessment, status: AssessmentStatus) -> None:
    assessment.status = status
    assessment.save(update_fields=["status"])
