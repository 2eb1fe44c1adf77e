"""Flag what Oracle no longer shows; never delete, and only after a complete full run."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from opportunities.models import Opportunity
from sync.models import OpportunityChange, SyncLog

BATCH = 100


def objection_to(removed: int, to_ask: int = 0) -> str:
    """Return why so many must not be flagged unasked, or "".

    Args:
        removed: those that Oracle says are gone or hidden; many are those beyond the limit by
            count *and* share.
        to_ask: those that Oracle is still to be asked for.
    """
    limit, percent = settings.SYNC_REMOVAL_LIMIT, settings.SYNC_REMOVAL_LIMIT_PERCENT
    total = Opportunity.objects.present().count() if removed > limit else 0
    if removed <= limit or removed * 100 <= percent * total:
        return ""
    more = f" ({to_ask:,} more were not in its list and are still to be asked for)"
    return (
        f"{removed:,} of {total:,} opportunities are gone in Oracle or hidden from our user"
        f"{more if to_ask else ''}, more than the limit of {limit:,} and {percent:g}%, and none "
        "was flagged. Most likely the Oracle user sees less than before. If they are really gone, "
        "run `sync_oracle --full --accept-removals`."
    )


def flag_removed(removed: Sequence[Opportunity], log: SyncLog) -> None:
    """Flag them, each with its removal_reason, and note it in their history."""
    for first in range(0, len(removed), BATCH):
        rows, now = removed[first : first + BATCH], timezone.now()
        for row in rows:
            row.removed_in_crm_at = now
        with transaction.atomic():
            Opportunity.objects.bulk_update(rows, ["removed_in_crm_at", "removal_reason"])
            OpportunityChange.objects.bulk_create(
                OpportunityChange(
                    opportunity=row,
                    sync_log=log,
                    field="removed_in_crm_at",
                    new=now.isoformat(),
                    at=now,
                )
                for row in rows
            )
