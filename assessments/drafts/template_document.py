"""Read and write a template as one document, as submitted versions keep it.

Its names are those of the model's fields; the order of lists is the order on the page.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, cast

from assessments.models import Assessment, AssessmentTemplate
from assessments.scoring import rules
from assessments.scoring.rules import CapTrigger, Recommendation, TemplateRules

Document = dict[str, Any]
REMEMBERED = "_document"

TEMPLATE_FIELDS = (
    *("code", "version", "name", "practice", "na_weight_limit", "shortest_comment"),
    *("longest_comment", "commented_ratings", "is_comment_per_group"),
)
CRITERION_FIELDS = ("code", "name", "question", "why", "weight", "is_gate")
BAND_FIELDS = ("code", "start", "end", "recommendation", "feedback")
CAP_FIELDS = ("trigger", "threshold", "caps_at")


def document_of(template: AssessmentTemplate) -> Document:
    """Return the whole template, in six queries for each object of it."""
    if not hasattr(template, REMEMBERED):
        setattr(template, REMEMBERED, _read(template))
    return cast(Document, getattr(template, REMEMBERED))


def _read(template: AssessmentTemplate) -> Document:
    groups = template.groups.prefetch_related("criteria__anchors")
    return {
        **_fields(template, TEMPLATE_FIELDS),
        "groups": [_group(group) for group in groups],
        "knockouts": [_fields(each, ("code", "text")) for each in template.knockouts.all()],
        "bands": [_fields(each, BAND_FIELDS) for each in template.bands.all()],
        "caps": [_fields(each, CAP_FIELDS) for each in template.caps.all()],
    }


def document_shown(assessment: Assessment) -> Document:
    """Return the template as it was at submission; for a draft, as it is."""
    return assessment.content or document_of(assessment.template)


def write_document(document: Document, get_model: Callable[..., Any], **changes: Any) -> Any:
    """Create a draft template from it.

    Args:
        get_model: django.apps' own, or that of a migration.
        changes: fields of the template that differ from the content's.
    """

    def model(name: str) -> Any:
        return get_model("assessments", name)

    lists = ("groups", "knockouts", "bands", "caps")
    fields = {name: value for name, value in document.items() if name not in lists}
    template = model("AssessmentTemplate").objects.create(**fields | changes)
    _write_groups(document["groups"], template, model)
    for order, knockout in enumerate(document["knockouts"], start=1):
        model("Knockout").objects.create(template=template, order=order, **knockout)
    for band in document["bands"]:
        model("ScoreBand").objects.create(template=template, **band)
    for cap in document["caps"]:
        model("RecommendationCap").objects.create(template=template, **cap)
    return template


def rules_of(document: Document) -> TemplateRules:
    return TemplateRules(
        criteria=tuple(
            rules.Criterion(
                each["code"], each["name"], group["code"], each["weight"], each["is_gate"]
            )
            for group in document["groups"]
            for each in group["criteria"]
        ),
        groups={group["code"]: group["name"] for group in document["groups"]},
        knockouts={each["code"]: each["text"] for each in document["knockouts"]},
        bands=tuple(_band(each) for each in document["bands"]),
        caps=tuple(_cap(each) for each in document["caps"]),
    )


def criteria_in(document: Document) -> dict[str, Document]:
    """Return the criteria by code, in the order of the page."""
    return {each["code"]: each for group in document["groups"] for each in group["criteria"]}


def _write_groups(groups: list[Document], template: Any, model: Callable[[str], Any]) -> None:
    for place, group in enumerate(groups, start=1):
        row = model("CriterionGroup").objects.create(
            template=template, code=group["code"], name=group["name"], order=place
        )
        for order, criterion in enumerate(group["criteria"], start=1):
            fields = {name: value for name, value in criterion.items() if name != "anchors"}
            made = model("Criterion").objects.create(group=row, order=order, **fields)
            model("RatingAnchor").objects.bulk_create(
                model("RatingAnchor")(criterion=made, value=int(value), text=text)
                for value, text in criterion["anchors"].items()
            )


def _group(group: Any) -> Document:
    criteria = [
        _fields(each, CRITERION_FIELDS)
        | {"anchors": {str(anchor.value): anchor.text for anchor in each.anchors.all()}}
        for each in group.criteria.all()
    ]
    return {"code": group.code, "name": group.name, "criteria": criteria}


def _band(band: Mapping[str, Any]) -> rules.Band:
    start, end = Decimal(band["start"]), Decimal(band["end"])
    recommendation = Recommendation(band["recommendation"])
    return rules.Band(band["code"], start, end, recommendation, band["feedback"])


def _cap(cap: Mapping[str, Any]) -> rules.CapRule:
    trigger, caps_at = CapTrigger(cap["trigger"]), Recommendation(cap["caps_at"])
    return rules.CapRule(trigger, caps_at, Decimal(cap["threshold"]))


def _fields(row: Any, names: tuple[str, ...]) -> Document:
    """Return decimals as texts, which JSON keeps exactly."""
    values = {name: getattr(row, name) for name in names}
    return {
        name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()
    }
