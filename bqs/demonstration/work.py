"""Move a few dozen opportunities into every state, and let the CRM change some of them."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import requests
from django.conf import settings

from bqs.demonstration.people import LEAD, OTHER_SA, PRACTICES, SA, THIRD_SA
from bqs.demonstration.scoring import FAIR, STRONG
from bqs.demonstration.stories import OutOfDeals, Storyteller
from bqs.models import ExchangeRate
from opportunities.models import Opportunity, OpportunityEvent, conditions
from sync.engine.refresh import refresh_opportunity

CURRENCIES = ("EUR", "USD", "GBP")
# Not of all currencies, so that amounts without a rate are seen too.
RATES = {
    **{"USD": "0.92", "GBP": "1.17", "CHF": "1.05", "SEK": "0.088", "PLN": "0.23", "CAD": "0.67"},
    **{"AUD": "0.6", "JPY": "0.0061", "CNY": "0.13", "INR": "0.011", "SGD": "0.68", "AED": "0.25"},
}
WON_AND_LOST = (*["WON"] * 5, *["LOST"] * 2)


def make_work() -> None:
    """Make it once: a demo that is started again shows what people did the last time."""
    if OpportunityEvent.objects.exclude(actor=None).exists():
        return
    for currency, rate in RATES.items():
        ExchangeRate.objects.create(
            currency=currency, rate=Decimal(rate), source="Invented for the demo"
        )
    teller = Storyteller(_fresh_deals())
    # A small demo has fewer stories.
    with suppress(OutOfDeals):
        _tell_open_work(teller)
        _tell_decisions(teller)
        _let_the_crm_move(teller)


def _fresh_deals() -> Iterator[Opportunity]:
    """Yield new ones of the demo's practices, each once."""
    fresh = Opportunity.objects.filter(
        conditions.UNASSIGNED, practice__in=PRACTICES, currency__in=CURRENCIES, deal_value__gt=0
    )
    yield from list(fresh.order_by("-close_date"))


def _tell_open_work(teller: Storyteller) -> None:
    for days, to in ((0.5, SA), (1, SA), (5, SA), (1, OTHER_SA), (6, THIRD_SA)):
        teller.assigned(to, days)
    for days, to in ((2, SA), (4, SA), (12, SA), (3, OTHER_SA), (3, OTHER_SA), (9, OTHER_SA)):
        teller.begun(to, days)
    in_review = [teller.submitted(to, days) for to, days in ((SA, 0.3), (SA, 1), (OTHER_SA, 6))]
    teller.submitted(THIRD_SA, 1, STRONG)
    teller.comment(in_review[0], LEAD, "The customer asked for our answer by Friday.")
    teller.returned(SA, 0.6)
    teller.returned(OTHER_SA, 3)
    teller.held(SA, ago=10, review_in=7)
    teller.held(OTHER_SA, ago=5, review_in=30)
    teller.bid_due(teller.begun(SA, 3, answers=9), in_days=4)
    teller.bid_due(teller.fresh(), in_days=3)


def _tell_decisions(teller: Storyteller) -> None:
    for months, to in enumerate((SA, OTHER_SA, THIRD_SA, SA)):
        teller.approved(to, 5 + 31 * months)
        teller.declined(to, 8 + 31 * months)
    teller.approved(OTHER_SA, 40, FAIR)
    teller.conditional(SA, 8, due_in=1)
    teller.conditional(OTHER_SA, 4, due_in=20)
    teller.lifted(THIRD_SA, 35)
    for days in (2, 33, 64):
        teller.waved_off(days)


def _let_the_crm_move(teller: Storyteller) -> None:
    """Change them in the simulator and read them from there."""
    ended = [teller.approved(SA, 45 + 9 * number) for number in range(len(WON_AND_LOST))]
    changes = [
        _change(deal, StatusCode=status) for deal, status in zip(ended, WON_AND_LOST, strict=True)
    ]
    half_done = teller.begun(OTHER_SA, 7)
    reopened = teller.begun(SA, 4)
    moved = [teller.submitted(SA, 1), teller.approved(OTHER_SA, 9)]
    changes += [_change(each, StatusCode="LOST") for each in (half_done, reopened)]
    changes += [_change(each, Revenue=_more(each)) for each in moved]
    _in_crm(changes)
    _in_crm([_change(reopened, StatusCode="OPEN")])


def _change(deal: Opportunity, **attributes: Any) -> dict[str, Any]:
    return {"OptyId": int(deal.remote_id), **attributes}


def _more(deal: Opportunity) -> str:
    return str((deal.deal_value or Decimal(1)) * Decimal("1.4"))


def _in_crm(changes: list[dict[str, Any]]) -> None:
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    stamped = [{**each, "LastUpdateDate": now} for each in changes]
    control = f"{settings.ORACLE_BASE_URL}/_simulator/rows"
    requests.patch(control, json=stamped, timeout=30).raise_for_status()
    for each in changes:
        refresh_opportunity(str(each["OptyId"]))
