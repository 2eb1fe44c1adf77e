"""Store the versions of an opportunity's assessment: each a draft, then a record."""

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from assessments.models.immutable import ImmutableModel, Part
from assessments.models.template import AssessmentTemplate, Criterion, Knockout
from assessments.scoring.rules import BEST_RATING, AnswerKind, KnockoutReply, Recommendation
from opportunities.domain.amounts import AmountField
from opportunities.models import Opportunity

AS_SUBMITTED = "A submitted version cannot change. Correct it in the next one."


class AssessmentStatus(models.TextChoices):
    DRAFT = "DRAFT", "Draft"
    SUBMITTED = "SUBMITTED", "Submitted"
    RETURNED = "RETURNED", "Draft after a return"
    DECIDED = "DECIDED", "Decided"
    SUPERSEDED = "SUPERSEDED", "Superseded"
    ABANDONED = "ABANDONED", "Abandoned"


DRAFTS = (AssessmentStatus.DRAFT, AssessmentStatus.RETURNED)


class Confidence(models.TextChoices):
    LOW = "LOW", "Low"
    MEDIUM = "MEDIUM", "Medium"
    HIGH = "HIGH", "High"


class Assessment(ImmutableModel):
    """A version of an opportunity's assessment: a draft, then a record."""

    OPEN = Q(status__in=DRAFTS)
    FREE_FIELDS = frozenset({"status", "status_before_close"})
    FROZEN_SENTENCE = AS_SUBMITTED

    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.PROTECT, related_name="assessments"
    )
    template = models.ForeignKey(AssessmentTemplate, on_delete=models.PROTECT, related_name="+")
    version_no = models.PositiveIntegerField("version")
    status = models.CharField(
        max_length=10, choices=AssessmentStatus, default=AssessmentStatus.DRAFT
    )
    status_before_close = models.CharField(
        max_length=10,
        choices=AssessmentStatus,
        default="",
        help_text="Of a draft that the CRM's closing abandoned; comes back with a reopening.",
    )
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="assessments",
        help_text="The SA whose it is; each answer names its own author.",
    )
    lock_version = models.PositiveIntegerField(default=0, help_text="Counts the saves.")
    created_at = models.DateTimeField(auto_now_add=True)

    # Recorded, not scored.
    sa_recommendation = models.CharField(
        "SA's recommendation", max_length=12, choices=Recommendation, default="", blank=True
    )
    sa_reason = models.TextField("why it differs from the computed one", default="", blank=True)
    confidence = models.CharField(max_length=6, choices=Confidence, default="", blank=True)
    bid_effort_days = models.DecimalField(
        "bid effort", max_digits=7, decimal_places=1, null=True, help_text="Person-days."
    )
    bid_cost = AmountField(max_digits=16, null=True)
    bid_cost_currency = models.CharField(max_length=15, default="", blank=True)
    customer_deadline_on = models.DateField("customer's deadline", null=True)
    competitors = models.JSONField(default=list, help_text="{name, strength, weakness} each.")
    sales_owner_view = models.TextField("sales owner's view", default="", blank=True)
    open_risks = models.TextField(default="", blank=True)
    lessons = models.TextField("lessons from earlier bids", default="", blank=True)
    field_saves = models.JSONField(
        default=dict,
        encoder=DjangoJSONEncoder,
        help_text="recorded field -> {version, by, on_behalf_of, at, former} of its last save.",
    )

    # What submitting adds; empty in a draft.
    score = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    best_case = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    unknown_share = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    group_scores = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    band = models.CharField(max_length=20, default="")
    recommendation = models.CharField(max_length=12, choices=Recommendation, default="")
    caps = models.JSONField(default=list, help_text="{trigger, caps_at, sentence} each.")
    answered = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0, help_text="Criteria asked.")
    content = models.JSONField(null=True, help_text="The template as it was shown.")
    crm_snapshot = models.JSONField(null=True, help_text="What the CRM said of the opportunity.")
    mirror_synced_at = models.DateTimeField(
        null=True, help_text="Up to when the mirror had every change of the CRM at that moment."
    )
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    RECORDED_FIELDS: ClassVar = (
        *("sa_recommendation", "sa_reason", "confidence", "bid_effort_days", "bid_cost"),
        *("bid_cost_currency", "customer_deadline_on", "competitors", "sales_owner_view"),
        *("open_risks", "lessons"),
    )

    class Meta:
        db_table = "assessments"
        ordering: ClassVar = ["-version_no"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["opportunity", "version_no"], name="assessment_version_once"
            ),
            models.UniqueConstraint(
                fields=["opportunity"],
                condition=Q(status__in=["DRAFT", "RETURNED"]),
                name="assessment_one_draft",
            ),
            models.UniqueConstraint(
                fields=["opportunity"],
                condition=Q(status="SUBMITTED"),
                name="assessment_one_submitted",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.version_no} of {self.opportunity}"


class BaseAnswer(Part):
    """An answer to one question, and who gave it."""

    OPEN = Q(assessment__status__in=DRAFTS)
    WHOLE = "assessment"
    FROZEN_SENTENCE = AS_SUBMITTED

    comment = models.TextField(default="", blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField()
    saved_version = models.PositiveIntegerField(
        default=0, help_text="The assessment's lock_version since this save."
    )
    is_carried_over = models.BooleanField(
        default=False, help_text="From an earlier qualification, and nobody has confirmed it since."
    )
    former = models.JSONField(
        default=list,
        encoder=DjangoJSONEncoder,
        help_text="Left here by earlier authors: {by, on_behalf_of, at, value, comment} each.",
    )

    QUESTION: ClassVar[str]
    """The field that says what this answers."""
    SAVED_FIELDS: ClassVar[tuple[str, ...]] = (
        *("comment", "author", "on_behalf_of", "answered_at", "saved_version"),
        *("is_carried_over", "former"),
    )

    class Meta:
        abstract = True


class Answer(BaseAnswer):
    """A rating of a criterion, or that it is unknown or not applicable."""

    QUESTION = "criterion"
    SAVED_FIELDS: ClassVar[tuple[str, ...]] = ("kind", "rating", *BaseAnswer.SAVED_FIELDS)

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answers")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=7,
        choices=AnswerKind,
        default="",
        blank=True,
        help_text="Blank where there is a comment and no answer yet.",
    )
    rating = models.PositiveSmallIntegerField(null=True)

    class Meta:
        db_table = "assessment_answers"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="answer_once"),
            models.CheckConstraint(
                condition=Q(kind="RATING", rating__isnull=False, rating__lte=BEST_RATING)
                | (~Q(kind="RATING") & Q(rating=None)),
                name="answer_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.value

    @property
    def value(self) -> str:
        """Return the rating or the answer in words; blank while it is open."""
        return str(self.rating) if self.rating is not None else self.get_kind_display()


class KnockoutAnswer(BaseAnswer):
    """A reply to a knock-out check."""

    QUESTION = "knockout"
    SAVED_FIELDS: ClassVar[tuple[str, ...]] = ("reply", *BaseAnswer.SAVED_FIELDS)

    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="knockout_answers"
    )
    knockout = models.ForeignKey(Knockout, on_delete=models.PROTECT, related_name="+")
    reply = models.CharField(max_length=7, choices=KnockoutReply, default="", blank=True)

    class Meta:
        db_table = "assessment_knockout_answers"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "knockout"], name="knockout_answer_once")
        ]

    def __str__(self) -> str:
        return self.value

    @property
    def value(self) -> str:
        return self.get_reply_display()
