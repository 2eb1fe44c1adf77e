"""What the CRM's closing and reopening does to drafts: abandoned, kept readable, and back again."""

from collections.abc import Collection
from typing import Any

from django.db.models import F

from assessments.models import DRAFTS, Assessment, AssessmentStatus
from opportunities.signals import closed_in_crm, reopened_in_crm


def abandon_drafts(sender: Any, ids: Collection[int], **_: Any) -> None:
    """One statement. A submitted version stays as it is."""
    Assessment.objects.filter(opportunity__in=ids, status__in=DRAFTS).update(
        status_before_close=F("status"), status=AssessmentStatus.ABANDONED
    )


def take_drafts_up_again(sender: Any, ids: Collection[int], **_: Any) -> None:
    """Those that a closing abandoned, not those that a no-bid did."""
    Assessment.objects.filter(
        opportunity__in=ids, status=AssessmentStatus.ABANDONED, status_before_close__in=DRAFTS
    ).update(status=F("status_before_close"), status_before_close="")


def listen() -> None:
    closed_in_crm.connect(abandon_drafts)
    reopened_in_crm.connect(take_drafts_up_again)
