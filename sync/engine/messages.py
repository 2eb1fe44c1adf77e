"""Say in sentences for people how a run ended and what it met."""

from collections.abc import Iterator, Sequence

from sync.models import SyncLog

NOTHING_VISIBLE = (
    "Oracle answered with 0 opportunities although the mirror has some. Most likely the Oracle "
    "user no longer sees them: check its data access (read all opportunities) and ORACLE_FINDER. "
    "Nothing was removed."
)
NOTHING_AT_ALL = (
    "Oracle showed no opportunity at all. If it has some, the Oracle user does not see them: "
    "check its data access (read all opportunities) and ORACLE_FINDER."
)
MUCH_CHANGED = (
    "Much changed at once, so everything was read, over several connections: that takes less time."
)
KEPT = "What was written is kept; the next run reads the rest."
MOST_IDS_NAMED = 5
MOST_NAMES = 10


def lost(remote_ids: Sequence[str]) -> str:
    return (
        f"Reading Oracle's list missed {_opportunities(remote_ids)} that the list shows when asked "
        f"for each: OptyId {_named(remote_ids, MOST_IDS_NAMED)}. They are imported now, but others "
        "may be missing: run `sync_oracle --full` again. If it happens again, try the other "
        "ORACLE_PAGING (keyset or offset)."
    )


def left_out(remote_ids: Sequence[str]) -> str:
    return (
        f"Oracle's list left out {_opportunities(remote_ids)} that Oracle shows when asked "
        f"for each: OptyId {_named(remote_ids, MOST_IDS_NAMED)}. "
        "They are imported. If it happens again, check ORACLE_FINDER."
    )


def unclear(remote_ids: Sequence[str]) -> str:
    return (
        f"Oracle's list does not show {_opportunities(remote_ids)}, and Oracle did not say clearly "
        f"whether they are gone: OptyId {_named(remote_ids, MOST_IDS_NAMED)}. They are kept; the "
        "next full run asks again."
    )


def to_be_asked(count: int, limit: int) -> str:
    return (
        f"Oracle's list does not show {count:,} more opportunities; the next full runs ask for "
        f"them, each for at most {limit:,} (SYNC_QUESTION_LIMIT)."
    )


def only_open(listed: int) -> str:
    return (
        f"Of {listed:,} opportunities in Oracle's list none is closed. Most likely only open deals "
        "are shown: check ORACLE_FINDER, and ORACLE_CLOSED_STATUS_CODES. Until then only full runs "
        "find closings, by asking for each missing deal. If this is wanted, set "
        "ORACLE_SHOWS_OPEN_ONLY=true."
    )


def rejected(count: int) -> str:
    records = "1 record was" if count == 1 else f"{count:,} records were"
    return (
        f"{records} rejected; everything else is in. See the rejected records for the reasons: "
        "each later run tries them again."
    )


def row_locked(waited_s: float) -> str:
    return (
        f"Something in the database stayed locked for {waited_s:g} s (SYNC_LOCK_TIMEOUT_S), most "
        f"likely by a transaction that someone left open. {KEPT}"
    )


def cause_of(error: BaseException) -> str:
    if isinstance(error, KeyboardInterrupt | SystemExit):
        return f"Stopped by hand. {KEPT}"
    first_line = (str(error).strip() or "no message").splitlines()[0]
    return f"Stopped by an unexpected {type(error).__name__}: {first_line}"


def remarks_of(log: SyncLog) -> list[str]:
    """Return everything a person may want to act on, besides the message of the run."""
    return [*log.remarks, *_remarks_on_names(log)]


def _remarks_on_names(log: SyncLog) -> Iterator[str]:
    if log.absent_attributes:
        absent = _named(log.absent_attributes, MOST_NAMES)
        yield f"Oracle does not have {absent}: their columns keep their values."
    if log.unmapped_statuses:
        yield (
            "No setting names these CRM statuses, so they count as open: "
            f"{_named(log.unmapped_statuses, MOST_NAMES)}. Add each to "
            "ORACLE_CLOSED_STATUS_CODES or ORACLE_OPEN_STATUS_CODES."
        )
    if log.unmapped_attributes:
        yield (
            f"Oracle also has {_named(log.unmapped_attributes, MOST_NAMES)}: ORACLE_EXTRA_FIELDS "
            "names what is to be kept."
        )


def _opportunities(remote_ids: Sequence[str]) -> str:
    return "1 opportunity" if len(remote_ids) == 1 else f"{len(remote_ids):,} opportunities"


def _named(names: Sequence[str], most: int) -> str:
    """Return the first few of some names, and how many more there are."""
    left = len(names) - most
    return ", ".join(names[:most]) + (f" and {left:,} more" if left > 0 else "")
