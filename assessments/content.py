"""A template as one document: how it is kept with a submitted version, copied, and first made.

Its names are those of the model's fields; the order of lists is the order on the page.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from assessments import rules
from assessments.models import Assessment, AssessmentTemplate
from assessments.rules import CapTrigger, Recommendation, TemplateRules

Content = dict[str, Any]

TEMPLATE_FIELDS = (
    "code",
    "version",
    "name",
    "practice",
    "na_weight_limit",
    "shortest_comment",
    "longest_comment",
    "commented_ratings",
    "is_comment_per_group",
)
CRITERION_FIELDS = ("code", "name", "question", "why", "weight", "is_gate")
BAND_FIELDS = ("code", "start", "end", "recommendation", "feedback")
CAP_FIELDS = ("trigger", "threshold", "caps_at")


def content_of(template: AssessmentTemplate) -> Content:
    """The whole template, in six queries."""
    groups = template.groups.prefetch_related("criteria__anchors")
    return {
        **_fields(template, TEMPLATE_FIELDS),
        "groups": [_group(group) for group in groups],
        "knockouts": [_fields(each, ("code", "text")) for each in template.knockouts.all()],
        "bands": [_fields(each, BAND_FIELDS) for each in template.bands.all()],
        "caps": [_fields(each, CAP_FIELDS) for each in template.caps.all()],
    }


def content_shown(assessment: Assessment) -> Content:
    """As it was shown at submission; of a draft, as the frozen template shows it."""
    return assessment.content or content_of(assessment.template)


def write_content(content: Content, get_model: Callable[..., Any], **changes: Any) -> Any:
    """Make a draft template of it and return that.

    Args:
        get_model: django.apps' own, or that of a migration.
        changes: fields of the template that differ from the content's.
    """

    def model(name: str) -> Any:
        return get_model("assessments", name)

    lists = ("groups", "knockouts", "bands", "caps")
    fields = {name: value for name, value in content.items() if name not in lists}
    template = model("AssessmentTemplate").objects.create(**fields | changes)
    _write_groups(content["groups"], template, model)
    for order, knockout in enumerate(content["knockouts"], start=1):
        model("Knockout").objects.create(template=template, order=order, **knockout)
    for band in content["bands"]:
        model("ScoreBand").objects.create(template=template, **band)
    for cap in content["caps"]:
        model("RecommendationCap").objects.create(template=template, **cap)
    return template


def rules_of(content: Content) -> TemplateRules:
    return TemplateRules(
        criteria=tuple(
            rules.Criterion(
                each["code"], each["name"], group["code"], each["weight"], each["is_gate"]
            )
            for group in content["groups"]
            for each in group["criteria"]
        ),
        groups={group["code"]: group["name"] for group in content["groups"]},
        knockouts={each["code"]: each["text"] for each in content["knockouts"]},
        bands=tuple(_band(each) for each in content["bands"]),
        caps=tuple(_cap(each) for each in content["caps"]),
    )


def criteria_in(content: Content) -> dict[str, Content]:
    """Criteria by code, in the page's order."""
    return {each["code"]: each for group in content["groups"] for each in group["criteria"]}


def _write_groups(groups: list[Content], template: Any, model: Callable[[str], Any]) -> None:
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


def _group(group: Any) -> Content:
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


def _fields(row: Any, names: tuple[str, ...]) -> Content:
    """Decimals as texts, which JSON keeps exactly."""
    values = {name: getattr(row, name) for name in names}
    return {
        name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()
    }
