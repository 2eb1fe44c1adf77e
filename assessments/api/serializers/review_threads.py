"""Serialize the reviewer's comments with their replies."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from assessments.decisions.review_threads import next_states
from assessments.models import ReviewReply, ReviewThread, ThreadState
from opportunities.api.representation import PersonSerializer, StoredSerializer


class ReviewReplySerializer(StoredSerializer[ReviewReply]):
    author = PersonSerializer()

    class Meta:
        model = ReviewReply
        fields: tuple[str, ...] = ("text", "author", "at")


class ReviewThreadSerializer(StoredSerializer[ReviewThread]):
    code = serializers.CharField(source="criterion.code")
    version_no = serializers.IntegerField(source="assessment.version_no")
    author = PersonSerializer()
    settled_by = PersonSerializer(allow_null=True)
    replies = ReviewReplySerializer(many=True)
    may_reply = serializers.SerializerMethodField()
    may_set = serializers.SerializerMethodField()

    class Meta:
        model = ReviewThread
        fields: tuple[str, ...] = (
            *("id", "code", "version_no", "text", "author", "at", "state", "settled_by"),
            *("settled_at", "replies", "may_reply", "may_set"),
        )

    def get_may_reply(self, thread: ReviewThread) -> bool:
        return bool(self.context["states"])

    @extend_schema_field(
        serializers.ListField(
            child=serializers.ChoiceField(ThreadState.choices),
            help_text="Other states that you may put it in.",
        )
    )
    def get_may_set(self, thread: ReviewThread) -> list[str]:
        return [str(state) for state in next_states(thread, self.context["states"])]
