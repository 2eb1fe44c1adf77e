"""The life of a template: drafted or copied, active and frozen, retired."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from django.apps import apps
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from assessments.content import Content, content_of, criteria_in, write_content
from assessments.models import AssessmentTemplate, TemplateStatus
from assessments.rules import RATINGS

WHOLE_WEIGHT = 100
STEP = Decimal("0.1")


class TemplateRefused(Exception):
    """Nothing was changed; `faults` are sentences that each name one thing to mend."""

    def __init__(self, *faults: str) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


def template_for(practice: str | None) -> AssessmentTemplate | None:
    """The active one of the practice, else the active one for all practices."""
    active = AssessmentTemplate.objects.filter(status=TemplateStatus.ACTIVE)
    return active.filter(practice__in={practice or "", ""}).order_by("-practice").first()


@transaction.atomic
def template_activate(*, template: AssessmentTemplate) -> AssessmentTemplate:
    """Freeze a draft and let new assessments use it; the former one of the practice retires.

    Raises: TemplateRefused, with everything that is wrong with it.
    """
    row = _locked(template)
    if row.status != TemplateStatus.DRAFT:
        raise TemplateRefused(f"{row} is {row.get_status_display().lower()}; only a draft can be.")
    if faults := tuple(template_faults(content_of(row))):
        raise TemplateRefused(*faults)
    now = timezone.now()
    active = AssessmentTemplate.objects.filter(practice=row.practice, status=TemplateStatus.ACTIVE)
    active.update(status=TemplateStatus.RETIRED, retired_at=now)
    row.status, row.activated_at = TemplateStatus.ACTIVE, now
    row.save(update_fields=["status", "activated_at"])
    return row


@transaction.atomic
def template_copy(*, template: AssessmentTemplate) -> AssessmentTemplate:
    """A draft with all its content, as the next version."""
    versions = AssessmentTemplate.objects.filter(code=template.code)
    newest = versions.aggregate(newest=Max("version"))["newest"]
    copy: AssessmentTemplate = write_content(
        content_of(template), apps.get_model, version=newest + 1
    )
    return copy


@transaction.atomic
def template_retire(*, template: AssessmentTemplate) -> AssessmentTemplate:
    """New assessments no longer use it; drafts and versions made from it stay as they are."""
    row = _locked(template)
    if row.status != TemplateStatus.ACTIVE:
        raise TemplateRefused(f"{row} is {row.get_status_display().lower()}, not active.")
    row.status, row.retired_at = TemplateStatus.RETIRED, timezone.now()
    row.save(update_fields=["status", "retired_at"])
    return row


def template_faults(content: Content) -> Iterator[str]:
    """What keeps it from being used, in sentences."""
    yield from _weight_faults(content)
    yield from _criterion_faults(content)
    yield from _band_faults(content)


def _weight_faults(content: Content) -> Iterator[str]:
    criteria = criteria_in(content).values()
    total = sum(each["weight"] for each in criteria)
    if total != WHOLE_WEIGHT:
        yield f"The weights total {total}, not {WHOLE_WEIGHT}."
    for each in criteria:
        if each["weight"] == 0:
            yield f"Criterion {each['code']} weighs nothing."


def _criterion_faults(content: Content) -> Iterator[str]:
    codes = Counter(each["code"] for group in content["groups"] for each in group["criteria"])
    for code, times in codes.items():
        if times > 1:
            yield f"Criterion {code} is there {times} times; its code has to be its own."
    for group in content["groups"]:
        if not group["criteria"]:
            yield f"Group {group['code']} has no criterion."
    for each in criteria_in(content).values():
        missing = [str(rating) for rating in RATINGS if not each["anchors"].get(str(rating))]
        if missing:
            yield f"Criterion {each['code']} does not say what {', '.join(missing)} means."


def _band_faults(content: Content) -> Iterator[str]:
    expected = Decimal("0.0")
    for band in sorted(content["bands"], key=lambda each: Decimal(each["start"])):
        start, end = Decimal(band["start"]), Decimal(band["end"])
        if end < start:
            yield f"Band {band['code']} ends at {end}, before its start at {start}."
        if start > expected:
            yield f"Scores from {expected} to {start - STEP} are in no band."
        if start < expected:
            yield f"Band {band['code']} starts at {start}, which another band has already."
        expected = max(expected, end + STEP)
    if expected <= WHOLE_WEIGHT:
        yield f"Scores from {expected} to 100.0 are in no band."
    if expected > WHOLE_WEIGHT + STEP:
        yield f"The bands go up to {expected - STEP}; there is no score above 100.0."


def _locked(template: AssessmentTemplate) -> AssessmentTemplate:
    return AssessmentTemplate.objects.select_for_update().get(pk=template.pk)
