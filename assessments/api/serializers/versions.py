"""Serialize a version with its answers, score and review comments."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from assessments.api.serializers.templates import ContentSerializer
from assessments.drafts.answers import answers_of, knockout_answers_of, scoring_of
from assessments.drafts.authors import authors_in_words
from assessments.drafts.template_document import document_shown
from assessments.models import Answer, Assessment, KnockoutAnswer, ReviewThread
from assessments.scoring.rules import AnswerKind, CapTrigger, KnockoutReply, Recommendation
from opportunities.api.representation import ChoiceOrNullField, PersonSerializer, StoredSerializer


class ScoreField(serializers.DecimalField):
    def __init__(self, **options: Any) -> None:
        super().__init__(4, 1, allow_null=True, read_only=True, **options)


# No docstring: it would describe both in the schema.
class BaseAnswerSerializer(StoredSerializer[Any]):
    author = PersonSerializer()
    on_behalf_of = PersonSerializer(allow_null=True)

    ANSWER_FIELDS = ("comment", "author", "on_behalf_of", "answered_at", "is_carried_over")


class AnswerSerializer(BaseAnswerSerializer):
    kind = ChoiceOrNullField(AnswerKind.choices)

    class Meta:
        model = Answer
        fields: tuple[str, ...] = ("kind", "rating", *BaseAnswerSerializer.ANSWER_FIELDS)


class KnockoutAnswerSerializer(BaseAnswerSerializer):
    reply = ChoiceOrNullField(KnockoutReply.choices)

    class Meta:
        model = KnockoutAnswer
        fields: tuple[str, ...] = ("reply", *BaseAnswerSerializer.ANSWER_FIELDS)


class FiredCapSerializer(serializers.Serializer[Any]):
    trigger = serializers.ChoiceField(CapTrigger.choices)
    caps_at = serializers.ChoiceField(Recommendation.choices)
    sentence = serializers.CharField()


class ScoringSerializer(serializers.Serializer[Any]):
    """A score so far; band and recommendation wait for the last answer."""

    score = ScoreField()
    best_case = ScoreField()
    group_scores = serializers.DictField(child=ScoreField())
    unknown_share = serializers.DecimalField(4, 1, read_only=True)
    band = serializers.SerializerMethodField()
    recommendation = serializers.CharField(allow_null=True)
    caps = FiredCapSerializer(many=True)
    answered = serializers.IntegerField()
    unknown = serializers.IntegerField()
    total = serializers.IntegerField()

    def get_band(self, scoring: Any) -> str | None:
        return scoring.band.code if scoring.band else None


class ReviewCommentSerializer(StoredSerializer[ReviewThread]):
    code = serializers.CharField(source="criterion.code")
    author = PersonSerializer()

    class Meta:
        model = ReviewThread
        fields: tuple[str, ...] = ("code", "text", "author", "at")


class VersionSerializer(StoredSerializer[Assessment]):
    template_id = serializers.CharField()
    assessor = PersonSerializer(allow_null=True)
    submitted_by = PersonSerializer(allow_null=True)
    recommendation = ChoiceOrNullField(Recommendation.choices)
    sa_recommendation = ChoiceOrNullField(Recommendation.choices)

    class Meta:
        model = Assessment
        fields: tuple[str, ...] = (
            *("id", "version_no", "status", "template_id", "assessor", "created_at", "score"),
            *("best_case", "band", "recommendation", "sa_recommendation", "confidence"),
            *("answered", "unknown", "total", "submitted_at", "submitted_by"),
            *("mirror_synced_at", "lock_version"),
        )


class AuthorsSerializer(serializers.Serializer[Any]):
    who = serializers.CharField(help_text="With the person they wrote for.")
    parts = serializers.CharField(
        help_text="Codes of criteria and checks, and names of recorded fields."
    )


class VersionDetailSerializer(VersionSerializer):
    answers = serializers.SerializerMethodField(help_text="Code of the criterion -> answer.")
    knockouts = serializers.SerializerMethodField(help_text="Code of the check -> reply.")
    scoring = serializers.SerializerMethodField()
    content = serializers.SerializerMethodField(help_text="The template as it was shown.")
    review_comments = serializers.SerializerMethodField(help_text="Of the version sent back.")
    authors = serializers.SerializerMethodField(help_text="Who wrote which parts.")

    class Meta(VersionSerializer.Meta):
        fields: tuple[str, ...] = (
            *VersionSerializer.Meta.fields,
            *(
                name
                for name in Assessment.RECORDED_FIELDS
                if name not in VersionSerializer.Meta.fields
            ),
            "crm_snapshot",
            "answers",
            "knockouts",
            "scoring",
            "content",
            "review_comments",
            "authors",
        )

    @extend_schema_field(serializers.DictField(child=AnswerSerializer()))
    def get_answers(self, version: Assessment) -> Any:
        return {code: AnswerSerializer(row).data for code, row in answers_of(version).items()}

    @extend_schema_field(serializers.DictField(child=KnockoutAnswerSerializer()))
    def get_knockouts(self, version: Assessment) -> Any:
        rows = knockout_answers_of(version)
        return {code: KnockoutAnswerSerializer(row).data for code, row in rows.items()}

    @extend_schema_field(ScoringSerializer)
    def get_scoring(self, version: Assessment) -> Any:
        return ScoringSerializer(scoring_of(version)).data

    @extend_schema_field(ContentSerializer)
    def get_content(self, version: Assessment) -> Any:
        return document_shown(version)

    @extend_schema_field(AuthorsSerializer(many=True))
    def get_authors(self, version: Assessment) -> Any:
        return [{"who": who, "parts": parts} for who, parts in authors_in_words(version)]

    @extend_schema_field(ReviewCommentSerializer(many=True))
    def get_review_comments(self, version: Assessment) -> Any:
        sources = [version.pk, version.copied_from_id]
        rows = ReviewThread.objects.filter(assessment__in=sources)
        return ReviewCommentSerializer(rows.select_related("criterion", "author"), many=True).data
