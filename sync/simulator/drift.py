"""Change rows as time passes, tick by tick, as a sales organisation does."""

from datetime import datetime
from itertools import count
from random import Random
from threading import Thread
from time import sleep

from sync.simulator.attributes import LAST_UPDATE, OPTY_ID
from sync.simulator.instants import Clock, oracle_instant
from sync.simulator.opportunity import new_opportunity, one_of, owner, revenue, status_and_stage
from sync.simulator.rows import FIRST_ID
from sync.simulator.shape import Item
from sync.simulator.store import Row, Store

OPEN, CLOSED = ("OPEN",), ("WON", "LOST", "NO_SALE")
REMOVAL_EVERY = 5
# Whoever looks at every row holds the lock too long where there are many.
MOST_TRIES = 200


def drift_for_ever(store: Store, clock: Clock, *, every_s: float) -> None:
    def work() -> None:
        for number in count(1):
            sleep(every_s)
            tick(store, number, clock.now())

    Thread(target=work, daemon=True).start()


def tick(store: Store, number: int, now: datetime) -> None:
    """Change a few rows. The same rows and number give the same changes."""
    rng = Random(number)  # noqa: S311 - rows to read, not secrets
    with store.lock:
        for change in (
            {"Revenue": revenue(rng, "EUR"), "CurrencyCode": "EUR"},
            status_and_stage(rng, *OPEN),
            owner(rng),
            status_and_stage(rng, one_of(rng, CLOSED)),
        ):
            _edit(store, _some_row(store, rng, OPEN), change, now)
        _edit(store, _some_row(store, rng, CLOSED), status_and_stage(rng, *OPEN), now)
        last = store.ids[-1] if len(store) else FIRST_ID
        item = new_opportunity(rng, last + 1 + rng.randrange(400), now)
        stamps = dict.fromkeys(("CreationDate", LAST_UPDATE), oracle_instant(now))
        store.merge([{**item, **stamps}])
        if number % REMOVAL_EVERY == 0 and (row := _some_row(store, rng, OPEN + CLOSED)):
            store.remove(row.id)


def _some_row(store: Store, rng: Random, statuses: tuple[str, ...]) -> Row | None:
    """Return a row of these statuses, or None where chance finds none."""
    for _ in range(MOST_TRIES if len(store) else 0):
        row = store.get(rng.choice(store.ids))
        if row and row.item.get("StatusCode") in statuses:
            return row
    return None


def _edit(store: Store, row: Row | None, change: Item, now: datetime) -> None:
    if row:
        store.merge([{OPTY_ID: row.id, **change, LAST_UPDATE: oracle_instant(now)}])
