"""Serialize the draft, and a conflict with what others saved meanwhile."""

from typing import Any

from rest_framework import serializers

from assessments.api.serializers.templates import ContentSerializer
from assessments.api.serializers.versions import VersionDetailSerializer
from assessments.drafts.completeness import problems_of
from assessments.drafts.problems import Conflict
from assessments.drafts.versions import document_asked, draft_of
from opportunities.api.errors import Refused
from opportunities.api.representation import UtcDateTimeField
from opportunities.models import Opportunity


class DraftSerializer(serializers.Serializer[Any]):
    """A draft and its template; `draft` is null until the first answer is saved."""

    draft = VersionDetailSerializer(allow_null=True)
    content = ContentSerializer(help_text="The template that asks.")
    lock_version = serializers.IntegerField(help_text="To be sent with the next save.")
    problems = serializers.ListField(
        child=serializers.DictField(child=serializers.CharField()),
        help_text="{field, code, detail}: what is missing before it can be submitted.",
    )


class OtherSaveSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    field = serializers.CharField()
    value = serializers.CharField(allow_null=True)
    comment = serializers.CharField()
    by = serializers.CharField()
    at = UtcDateTimeField()


class DraftConflictSerializer(serializers.Serializer[Any]):
    """A problem of a newer version, with all that is needed to save again on top of it."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    guard = serializers.CharField()
    current = VersionDetailSerializer(required=False, help_text="The draft as it is now.")
    saves = OtherSaveSerializer(many=True, required=False, help_text="What was saved since.")


def draft_for(opportunity: Opportunity) -> Any:
    """Return the draft, or the template to begin with.

    Raises: GuardFailed, where there is neither.
    """
    draft = draft_of(opportunity)
    form: Any = {
        "draft": draft,
        "content": document_asked(opportunity, draft),
        "lock_version": draft.lock_version if draft else 0,
        "problems": [each.as_error("incomplete") for each in problems_of(draft)] if draft else [],
    }
    return DraftSerializer(form).data


def conflict_response(conflict: Conflict) -> Refused:
    """Return the refusal with the draft as it is now and what the others saved."""
    return Refused(
        conflict,
        current=VersionDetailSerializer(conflict.current).data,
        saves=OtherSaveSerializer(conflict.saves, many=True).data,
    )
