"""Activate, copy and retire templates."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from django.apps import apps
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from assessments.drafts.template_document import Document, criteria_in, document_of, write_document
from assessments.models import AssessmentTemplate, TemplateStatus
from assessments.scoring.rules import RATINGS
from audit.models import AuditKind
from audit.recording import record

WHOLE_WEIGHT = 100
STEP = Decimal("0.1")


class TemplateRefused(Exception):
    """Refuse a change; each sentence of `faults` names one thing to correct."""

    def __init__(self, *faults: str) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


def template_for(practice: str | None) -> AssessmentTemplate | None:
    """Return the active template of the practice, or else the one for all practices."""
    active = AssessmentTemplate.objects.filter(status=TemplateStatus.ACTIVE)
    return active.filter(practice__in={practice or "", ""}).order_by("-practice").first()


@transaction.atomic
def template_activate(*, template: AssessmentTemplate) -> AssessmentTemplate:
    """Freeze a draft and let new assessments use it; the practice's former one retires.

    Raises: TemplateRefused, with everything that is wrong with it.
    """
    row = _locked(template, TemplateStatus.DRAFT, "Only a draft can be activated.")
    if faults := tuple(template_faults(document_of(row))):
        raise TemplateRefused(*faults)
    now = timezone.now()
    active = AssessmentTemplate.objects.filter(practice=row.practice, status=TemplateStatus.ACTIVE)
    active.update(status=TemplateStatus.RETIRED, retired_at=now)
    row.status, row.activated_at = TemplateStatus.ACTIVE, now
    row.save(update_fields=["status", "activated_at"])
    record(AuditKind.TEMPLATE_CHANGED, about=row, what="activated")
    return row


@transaction.atomic
def template_copy(*, template: AssessmentTemplate) -> AssessmentTemplate:
    """Create the next version as a draft with the same content."""
    versions = AssessmentTemplate.objects.filter(code=template.code)
    newest = versions.aggregate(newest=Max("version"))["newest"]
    copy: AssessmentTemplate = write_document(
        document_of(template), apps.get_model, version=newest + 1
    )
    record(AuditKind.TEMPLATE_CHANGED, about=copy, what="copied", source=template.pk)
    return copy


@transaction.atomic
def template_retire(*, template: AssessmentTemplate) -> AssessmentTemplate:
    """Retire it for new assessments; drafts and versions made from it stay as they are."""
    row = _locked(template, TemplateStatus.ACTIVE, "Only an active template can be retired.")
    row.status, row.retired_at = TemplateStatus.RETIRED, timezone.now()
    row.save(update_fields=["status", "retired_at"])
    record(AuditKind.TEMPLATE_CHANGED, about=row, what="retired")
    return row


def template_faults(document: Document) -> Iterator[str]:
    """Yield what keeps it from being activated, in sentences."""
    yield from _weight_faults(document)
    yield from _criterion_faults(document)
    yield from _band_faults(document)


def _weight_faults(document: Document) -> Iterator[str]:
    criteria = criteria_in(document).values()
    total = sum(each["weight"] for each in criteria)
    if total != WHOLE_WEIGHT:
        yield f"The weights total {total}, not {WHOLE_WEIGHT}."
    for each in criteria:
        if each["weight"] == 0:
            yield f"Criterion {each['code']} has no weight."


def _criterion_faults(document: Document) -> Iterator[str]:
    codes = Counter(each["code"] for group in document["groups"] for each in group["criteria"])
    for code, times in codes.items():
        if times > 1:
            yield f"Criterion {code} appears {times} times; each code must be unique."
    for group in document["groups"]:
        if not group["criteria"]:
            yield f"Group {group['code']} has no criterion."
    for each in criteria_in(document).values():
        missing = [str(rating) for rating in RATINGS if not each["anchors"].get(str(rating))]
        if missing:
            yield f"Criterion {each['code']} does not describe rating {', '.join(missing)}."


def _band_faults(document: Document) -> Iterator[str]:
    expected = Decimal("0.0")
    for band in sorted(document["bands"], key=lambda each: Decimal(each["start"])):
        start, end = Decimal(band["start"]), Decimal(band["end"])
        if end < start:
            yield f"Band {band['code']} ends at {end}, before its start at {start}."
        if start > expected:
            yield f"No band covers scores from {expected} to {start - STEP}."
        if start < expected:
            yield f"Band {band['code']} starts at {start}, which another band covers."
        expected = max(expected, end + STEP)
    if expected <= WHOLE_WEIGHT:
        yield f"No band covers scores from {expected} to 100.0."
    if expected > WHOLE_WEIGHT + STEP:
        yield f"The bands go up to {expected - STEP}, but the highest score is 100.0."


def _locked(
    template: AssessmentTemplate, status: TemplateStatus, condition: str
) -> AssessmentTemplate:
    row = AssessmentTemplate.objects.select_for_update().get(pk=template.pk)
    if row.status != status:
        raise TemplateRefused(f"{row} is {row.get_status_display().lower()}. {condition}")
    return row
