"""Store templates; an active one is frozen, and copied to be changed."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from assessments.models.immutable import ImmutableModel, Part
from assessments.scoring.rules import BEST_RATING, CapTrigger, Recommendation

COPY_IT = "An active or retired template cannot be changed. Copy it, and change the copy."


class TemplateStatus(models.TextChoices):
    DRAFT = "DRAFT", "Draft"
    ACTIVE = "ACTIVE", "Active"
    RETIRED = "RETIRED", "Retired"


def ratings_to_comment() -> list[int]:
    return [0, 1, BEST_RATING]


class AssessmentTemplate(ImmutableModel):
    """A version of the questions that an assessment asks."""

    OPEN = Q(status=TemplateStatus.DRAFT)
    FREE_FIELDS = frozenset({"status", "activated_at", "retired_at"})
    FROZEN_SENTENCE = COPY_IT

    code = models.SlugField(help_text="The same for all versions.")
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=120)
    practice = models.CharField(
        max_length=255,
        blank=True,
        default="",
        help_text="As the CRM names it; blank for all practices without one of their own.",
    )
    status = models.CharField(
        max_length=8, choices=TemplateStatus, default=TemplateStatus.DRAFT, editable=False
    )
    na_weight_limit = models.PositiveIntegerField(
        "weight that may be not applicable", default=20, help_text="Points of the 100."
    )
    shortest_comment = models.PositiveIntegerField(default=10, help_text="Characters.")
    longest_comment = models.PositiveIntegerField(
        default=1500, help_text="Characters; Oracle's own assessments take 1500."
    )
    commented_ratings = models.JSONField(
        "ratings that need a comment", default=ratings_to_comment, blank=True
    )
    is_comment_per_group = models.BooleanField(
        "a comment in every group", default=True, help_text="Whatever the ratings in it."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    activated_at = models.DateTimeField(null=True, editable=False)
    retired_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        db_table = "assessment_templates"
        ordering: ClassVar = ["practice", "code", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "version"], name="template_version_once"),
            models.UniqueConstraint(
                fields=["practice"],
                condition=Q(status=TemplateStatus.ACTIVE),
                name="template_one_active",
                violation_error_message="Another template is active for this practice.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"


class TemplatePart(Part):
    OPEN = Q(template__status=TemplateStatus.DRAFT)
    WHOLE = "template"
    FROZEN_SENTENCE = COPY_IT

    class Meta:
        abstract = True


class CriterionGroup(TemplatePart):
    """A heading of a template, above its criteria."""

    template = models.ForeignKey(
        AssessmentTemplate, on_delete=models.CASCADE, related_name="groups"
    )
    code = models.SlugField(max_length=20)
    name = models.CharField(max_length=120)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "assessment_criterion_groups"
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["template", "code"], name="group_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Criterion(TemplatePart):
    """A question of a template that is rated from 0 to 5, and what it weighs."""

    OPEN = Q(group__template__status=TemplateStatus.DRAFT)
    WHOLE = "group__template"

    group = models.ForeignKey(CriterionGroup, on_delete=models.CASCADE, related_name="criteria")
    code = models.SlugField(
        max_length=20, help_text="Keep it from version to version: answers are compared by it."
    )
    name = models.CharField(max_length=120)
    question = models.CharField(max_length=300)
    why = models.CharField("why it matters", max_length=500, blank=True, default="")
    weight = models.PositiveSmallIntegerField(
        validators=[MaxValueValidator(100)], help_text="All weights of a template total 100."
    )
    is_gate = models.BooleanField(
        "gate", default=False, help_text="A bad rating caps the recommendation, whatever the total."
    )
    order = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "assessment_criteria"
        verbose_name_plural = "criteria"
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "code"], name="criterion_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class RatingAnchor(TemplatePart):
    """A rating of a criterion in words."""

    OPEN = Q(criterion__group__template__status=TemplateStatus.DRAFT)
    WHOLE = "criterion__group__template"

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="anchors")
    value = models.PositiveSmallIntegerField(validators=[MaxValueValidator(BEST_RATING)])
    text = models.CharField(max_length=300)

    class Meta:
        db_table = "assessment_rating_anchors"
        ordering: ClassVar = ["value"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["criterion", "value"], name="anchor_once"),
            models.CheckConstraint(condition=Q(value__lte=BEST_RATING), name="anchor_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.value}: {self.text}"


class Knockout(TemplatePart):
    """A question of a template whose wrong answer can end a bid."""

    template = models.ForeignKey(
        AssessmentTemplate, on_delete=models.CASCADE, related_name="knockouts"
    )
    code = models.SlugField(max_length=20)
    text = models.CharField(max_length=300)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "assessment_knockouts"
        verbose_name = "knock-out check"
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["template", "code"], name="knockout_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"


class ScoreBand(TemplatePart):
    """A range of scores, and what it recommends."""

    template = models.ForeignKey(AssessmentTemplate, on_delete=models.CASCADE, related_name="bands")
    code = models.SlugField(max_length=20)
    start = models.DecimalField(max_digits=4, decimal_places=1)
    end = models.DecimalField(max_digits=4, decimal_places=1, help_text="Belongs to the band.")
    recommendation = models.CharField(max_length=12, choices=Recommendation)
    feedback = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        db_table = "assessment_score_bands"
        ordering: ClassVar = ["-start"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["template", "code"], name="band_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.start} to {self.end}"


class RecommendationCap(TemplatePart):
    """A deal-breaker: if its trigger is met, the recommendation is no better than this."""

    template = models.ForeignKey(AssessmentTemplate, on_delete=models.CASCADE, related_name="caps")
    trigger = models.CharField(max_length=20, choices=CapTrigger)
    threshold = models.DecimalField(
        max_digits=5, decimal_places=1, default=0, help_text="Of the triggers that compare."
    )
    caps_at = models.CharField(max_length=12, choices=Recommendation)

    class Meta:
        db_table = "assessment_caps"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.get_trigger_display()} {self.threshold:g}: {self.get_caps_at_display()}"
