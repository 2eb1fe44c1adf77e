"""The sales opportunity. Knows nothing of Oracle, HTTP or sync."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from opportunities.querysets import OpportunityQuerySet
from opportunities.workflow import WorkflowStatus


class RemovalReason(models.TextChoices):
    GONE = "GONE", "No longer in the CRM"
    HIDDEN = "HIDDEN", "No longer visible to our CRM user"


class Opportunity(models.Model):
    """One deal: what the CRM says of it, and what our people make of it."""

    remote_id = models.CharField(
        "CRM id", max_length=30, unique=True, help_text="Oracle's OptyId, as text."
    )

    # What the CRM owns: a sync always refreshes it, nobody edits it here.
    opty_number = models.CharField("number", max_length=60, null=True)
    name = models.CharField(max_length=500)
    customer = models.CharField(max_length=500, null=True)
    practice = models.CharField(max_length=255, null=True)
    geo = models.CharField("geography", max_length=255, null=True)
    deal_value = models.DecimalField(
        max_digits=18,
        decimal_places=2,
        null=True,
        help_text="In the deal's own currency; empty where the CRM has none.",
    )
    currency = models.CharField(max_length=15, null=True)
    win_probability = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, help_text="Percent, as sales sees it."
    )
    stage = models.CharField("sales stage", max_length=255, null=True)
    crm_status = models.CharField("CRM status", max_length=60, null=True)
    sales_owner = models.CharField(max_length=255, null=True)
    close_date = models.DateField(null=True, help_text="When sales expects the customer to decide.")
    crm_created_at = models.DateTimeField("created in CRM", null=True)
    crm_updated_at = models.DateTimeField("updated in CRM")
    extra = models.JSONField(
        default=dict, blank=True, help_text="Further CRM attributes this company asks for."
    )

    # What the sync notes down.
    first_seen_at = models.DateTimeField(default=timezone.now, editable=False)
    last_synced_at = models.DateTimeField(
        default=timezone.now,
        editable=False,
        help_text="When a sync last brought something new for this record.",
    )
    removed_in_crm_at = models.DateTimeField("removed in CRM", null=True, editable=False)
    removal_reason = models.CharField(
        max_length=10, choices=RemovalReason, blank=True, default="", editable=False
    )

    # What people own: a sync never overwrites it.
    workflow_status = models.CharField(
        max_length=20, choices=WorkflowStatus, default=WorkflowStatus.NEW
    )
    status_before_close = models.CharField(
        max_length=20,
        choices=WorkflowStatus,
        blank=True,
        default="",
        editable=False,
        help_text="Comes back when the CRM reopens the deal.",
    )
    assigned_sa = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="assigned SA",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="assigned_opportunities",
    )
    sa_notes = models.TextField("SA notes", blank=True, default="")

    CRM_FIELDS: ClassVar = (
        "opty_number",
        "name",
        "customer",
        "practice",
        "geo",
        "deal_value",
        "currency",
        "win_probability",
        "stage",
        "crm_status",
        "sales_owner",
        "close_date",
        "crm_created_at",
        "crm_updated_at",
        "extra",
    )
    PEOPLE_FIELDS: ClassVar = ("workflow_status", "assigned_sa", "sa_notes")

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        db_table = "opportunities"
        verbose_name_plural = "opportunities"
        ordering: ClassVar = ["-crm_updated_at", "-id"]
        # Named here instead of db_index=True, which on PostgreSQL makes a second index for
        # LIKE of every text column; each index is paid for by every row a sync writes.
        indexes: ClassVar = [
            models.Index(fields=["workflow_status", "close_date"], name="opp_workflow_close"),
            models.Index(fields=["-crm_updated_at", "-id"], name="opp_newest_first"),
            models.Index(fields=["opty_number"], name="opp_number"),
            models.Index(fields=["practice"], name="opp_practice"),
            models.Index(fields=["geo"], name="opp_geo"),
            models.Index(fields=["stage"], name="opp_stage"),
            models.Index(fields=["crm_status"], name="opp_crm_status"),
            models.Index(fields=["sales_owner"], name="opp_sales_owner"),
            models.Index(fields=["deal_value"], name="opp_deal_value"),
            models.Index(fields=["close_date"], name="opp_close_date"),
            models.Index(
                fields=["removed_in_crm_at"],
                condition=models.Q(removed_in_crm_at__isnull=False),
                name="opp_removed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opty_number or self.remote_id} {self.name}"
