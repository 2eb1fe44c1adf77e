"""One made-up opportunity of an IT service company. The same random numbers give the same."""

from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from sync.oracle.simulator.attributes import LAST_UPDATE, OPTY_ID, OPTY_NUMBER
from sync.oracle.simulator.instants import oracle_instant
from sync.oracle.simulator.shape import Item
from sync.oracle.simulator.vocabulary import (
    CLOSED_STAGE,
    DEAL_TYPES,
    DESCRIPTIONS,
    MARKETS,
    OPEN_STAGES,
    OWNERS,
    PER_EURO,
    SECTORS,
    STATUSES,
    SUBJECTS,
    WAYS,
)

Value = TypeVar("Value")
FIRST_PARTY = 100_000_000_000_000
OLDEST_DAYS = 900
PRACTICES, GEOS = tuple(SUBJECTS), tuple(MARKETS)
ODD_NUMBER_ONE_IN = 60


def new_opportunity(rng: Random, opty_id: int, now: datetime) -> Item:
    """An opportunity as it stands at `now`; whatever may be null sometimes is."""
    practice, status = _one_of(rng, PRACTICES), _one_of(rng, STATUSES)
    created_at = now - timedelta(seconds=rng.random() ** 2 * OLDEST_DAYS * 86_400)
    updated_at = created_at + (now - created_at) * rng.random()
    return {
        OPTY_ID: opty_id,
        OPTY_NUMBER: _number(rng, opty_id),
        **_deal(rng, practice),
        **standing(rng, status),
        **owner(rng),
        "EffectiveDate": _maybe(rng, 0.03, _close_date(rng, status, updated_at)),
        "CreationDate": oracle_instant(created_at),
        LAST_UPDATE: oracle_instant(updated_at),
        "Description": _maybe(rng, 0.6, _one_of(rng, DESCRIPTIONS)),
        "Practice_c": _maybe(rng, 0.06, practice),
        "Sector_c": _maybe(rng, 0.1, _one_of(rng, SECTORS)),
        "DealType_c": _maybe(rng, 0.2, _one_of(rng, DEAL_TYPES)),
        "BidDueDate_c": _maybe(rng, 0.7, (updated_at + timedelta(days=30)).date().isoformat()),
    }


def standing(rng: Random, status: str) -> Item:
    """Status, stage and probability that go together."""
    stage, probability = CLOSED_STAGE.get(status) or _one_of(rng, OPEN_STAGES)
    return {
        "StatusCode": _maybe(rng, 0.002, status),
        "SalesStage": _maybe(rng, 0.005, stage),
        "WinProb": _maybe(rng, 0.02, probability),
    }


def owner(rng: Random) -> Item:
    who = int(rng.random() * len(OWNERS))
    known = rng.random() > 0.03
    return {
        "OwnerResourcePartyId": FIRST_PARTY + 7919 * who if known else None,
        "PartyName1": OWNERS[who] if known else None,
    }


def revenue(rng: Random, currency: str) -> int | float:
    """Mostly round sums, from ten thousand to ten million euros, some to the cent."""
    amount = 10 ** (4 + 3 * rng.random()) * PER_EURO[currency]
    return round(amount, 2) if rng.random() < 0.15 else round(amount, -3)


def _deal(rng: Random, practice: str) -> Item:
    geo = _one_of(rng, GEOS)
    currencies, customers = MARKETS[geo]
    customer, currency = _one_of(rng, customers), _one_of(rng, currencies)
    is_known, has_value = rng.random() > 0.04, rng.random() > 0.08
    return {
        "Name": _name(rng, practice, customer),
        "TargetPartyId": FIRST_PARTY + sum(customer.encode()) * 1_000_003 if is_known else None,
        "TargetPartyName": customer if is_known else None,
        "Revenue": revenue(rng, currency) if has_value else None,
        "CurrencyCode": currency if has_value or rng.random() < 0.5 else None,
        "Geo_c": _maybe(rng, 0.05, geo),
    }


def _name(rng: Random, practice: str, customer: str) -> str:
    rocket = "🚀 " if rng.random() < 0.005 else ""
    return f"{rocket}{_one_of(rng, SUBJECTS[practice])} – {customer}{_one_of(rng, WAYS)}"


def _number(rng: Random, opty_id: int) -> str:
    """Mostly digits; some tenants put words there, with signs that a path must encode."""
    if rng.random() * ODD_NUMBER_ONE_IN < 1:
        return f"DE/Q{opty_id % 4 + 1} Größe#{opty_id % 1_000_000_007}"
    return str(opty_id - 2 * FIRST_PARTY)


def _close_date(rng: Random, status: str, updated_at: datetime) -> str:
    days = 0 if status in CLOSED_STAGE else rng.random() ** 2 * 300 - 10
    return (updated_at + timedelta(days=days)).date().isoformat()


def _one_of(rng: Random, choices: tuple[Value, ...]) -> Value:
    # Four times faster than rng.choice, which counts with 100,000 rows of 20 choices.
    return choices[int(rng.random() * len(choices))]


def _maybe(rng: Random, null_share: float, value: Value) -> Value | None:
    return None if rng.random() < null_share else value
