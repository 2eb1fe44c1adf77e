"""What happens to the rows as time passes: one tick of a sales organisation at work."""

from datetime import datetime
from random import Random
from threading import Thread
from time import sleep

from sync.oracle.simulator.attributes import LAST_UPDATE, OPTY_ID
from sync.oracle.simulator.clock import Clock
from sync.oracle.simulator.instants import oracle_instant
from sync.oracle.simulator.opportunity import new_opportunity, owner, revenue, standing
from sync.oracle.simulator.rows import FIRST_ID
from sync.oracle.simulator.shape import Item
from sync.oracle.simulator.store import Row, Store

CLOSED = ("WON", "LOST", "NO_SALE")
LOOKS = 200
REMOVAL_EVERY = 5


def drift_for_ever(store: Store, clock: Clock, *, every_s: float, seed: int) -> None:
    def work() -> None:
        number = 0
        while True:
            sleep(every_s)
            number += 1
            tick(store, number, seed=seed, now=clock.now())

    Thread(target=work, daemon=True).start()


def tick(store: Store, number: int, *, seed: int, now: datetime) -> None:
    """The same rows, seed and number give the same changes."""
    rng = Random(f"{seed} {number}")  # noqa: S311 - rows to read, not secrets
    with store.lock:
        _change(store, rng, now, revenue={"Revenue": revenue(rng, "EUR"), "CurrencyCode": "EUR"})
        _change(store, rng, now, stage=standing(rng, "OPEN"))
        _change(store, rng, now, owner=owner(rng))
        _change(store, rng, now, close=standing(rng, rng.choice(CLOSED)))
        _reopen(store, rng, now)
        _add(store, rng, now)
        if number % REMOVAL_EVERY == 0 and (row := _pick(store, rng)):
            store.remove(row.id)
