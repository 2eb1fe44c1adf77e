"""Assessments, decisions and templates in JSON."""

from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from assessments.content import content_of, content_shown
from assessments.given import answers_of, knockout_answers_of, scoring_of
from assessments.models import (
    Answer,
    Assessment,
    AssessmentTemplate,
    Condition,
    Decision,
    KnockoutAnswer,
    ReviewComment,
)
from assessments.rules import AnswerKind, CapTrigger, KnockoutReply, Recommendation
from opportunities.api.representation import (
    ChoiceOrNullField,
    PersonSerializer,
    StoredSerializer,
    UtcDateTimeField,
)


class ScoreField(serializers.DecimalField):
    def __init__(self, **options: Any) -> None:
        super().__init__(4, 1, allow_null=True, read_only=True, **options)


# --- templates ------------------------------------------------------------------------------


class CriterionSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    question = serializers.CharField()
    why = serializers.CharField()
    weight = serializers.IntegerField()
    is_gate = serializers.BooleanField()
    anchors = serializers.DictField(
        child=serializers.CharField(), help_text="Rating -> what it means."
    )


class CriterionGroupSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    criteria = CriterionSerializer(many=True)


class KnockoutSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    text = serializers.CharField()


class BandSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    start = serializers.CharField()
    end = serializers.CharField()
    recommendation = serializers.ChoiceField(Recommendation.choices)
    feedback = serializers.CharField()


class CapRuleSerializer(serializers.Serializer[Any]):
    trigger = serializers.ChoiceField(CapTrigger.choices)
    threshold = serializers.CharField()
    caps_at = serializers.ChoiceField(Recommendation.choices)


class ContentSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    practice = serializers.CharField(help_text="Blank for all without one of their own.")
    na_weight_limit = serializers.IntegerField()
    shortest_comment = serializers.IntegerField()
    longest_comment = serializers.IntegerField()
    commented_ratings = serializers.ListField(child=serializers.IntegerField())
    is_comment_per_group = serializers.BooleanField()
    groups = CriterionGroupSerializer(many=True)
    knockouts = KnockoutSerializer(many=True)
    bands = BandSerializer(many=True)
    caps = CapRuleSerializer(many=True)


class TemplateSerializer(StoredSerializer[AssessmentTemplate]):
    class Meta:
        model = AssessmentTemplate
        fields: tuple[str, ...] = (
            "id",
            "code",
            "version",
            "name",
            "practice",
            "status",
            "activated_at",
            "retired_at",
        )
        read_only_fields = fields


class TemplateDetailSerializer(TemplateSerializer):
    content = serializers.SerializerMethodField()

    class Meta(TemplateSerializer.Meta):
        fields: tuple[str, ...] = (*TemplateSerializer.Meta.fields, "content")
        read_only_fields = fields

    @extend_schema_field(ContentSerializer)
    def get_content(self, template: AssessmentTemplate) -> Any:
        return content_of(template)


# --- versions -------------------------------------------------------------------------------


class AnswerSerializer(StoredSerializer[Answer]):
    kind = ChoiceOrNullField(AnswerKind.choices)
    author = PersonSerializer(read_only=True)
    on_behalf_of = PersonSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Answer
        fields: tuple[str, ...] = (
            "kind",
            "rating",
            "comment",
            "author",
            "on_behalf_of",
            "answered_at",
            "is_carried_over",
        )
        read_only_fields = fields


class KnockoutAnswerSerializer(StoredSerializer[KnockoutAnswer]):
    reply = ChoiceOrNullField(KnockoutReply.choices)
    author = PersonSerializer(read_only=True)
    on_behalf_of = PersonSerializer(read_only=True, allow_null=True)

    class Meta:
        model = KnockoutAnswer
        fields: tuple[str, ...] = (
            "reply",
            "comment",
            "author",
            "on_behalf_of",
            "answered_at",
            "is_carried_over",
        )
        read_only_fields = fields


class FiredCapSerializer(serializers.Serializer[Any]):
    trigger = serializers.ChoiceField(CapTrigger.choices)
    caps_at = serializers.ChoiceField(Recommendation.choices)
    sentence = serializers.CharField()


class ScoringSerializer(serializers.Serializer[Any]):
    """The score so far; band and recommendation wait for the last answer."""

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


class ReviewCommentSerializer(StoredSerializer[ReviewComment]):
    code = serializers.CharField(source="criterion.code", read_only=True)
    author = PersonSerializer(read_only=True)

    class Meta:
        model = ReviewComment
        fields: tuple[str, ...] = ("code", "text", "author", "at")
        read_only_fields = fields


class VersionSerializer(StoredSerializer[Assessment]):
    template_id = serializers.CharField(read_only=True)
    assessor = PersonSerializer(read_only=True, allow_null=True)
    submitted_by = PersonSerializer(read_only=True, allow_null=True)
    recommendation = ChoiceOrNullField(Recommendation.choices)
    sa_recommendation = ChoiceOrNullField(Recommendation.choices)

    class Meta:
        model = Assessment
        fields: tuple[str, ...] = (
            "id",
            "version_no",
            "status",
            "template_id",
            "assessor",
            "created_at",
            "score",
            "best_case",
            "band",
            "recommendation",
            "sa_recommendation",
            "confidence",
            "answered",
            "unknown",
            "total",
            "submitted_at",
            "submitted_by",
            "mirror_synced_at",
            "lock_version",
        )
        read_only_fields = fields


