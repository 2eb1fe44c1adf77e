"""One version to be read: as it was submitted, or as far as its draft has come."""

from dataclasses import dataclass
from typing import Any

from assessments.content import content_shown
from assessments.given import scoring_of
from assessments.models import Assessment
from assessments.record import answered_groups, answered_knockouts
from assessments.record_words import moment, recorded_in_words


@dataclass(frozen=True)
class Shown:
    """The figures a version shows; a draft's are those so far."""

    score: Any
    best_case: Any
    band: str
    feedback: str
    recommendation: str
    caps: list[str]


def version_context(assessment: Assessment) -> dict[str, Any]:
    content = content_shown(assessment)
    return {
        "assessment": assessment,
        "shown": figures_of(assessment, content["bands"]),
        "bands": content["bands"],
        "groups": list(answered_groups(assessment, content)),
        "knockouts": list(answered_knockouts(assessment, content)),
        "recorded": recorded_in_words(assessment),
        "template_name": f"{content['name']}, version {content['version']}",
        "mirror": moment(assessment.mirror_synced_at) if assessment.mirror_synced_at else "",
    }


def figures_of(assessment: Assessment, bands: list[dict[str, Any]]) -> Shown:
    if assessment.submitted_at is None:
        return _so_far(assessment)
    feedback = {band["code"]: band["feedback"] for band in bands}
    return Shown(
        assessment.score,
        assessment.best_case,
        assessment.band.capitalize(),
        feedback.get(assessment.band, ""),
        assessment.get_recommendation_display(),
        [cap["sentence"] for cap in assessment.caps],
    )


def _so_far(assessment: Assessment) -> Shown:
    scoring = scoring_of(assessment)
    return Shown(
        scoring.score,
        scoring.best_case,
        scoring.band.code.capitalize() if scoring.band else "",
        scoring.band.feedback if scoring.band else "",
        str(scoring.recommendation.label) if scoring.recommendation else "",
        [cap.sentence for cap in scoring.caps],
    )
