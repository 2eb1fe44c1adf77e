"""Tell closed from open CRM statuses, and how an opportunity ended. Pure: no queries."""

import re
from collections.abc import Iterable
from functools import lru_cache

from django.db.models import TextChoices

from opportunities.domain.states import WorkflowStatus


class CrmOutcome(TextChoices):
    """A customer's decision; UNKNOWN for a closed status that no setting names."""

    OPEN = "OPEN", "Open"
    WON = "WON", "Won"
    LOST = "LOST", "Lost"
    CANCELLED = "CANCELLED", "Cancelled"
    UNKNOWN = "UNKNOWN", "Closed, outcome unknown"


# Some tenants use these words instead of the seeded codes.
CLOSED_IN_WORDS = {"CLOSED WON": CrmOutcome.WON, "CLOSED LOST": CrmOutcome.LOST}


class ClosedStatuses:
    """A set of closed CRM statuses; case and separators do not matter."""

    def __init__(
        self,
        codes: Iterable[str],
        *,
        won: Iterable[str] = ("WON",),
        lost: Iterable[str] = ("LOST",),
        cancelled: Iterable[str] = ("NO_SALE", "CANCELLED"),
        open_codes: Iterable[str] = ("OPEN",),
    ) -> None:
        self._codes = frozenset(_plain(code) for code in (*codes, *CLOSED_IN_WORDS))
        self._open = frozenset(_plain(code) for code in open_codes)
        self._outcomes = {
            **{_plain(code): CrmOutcome.CANCELLED for code in cancelled},
            **{_plain(code): CrmOutcome.LOST for code in lost},
            **{_plain(code): CrmOutcome.WON for code in won},
            **CLOSED_IN_WORDS,
        }

    def __contains__(self, crm_status: str | None) -> bool:
        return crm_status is not None and _plain(crm_status) in self._codes

    def is_mapped(self, crm_status: str) -> bool:
        """Return whether a setting calls it closed or open; any other counts as open.

        A setting that says how it ended does not close it: NO_SALE may be open.
        """
        return crm_status in self or _plain(crm_status) in self._open

    def outcome_of(self, crm_status: str | None) -> CrmOutcome:
        if crm_status is None or crm_status not in self:
            return CrmOutcome.OPEN
        return self._outcomes.get(_plain(crm_status), CrmOutcome.UNKNOWN)


@lru_cache(maxsize=1_000)
def _plain(status: str) -> str:
    return re.sub(r"[\s_-]+", " ", status).strip().upper()


def after_crm_status(
    workflow_status: str, status_before_close: str, *, is_closed: bool
) -> tuple[str, str]:
    """Return the workflow status and the status before close that follow from the CRM.

    Closing keeps the former status, reopening restores it, everything else stays.
    """
    if is_closed and workflow_status != WorkflowStatus.CLOSED_IN_CRM:
        return WorkflowStatus.CLOSED_IN_CRM, workflow_status
    if not is_closed and workflow_status == WorkflowStatus.CLOSED_IN_CRM:
        return status_before_close or WorkflowStatus.NEW, ""
    return workflow_status, status_before_close
