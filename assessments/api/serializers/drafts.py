"""What is filled in now, and what others saved meanwhile."""

from typing import Any

from rest_framework import serializers

from assessments.api.serializers.templates import ContentSerializer
from assessments.api.serializers.versions import VersionDetailSerializer
from opportunities.api.representation import UtcDateTimeField


class DraftSerializer(serializers.Serializer[Any]):
    """What is there to be filled in; `draft` is null until the first answer is saved."""

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
    """The problem of a later version, with all that is needed to save again on top of it."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    guard = serializers.CharField()
    current = VersionDetailSerializer(required=False, help_text="The draft as it is now.")
    saves = OtherSaveSerializer(many=True, required=False, help_text="What was saved since.")
