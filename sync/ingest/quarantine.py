"""Keep records that cannot be imported, and release them once they can."""

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.utils import timezone

from sync.models import RejectedRecord, SyncLog
from sync.oracle.errors import RecordError

LONGEST_TEXT = 2_000
DEEPEST = 20
"""Levels of a payload that are kept; databases and encoders have a limit of their own."""
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\udc80-\udcff]")


def quarantine(item: Any, error: RecordError, log: SyncLog | None) -> bool:
    """Note a rejected record, once however often it comes; return whether it is ignored."""
    latest = {
        "sync_log": log,
        "field": error.attribute,
        "reason": error.reason,
        # A null would be no payload at all.
        "payload": "null" if item is None else shortened(item),
        "last_seen_at": timezone.now(),
    }
    rejected, is_new = RejectedRecord.objects.unresolved().get_or_create(
        fingerprint=_fingerprint(item, error), defaults={"remote_id": error.remote_id, **latest}
    )
    if not is_new:
        RejectedRecord.objects.filter(pk=rejected.pk).update(tries=F("tries") + 1, **latest)
    return bool(rejected.ignored_reason)


def is_ignored(item: Any, error: RecordError) -> bool:
    known = RejectedRecord.objects.unresolved().filter(fingerprint=_fingerprint(item, error))
    return known.exclude(ignored_reason="").exists()


def release(remote_ids: Iterable[str]) -> None:
    """Resolve those that went through."""
    RejectedRecord.objects.unresolved().filter(remote_id__in=remote_ids).update(
        resolved=True, resolved_at=timezone.now()
    )


def quarantined_ids() -> list[str]:
    """Return the CRM ids to try again, those asked for least recently first.

    Ignored ones are among them: they may be right by now.
    """
    rows = RejectedRecord.objects.unresolved().exclude(remote_id=None)
    longest_ago = rows.order_by(F("asked_at").asc(nulls_first=True), "last_seen_at", "id")
    return list(longest_ago.values_list("remote_id", flat=True))  # type: ignore[arg-type]


def note_asked(remote_ids: Iterable[str]) -> None:
    rows = RejectedRecord.objects.unresolved().filter(remote_id__in=remote_ids)
    rows.update(asked_at=timezone.now())


def shortened(value: Any, levels: int = DEEPEST) -> Any:
    """Return a payload as JSON that every database stores and every page can show."""
    match value:
        case dict() | list() if not levels:
            return "…"
        case dict():
            return {_clean(key): shortened(each, levels - 1) for key, each in value.items()}
        case list():
            return [shortened(each, levels - 1) for each in value]
        case bool() | int() | None:
            return value
    return _clean(str(value))


def _clean(text: str) -> str:
    """Escape bytes that were no UTF-8: they came as the surrogates U+DC80 to U+DCFF."""
    visible = INVISIBLE.sub(lambda found: f"\\x{ord(found[0]) & 0xFF:02x}", text)
    storable = visible.encode(errors="backslashreplace").decode()
    if len(storable) <= LONGEST_TEXT:
        return storable
    return f"{storable[:LONGEST_TEXT]}… ({len(text):,} characters)"


def _fingerprint(item: Any, error: RecordError) -> str:
    """Return its id, or for a record without one a digest of what it is."""
    return (
        error.remote_id
        or hashlib.sha256(json.dumps(shortened(item), sort_keys=True).encode()).hexdigest()
    )