class VersionDetailSerializer(VersionSerializer):
    answers = serializers.SerializerMethodField(help_text="Code of the criterion -> answer.")
    knockouts = serializers.SerializerMethodField(help_text="Code of the check -> reply.")
    scoring = serializers.SerializerMethodField()
    content = serializers.SerializerMethodField(help_text="The template as it was shown.")
    review_comments = serializers.SerializerMethodField(help_text="Of the version sent back.")

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
        )
        read_only_fields = fields

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
        return content_shown(version)

    @extend_schema_field(ReviewCommentSerializer(many=True))
    def get_review_comments(self, version: Assessment) -> Any:
        sources = [version.pk, version.copied_from_id]
        rows = ReviewComment.objects.filter(assessment__in=sources)
        return ReviewCommentSerializer(rows.select_related("criterion", "author"), many=True).data


class DraftSerializer(serializers.Serializer[Any]):
    """What is there to be filled in; `draft` is null until the first answer is saved."""

    draft = VersionDetailSerializer(allow_null=True)
    content = ContentSerializer(help_text="The template that asks.")
    lock_version = serializers.IntegerField(help_text="To be sent with the next save.")
    problems = serializers.ListField(
        child=serializers.DictField(child=serializers.CharField()),
        help_text="{field, code, detail}: what is missing before it can be submitted.",
    )


class SideSerializer(serializers.Serializer[Any]):
    value = serializers.CharField()
    comment = serializers.CharField()


class DifferenceSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    before = SideSerializer(allow_null=True)
    after = SideSerializer(allow_null=True)
    points = serializers.DecimalField(
        4, 1, help_text="Of the 100: what it adds to the score or takes from it."
    )
    direction = serializers.CharField(help_text="up, down, or blank.")


class ComparisonSerializer(serializers.Serializer[Any]):
    older = VersionSerializer()
    newer = VersionSerializer()
    before = ScoringSerializer()
    after = ScoringSerializer()
    change = serializers.DecimalField(4, 1, allow_null=True)
    rounding = serializers.DecimalField(4, 1)
    criteria = DifferenceSerializer(many=True)
    knockouts = DifferenceSerializer(many=True)
    recorded = serializers.DictField(
        child=serializers.ListField(), help_text="Recorded field -> [older, newer]."
    )


# --- decisions ------------------------------------------------------------------------------


class ConditionSerializer(StoredSerializer[Condition]):
    owner = PersonSerializer(read_only=True)
    settled_by = PersonSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Condition
        fields: tuple[str, ...] = (
            "id",
            "text",
            "owner",
            "due_on",
            "state",
            "reason",
            "settled_by",
            "settled_at",
        )
        read_only_fields = fields


class DecisionSerializer(StoredSerializer[Decision]):
    version_no = serializers.IntegerField(
        source="assessment.version_no", read_only=True, allow_null=True, default=None
    )
    recommendation = ChoiceOrNullField(Recommendation.choices)
    decided_by = PersonSerializer(read_only=True)
    first_approved_by = PersonSerializer(read_only=True, allow_null=True)
    conditions = ConditionSerializer(many=True, read_only=True)

    class Meta:
        model = Decision
        fields: tuple[str, ...] = (
            "id",
            "action",
            "outcome",
            "version_no",
            "recommendation",
            "is_override",
            "reason_code",
            "reason",
            "decided_by",
            "first_approved_by",
            "decided_at",
            "crm_snapshot",
            "mirror_synced_at",
            "conditions",
        )
        read_only_fields = fields


class ReasonSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class ReasonsSerializer(serializers.Serializer[Any]):
    no_bid = ReasonSerializer(many=True)
    override = ReasonSerializer(many=True)


class OtherSaveSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    field = serializers.CharField()
    value = serializers.CharField(allow_null=True)
    comment = serializers.CharField()
    by = serializers.CharField()
    at = UtcDateTimeField()


# --- a document made of dataclasses -----------------------------------------------------------


def serializer_of(document: Any) -> type[serializers.Serializer[Any]]:
    """One that shows a dataclass and the dataclasses in it, as they are."""
    hints = get_type_hints(document)
    members = {each.name: _field_of(hints[each.name]) for each in fields(document)}
    return type(f"{document.__name__}Serializer", (serializers.Serializer,), members)


def _field_of(kind: Any) -> Any:
    if kind in (str, int, bool):
        plain = {str: serializers.CharField, int: serializers.IntegerField}
        return plain.get(kind, serializers.BooleanField)()
    if is_dataclass(kind):
        return serializer_of(kind)()
    if get_origin(kind) is list:
        return _list_of(get_args(kind)[0])
    inner = [each for each in get_args(kind) if is_dataclass(each)]
    return serializer_of(inner[0])(allow_null=True)


def _list_of(kind: Any) -> Any:
    if is_dataclass(kind):
        return serializer_of(kind)(many=True)
    if get_origin(kind) is tuple:
        return serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    if kind is str:
        return serializers.ListField(child=serializers.CharField())
    return serializers.ListField(child=serializers.DictField(child=serializers.CharField()))
