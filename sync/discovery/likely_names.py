"""Guess which attribute of a tenant is the one that we miss. Pure."""

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from opportunities.domain.fields import BY_NAME, Kind
from sync.oracle.findings import DATE, NUMBER, TEXT, SeenAttribute

KIND_OF = {
    **dict.fromkeys((Kind.AMOUNT, Kind.PERCENT, Kind.NUMBER), NUMBER),
    **dict.fromkeys((Kind.DATE, Kind.MOMENT), DATE),
}
# The words that tenants use for them, the likeliest first.
WORDS_OF = {
    "opty_number": ("optynumber", "opptynumber", "opportunitynumber", "dealnumber", "number"),
    "name": ("optyname", "opptyname", "opportunityname", "dealname", "title", "subject"),
    "customer": ("customer", "account", "client"),
    "deal_value": ("revenue", "dealvalue", "amount", "value", "volume"),
    "currency": ("currency", "curcy"),
    "win_probability": ("winprob", "probability", "chance"),
    "stage": ("salesstage", "stage", "phase"),
    "crm_status": ("status",),
    "sales_owner": ("salesowner", "owner", "salesrep", "salesperson", "accountmanager", "seller"),
    "close_date": ("closedate", "effective", "closing", "close"),
    "crm_created_at": ("creat",),
    "crm_updated_at": ("lastupdate", "lastmodified", "update", "modified"),
    "practice": ("practice", "serviceline", "businessunit", "portfolio"),
    "geo": ("geo", "region", "territory", "country", "market"),
    "sector": ("sector", "industry", "vertical", "segment"),
}
ALIKE = 0.8


def likely_name(
    usual: str, column: str, found: Mapping[str, SeenAttribute], taken: Iterable[str]
) -> SeenAttribute | None:
    """Return the attribute that most likely fills the column, if any is likely at all.

    Args:
        usual: the name that most tenants have for it.
        taken: names that are read as something else.
    """
    candidates = [
        (rank, -(each.filled or 0), each.name)
        for name, each in found.items()
        if name not in {usual, *taken}
        and each.filled != 0
        and each.kind in ("", KIND_OF.get(BY_NAME[column].kind, TEXT))
        and (rank := _rank(usual, column, each.name)) is not None
    ]
    return found[min(candidates)[-1]] if candidates else None


def _rank(usual: str, column: str, name: str) -> int | None:
    """Return the place of the name among the likely ones; None where it is not likely."""
    plain = _plain(name)
    if SequenceMatcher(None, _plain(usual), plain).ratio() >= ALIKE:
        return -1
    if not name.endswith("_c") or plain.endswith("id"):
        return None
    return next(
        (n for n, word in enumerate(WORDS_OF.get(column, (_plain(column),))) if word in plain), None
    )


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower().removesuffix("_c"))
