"""Say in sentences how a tenant differs from what Oracle documents, for the log. Pure."""

from collections.abc import Container
from enum import Enum


class Habit(Enum):
    """Record how this Oracle differs: no habit costs a record, some cost time."""

    CHANGES_REFUSED = (
        "Oracle refuses q on its date of the last update, so it cannot be asked for changes: each "
        "run reads everything. Ask whoever runs Oracle to make that attribute queryable."
    )
    CHANGES_PARTLY_REFUSED = (
        "Oracle refuses q on one of its two dates of the last update, so a change that only that "
        "date shows comes with the next full run."
    )
    KEYS_REFUSED = (
        "Oracle refuses q on OptyId, so one connection read page after page by offset. "
        "ORACLE_PAGING=offset saves the refused question."
    )
    UNCOUNTED = (
        "Oracle did not say how many opportunities it has, so one connection read all of them."
    )
    UNDIVIDED = (
        "Oracle did not show records from the middle of its list, by which a full run is divided, "
        "so one connection read all of them."
    )
    HAS_MORE_AT_END = (
        "Oracle announced more records (hasMore) than it has. Asked for its highest OptyId it "
        "named the last one that was read, so none is missing."
    )
    NO_CLOCK = (
        "Oracle's answers bear no usable Date. So the watermark is the newest change that was "
        "seen, minus SYNC_OVERLAP_S, and the next run reads a few records again."
    )


def sentences(habits: Container[Habit]) -> list[str]:
    return [habit.value for habit in Habit if habit in habits]
