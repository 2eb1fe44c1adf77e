"""Show what a template lacks, its bands and caps in words, and the page an SA would see."""

from collections.abc import Iterator
from typing import Any

from assessments.drafts.template_document import Document, criteria_in, document_of
from assessments.drafts.templates import WHOLE_WEIGHT, template_faults
from assessments.models import AssessmentTemplate
from assessments.scoring.rules import RATINGS, CapTrigger, Recommendation


def editor_context(template: AssessmentTemplate) -> dict[str, Any]:
    document = document_of(template)
    total = sum(each["weight"] for each in criteria_in(document).values())
    return {
        "content": document,
        "groups": list(_groups(document)),
        "bands_in_words": [_band_in_words(band) for band in document["bands"]],
        "caps_in_words": [_cap_in_words(cap) for cap in document["caps"]],
        "weight_total": total,
        "weight_whole": WHOLE_WEIGHT,
        "faults": list(template_faults(document)),
    }


def _groups(document: Document) -> Iterator[dict[str, Any]]:
    for group in document["groups"]:
        criteria = [
            {**each, "ratings": [(rating, each["anchors"].get(str(rating))) for rating in RATINGS]}
            for each in group["criteria"]
        ]
        yield {**group, "criteria": criteria, "weight": sum(each["weight"] for each in criteria)}


def _band_in_words(band: Document) -> str:
    recommendation = Recommendation(band["recommendation"]).label
    return f"{band['start']} to {band['end']}: {recommendation}. {band['feedback']}".strip()


def _cap_in_words(cap: Document) -> str:
    trigger, caps_at = CapTrigger(cap["trigger"]), Recommendation(cap["caps_at"]).label
    compares = trigger in (CapTrigger.GATE_RATED, CapTrigger.GROUP_BELOW, CapTrigger.UNKNOWN_ABOVE)
    threshold = f" {cap['threshold'].removesuffix('.0')}" if compares else ""
    return f"If {trigger.label}{threshold}: no better than {caps_at}."
