"""Which records Oracle no longer shows. Flags, never deletes; only after a complete full run."""

from collections.abc import Container, Iterable, Iterator
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from opportunities.models import Opportunity, RemovalReason
from sync.models import OpportunityChange, SyncLog
from sync.oracle.client import OracleClient, Whereabouts

BATCH = 100
REASON_OF = {Whereabouts.GONE: RemovalReason.GONE, Whereabouts.HIDDEN: RemovalReason.HIDDEN}


def missing_from(seen: Container[str]) -> list[Opportunity]:
    """Those of the mirror that a complete reading did not show."""
    present = Opportunity.objects.present().order_by("id")
    ids = present.values_list("id", "remote_id").iterator()
    missing = [key for key, remote_id in ids if remote_id not in seen]
    return list(present.filter(id__in=missing).only("remote_id", "opty_number"))


def objection_to(missing: int) -> str:
    """Why so many must not be flagged unasked (beyond the limit by count *and* share), or ""."""
    limit, percent = settings.SYNC_REMOVAL_LIMIT, settings.SYNC_REMOVAL_LIMIT_PERCENT
    if missing <= limit:
        return ""
    total = Opportunity.objects.present().count()
    if missing * 100 <= percent * total:
        return ""
    return (
        f"{missing:,} of {total:,} opportunities were not in Oracle's answer, more than the limit "
        f"of {limit:,} and {percent:g} %, and none was flagged. Most likely the Oracle user sees "
        "less than before. If they are really gone, run `sync_oracle --full --accept-removals`."
    )


def confirmed_removals(
    missing: Iterable[Opportunity], client: OracleClient, still_there: list[str]
) -> Iterator[list[Opportunity]]:
    """Ask Oracle for each by itself; yield, in batches, those that it says are gone or hidden.

    Args:
        still_there: takes the CRM ids of those that it shows after all.
    """
    removed = (row for row in missing if _note_reason(row, client, still_there))
    while batch := list(islice(removed, BATCH)):
        yield batch


def _note_reason(row: Opportunity, client: OracleClient, still_there: list[str]) -> bool:
    """Without a number there is nothing to ask by; the list alone proves nothing."""
    whereabouts = client.whereabouts(row.opty_number) if row.opty_number else None
    if whereabouts is Whereabouts.SHOWN:
        still_there.append(row.remote_id)
    row.removal_reason = REASON_OF.get(whereabouts, "") if whereabouts else ""
    return bool(row.removal_reason)


def flag_removed(rows: list[Opportunity], log: SyncLog) -> None:
    now = timezone.now()
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
