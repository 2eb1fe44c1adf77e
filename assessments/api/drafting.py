"""The draft as the form wants it, and what to show when two people wrote at once."""

from typing import Any

from assessments.api.serializers.drafts import DraftSerializer, OtherSaveSerializer
from assessments.api.serializers.versions import VersionDetailSerializer
from assessments.completeness import problems_of
from assessments.content import content_of, content_shown
from assessments.models import Assessment
from assessments.problems import Conflict
from assessments.templates import template_for
from assessments.versions import NO_TEMPLATE, draft_of
from opportunities.api.errors import Refused
from opportunities.models import Opportunity
from opportunities.refusals import GuardFailed
from opportunities.workflow import Guard


def draft_for(opportunity: Opportunity) -> Any:
    """Raises: GuardFailed, where neither a draft nor an active template is there."""
    draft = draft_of(opportunity)
    if draft:
        return _shown(draft, content_shown(draft))
    template = template_for(opportunity.practice)
    if template is None:
        raise GuardFailed(Guard.TEMPLATE, NO_TEMPLATE)
    return _shown(None, content_of(template))


def _shown(draft: Assessment | None, content: Any) -> Any:
    problems = problems_of(draft) if draft else []
    form: Any = {
        "draft": draft,
        "content": content,
        "lock_version": draft.lock_version if draft else 0,
        "problems": [each.as_error("incomplete") for each in problems],
    }
    return DraftSerializer(form).data


def in_conflict(conflict: Conflict) -> Refused:
    """With the draft as it is now, and what the others saved."""
    return Refused(
        conflict,
        current=VersionDetailSerializer(conflict.current).data,
        saves=OtherSaveSerializer(conflict.saves, many=True).data,
    )
