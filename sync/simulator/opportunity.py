"""Make up opportunities of an IT service company. The same random numbers give the same."""

from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from sync.simulator.attributes import LAST_UPDATE, OPTY_ID, OPTY_NUMBER
from sync.simulator.instants import oracle_instant
from sync.simulator.shape import Item
from sync.simulator.vocabulary import (
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
NULL_SHARES = {
    ("TargetPartyId", "TargetPartyName"): 0.04,
    ("Revenue",): 0.06,
    ("Revenue", "CurrencyCode"): 0.03,
    ("StatusCode",): 0.002,
    ("SalesStage",): 0.005,
    ("WinProb",): 0.02,
    ("OwnerResourcePartyId", "PartyName1"): 0.03,
    ("EffectiveDate",): 0.03,
    ("Description",): 0.6,
    ("Practice_c",): 0.06,
    ("Geo_c",): 0.05,
    ("Sector_c",): 0.1,
    ("DealType_c",): 0.2,
    ("BidDueDate_c",): 0.7,
}


def new_opportunity(rng: Random, opty_id: int, now: datetime) -> Item:
    """Return an opportunity as of `now`; whatever may be null sometimes is."""
    practice, status = one_of(rng, PRACTICES), one_of(rng, STATUSES)
    created_at = now - timedelta(seconds=rng.random() * OLDEST_DAYS * 86_400)
    updated_at = created_at + (now - created_at) * rng.random()
    item = {
        OPTY_ID: opty_id,
        # Some tenants use words in their numbers, with signs that a path must encode.
        OPTY_NUMBER: (
            f"DE/Q{opty_id % 4 + 1} Größe#{opty_id % 1_000_000_007}"
            if rng.random() * ODD_NUMBER_ONE_IN < 1
            else str(opty_id - 2 * FIRST_PARTY)
        ),
        **_deal(rng, practice),
        **status_and_stage(rng, status),
        **owner(rng),
        "EffectiveDate": _close_date(rng, status, updated_at),
        "CreationDate": oracle_instant(created_at),
        LAST_UPDATE: oracle_instant(updated_at),
        "Description": one_of(rng, DESCRIPTIONS),
        "Practice_c": practice,
        "Sector_c": one_of(rng, SECTORS),
        "DealType_c": one_of(rng, DEAL_TYPES),
        "BidDueDate_c": (updated_at + timedelta(days=30)).date().isoformat(),
    }
    for names, share in NULL_SHARES.items():
        if rng.random() < share:
            item.update(dict.fromkeys(names))
    return item


def status_and_stage(rng: Random, status: str) -> Item:
    """Return a status with a stage and a probability that fit it."""
    stage, probability = CLOSED_STAGE.get(status) or one_of(rng, OPEN_STAGES)
    return {"StatusCode": status, "SalesStage": stage, "WinProb": probability}


def owner(rng: Random) -> Item:
    who = int(rng.random() * len(OWNERS))
    return {"OwnerResourcePartyId": FIRST_PARTY + 7919 * who, "PartyName1": OWNERS[who]}


def revenue(rng: Random, currency: str) -> int | float:
    """Return a mostly round sum, from ten thousand to ten million euros; some to the cent."""
    amount = 10 ** (4 + 3 * rng.random()) * PER_EURO[currency]
    return round(amount, 2) if rng.random() < 0.15 else round(amount, -3)


def _deal(rng: Random, practice: str) -> Item:
    geo = one_of(rng, GEOS)
    currencies, customers = MARKETS[geo]
    customer, currency = one_of(rng, customers), one_of(rng, currencies)
    rocket = "🚀 " if rng.random() < 0.005 else ""
    return {
        "Name": f"{rocket}{one_of(rng, SUBJECTS[practice])} – {customer}{one_of(rng, WAYS)}",
        "TargetPartyId": FIRST_PARTY + sum(customer.encode()) * 1_000_003,
        "TargetPartyName": customer,
        "Revenue": revenue(rng, currency),
        "CurrencyCode": currency,
        "Geo_c": geo,
    }


def _close_date(rng: Random, status: str, updated_at: datetime) -> str:
    days = 0 if status in CLOSED_STAGE else rng.random() ** 2 * 300 - 10
    return (updated_at + timedelta(days=days)).date().isoformat()


def one_of(rng: Random, choices: tuple[Value, ...]) -> Value:
    # Several times faster than rng.choice, which counts with 100,000 rows.
    return choices[int(rng.random() * len(choices))]
