"""How a template stands: its weights, its bands in words, and the page an SA would see."""

from typing import Any

from assessments.content import Content, content_of, criteria_in
from assessments.models import AssessmentTemplate
from assessments.rules import RATINGS, CapTrigger, Recommendation
from assessments.templates import WHOLE_WEIGHT, template_faults


def editor_context(template: AssessmentTemplate) -> dict[str, Any]:
    content = content_of(template)
    total = sum(each["weight"] for each in criteria_in(content).values())
    return {
        "content": content,
        "groups": [_group(group) for group in content["groups"]],
        "bands_in_words": [_band_in_words(band) for band in content["bands"]],
        "caps_in_words": [_cap_in_words(cap) for cap in content["caps"]],
        "weight_total": total,
        "weight_whole": WHOLE_WEIGHT,
        "faults": list(template_faults(content)),
    }


def _group(group: Content) -> dict[str, Any]:
    criteria = [_criterion(each) for each in group["criteria"]]
    return {**group, "criteria": criteria, "weight": sum(each["weight"] for each in criteria)}


def _criterion(criterion: Content) -> dict[str, Any]:
    """With each rating's anchor, also where it is missing."""
    anchors = [(rating, criterion["anchors"].get(str(rating), "")) for rating in RATINGS]
    return {**criterion, "ratings": anchors}


def _band_in_words(band: Content) -> str:
    recommendation = Recommendation(band["recommendation"]).label
    return f"{band['start']} to {band['end']}: {recommendation}. {band['feedback']}".strip()


def _cap_in_words(cap: Content) -> str:
    trigger, caps_at = CapTrigger(cap["trigger"]), Recommendation(cap["caps_at"]).label
    compares = trigger in (CapTrigger.GATE_RATED, CapTrigger.GROUP_BELOW, CapTrigger.UNKNOWN_ABOVE)
    threshold = f" {cap['threshold'].removesuffix('.0')}" if compares else ""
    return f"If {trigger.label}{threshold}: no better than {caps_at}."
