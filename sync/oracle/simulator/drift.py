"""What happens to the rows as time passes: one tick of a sales organisation at work."""

from datetime import datetime
from itertools import count
from random import Random
from threading import Thread
from time import sleep

from sync.oracle.simulator.attributes import LAST_UPDATE, OPTY_ID
from sync.oracle.simulator.clock import Clock
from sync.oracle.simulator.instants import oracle_instant
from sync.oracle.simulator.opportunity import (
    new_opportunity,
    one_of,
    owner,
    revenue,
    standing,
)
from sync.oracle.simulator.rows import FIRST_ID
from sync.oracle.simulator.shape import Item
from sync.oracle.simulator.store import Row, Store

OPEN, CLOSED = ("OPEN",), ("WON", "LOST", "NO_SALE")
MOST_LOOKS = 200
REMOVAL_EVERY = 5


def drift_for_ever(store: Store, clock: Clock, *, every_s: float, seed: int) -> None:
    def work() -> None:
        for number in count(1):
            sleep(every_s)
            tick(store, number, seed=seed, now=clock.now())

    Thread(target=work, daemon=True).start()


def tick(store: Store, number: int, *, seed: int, now: datetime) -> None:
    """The same rows, seed and number give the same changes."""
    rng = Random(f"{seed} {number}")  # noqa: S311 - rows to read, not secrets
    with store.lock:
        for change in (
            {"Revenue": revenue(rng, "EUR"), "CurrencyCode": "EUR"},
            standing(rng, *OPEN),
            owner(rng),
            standing(rng, one_of(rng, CLOSED)),
        ):
            _edit(store, _some_row(store, rng, OPEN), change, now)
        _edit(store, _some_row(store, rng, CLOSED), standing(rng, *OPEN), now)
        _add(store, rng, now)
        if number % REMOVAL_EVERY == 0 and (row := _some_row(store, rng, OPEN + CLOSED)):
            store.remove(row.id)


def _some_row(store: Store, rng: Random, statuses: tuple[str, ...]) -> Row | None:
    """A row of these statuses; None where there are few or none of them."""
    for _ in range(min(MOST_LOOKS, len(store) * 10)):
        row = store.get(rng.choice(store.ids))
        if row and row.item.get("StatusCode") in statuses:
            return row
    return None


def _edit(store: Store, row: Row | None, change: Item, now: datetime) -> None:
    if row:
        store.merge([{OPTY_ID: row.id, **change, LAST_UPDATE: oracle_instant(now)}])


def _add(store: Store, rng: Random, now: datetime) -> None:
    last = store.ids[-1] if len(store) else FIRST_ID
    item = new_opportunity(rng, last + 1 + rng.randrange(400), now)
    store.merge([{**item, "CreationDate": oracle_instant(now), LAST_UPDATE: oracle_instant(now)}])
