"""Named reads of opportunities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from opportunities.visibility import in_sight_of
from opportunities.workflow import WorkflowStatus

if TYPE_CHECKING:
    from opportunities.models import Opportunity  # noqa: F401 - named in a text below
    from opportunities.roles import Standing


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    def visible_to(self, standing: Standing) -> OpportunityQuerySet:
        """Those this person may see; the first step of every read for somebody."""
        return self.filter(in_sight_of(standing))

    def open(self) -> OpportunityQuerySet:
        """Those that sales still works on."""
        return self.exclude(workflow_status=WorkflowStatus.CLOSED_IN_CRM).present()

    def present(self) -> OpportunityQuerySet:
        """Those that the CRM still shows."""
        return self.filter(removed_in_crm_at=None)

    def for_list(self) -> OpportunityQuerySet:
        """What a list of rows needs, in one query."""
        return self.select_related("assigned_sa")

    def named(self, key: str) -> OpportunityQuerySet:
        """The one with this CRM id or, failing that, this CRM number: ids come first."""
        return self.filter(Q(remote_id=key) | Q(opty_number=key)).order_by(
            models.Case(models.When(remote_id=key, then=0), default=1), "-id"
        )
