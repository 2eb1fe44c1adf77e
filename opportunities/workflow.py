"""What a status in the CRM does to our own workflow status. Pure: no queries."""

import re
from collections.abc import Iterable
from functools import lru_cache

from django.db.models import TextChoices


class WorkflowStatus(TextChoices):
    NEW = "NEW", "New"
    ASSIGNED = "ASSIGNED", "Assigned"
    IN_ASSESSMENT = "IN_ASSESSMENT", "In assessment"
    IN_REVIEW = "IN_REVIEW", "In review"
    RETURNED = "RETURNED", "Returned"
    CONDITIONAL = "CONDITIONAL", "Conditional"
    APPROVED = "APPROVED", "Approved"
    NO_BID = "NO_BID", "No bid"
    ON_HOLD = "ON_HOLD", "On hold"
    CLOSED_IN_CRM = "CLOSED_IN_CRM", "Closed in CRM"


# Some tenants write these out in words instead of using the seeded codes.
CLOSED_IN_WORDS = ("CLOSED WON", "CLOSED LOST")


class ClosedStatuses:
    """Says of a CRM status whether it is a closed one; case and separators do not matter."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._codes = frozenset(_plain(code) for code in (*codes, *CLOSED_IN_WORDS))

    def __contains__(self, crm_status: str | None) -> bool:
        return crm_status is not None and _plain(crm_status) in self._codes


@lru_cache(maxsize=1_000)
def _plain(status: str) -> str:
    return re.sub(r"[\s_-]+", " ", status).strip().upper()


def after_crm_status(
    workflow_status: str, status_before_close: str, *, is_closed: bool
) -> tuple[str, str]:
    """Return the workflow status and the status before close that follow from the CRM.

    Closing keeps the former status aside, reopening brings it back, all else stays.
    """
    if is_closed and workflow_status != WorkflowStatus.CLOSED_IN_CRM:
        return WorkflowStatus.CLOSED_IN_CRM, workflow_status
    if not is_closed and workflow_status == WorkflowStatus.CLOSED_IN_CRM:
        return status_before_close or WorkflowStatus.NEW, ""
    return workflow_status, status_before_close
