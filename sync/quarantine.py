"""Where a record goes that cannot be taken in, and how it gets out again."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.utils import timezone

from sync.models import RejectedRecord, SyncLog
from sync.oracle.errors import RecordError

LONGEST_TEXT = 2_000


def quarantine(item: Any, error: RecordError, log: SyncLog | None) -> bool:
    """Note a rejected record, once however often it comes; say whether it is to be ignored."""
    news = {
        "sync_log": log,
        "field": error.attribute,
        "reason": error.reason,
        # A null would be no payload at all.
        "payload": "null" if item is None else shortened(item),
        "last_seen_at": timezone.now(),
    }
    rejected, is_new = RejectedRecord.objects.unresolved().get_or_create(
        fingerprint=_fingerprint(item, error), defaults={"remote_id": error.remote_id, **news}
    )
    if not is_new:
        RejectedRecord.objects.filter(pk=rejected.pk).update(tries=F("tries") + 1, **news)
    return bool(rejected.ignored_reason)


def is_ignored(item: Any, error: RecordError) -> bool:
    known = RejectedRecord.objects.unresolved().filter(fingerprint=_fingerprint(item, error))
    return known.exclude(ignored_reason="").exists()


def release(remote_ids: Iterable[str]) -> None:
    """Resolve those that went through."""
    RejectedRecord.objects.unresolved().filter(remote_id__in=remote_ids).update(
        resolved=True, resolved_at=timezone.now()
    )


def quarantined_ids() -> set[str]:
    """The CRM ids to try again, ignored ones included: they may be right by now."""
    ids = RejectedRecord.objects.unresolved().exclude(remote_id=None)
    return set(ids.values_list("remote_id", flat=True))  # type: ignore[arg-type]


def shortened(value: Any) -> Any:
    """A payload as JSON that every database stores and every page can show."""
    match value:
        case dict():
            return {_clean(key): shortened(each) for key, each in value.items()}
        case list():
            return [shortened(each) for each in value]
        case bool() | int() | None:
            return value
    return _clean(str(value))


def _clean(words: str) -> str:
    storable = words.replace("\0", "\\0").encode(errors="backslashreplace").decode()
    if len(storable) <= LONGEST_TEXT:
        return storable
    return f"{storable[:LONGEST_TEXT]}… ({len(words):,} characters)"


def _fingerprint(item: Any, error: RecordError) -> str:
    """Its id, or for a record without one a digest of what it is."""
    return (
        error.remote_id
        or hashlib.sha256(json.dumps(shortened(item), sort_keys=True).encode()).hexdigest()
    )
