"""What the mirror should hold, worked out from Oracle's rows by a table of its own.

Knows nothing of sync/oracle/fields/mapping.py and its parsers, whose mistakes it is there to find.
"""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from sync.simulator.shape import Item

Query = Callable[[str], Iterable[tuple[Any, ...]]]
"""From SQL to rows: of the tests' own database, or of a scratch one."""

EXTRA_FIELDS = ("DealType_c", "BidDueDate_c")
TEXTS = {
    "opty_number": "OptyNumber",
    "name": "Name",
    "customer": "TargetPartyName",
    "practice": "Practice_c",
    "geo": "Geo_c",
    "sector": "Sector_c",
    "currency": "CurrencyCode",
    "stage": "SalesStage",
    "crm_status": "StatusCode",
    "sales_owner": "PartyName1",
}
NUMBERS = {"deal_value": "Revenue", "win_probability": "WinProb"}
DAYS = {"close_date": "EffectiveDate"}
INSTANTS = {"crm_created_at": "CreationDate", "crm_updated_at": "LastUpdateDate"}
COLUMNS = (*TEXTS, *NUMBERS, *DAYS, *INSTANTS, "extra")
CENT = Decimal("0.01")

Row = dict[str, Any]


def differences(source: Iterable[Item], query: Query, but: Iterable[str] = ()) -> dict[str, str]:
    """CRM id -> what is not the same, but for these columns; empty where mirror = source."""
    wanted = {str(item["OptyId"]): _expected(item) for item in source}
    found = mirrored(query)
    columns = [column for column in COLUMNS if column not in but]
    words = {remote_id: "not in the mirror" for remote_id in wanted.keys() - found.keys()}
    words |= {remote_id: "only in the mirror" for remote_id in found.keys() - wanted.keys()}
    for remote_id in wanted.keys() & found.keys():
        if unlike := [c for c in columns if wanted[remote_id][c] != found[remote_id][c]]:
            words[remote_id] = ", ".join(unlike)
    return words


def mirrored(query: Query) -> dict[str, Row]:
    """CRM id -> the columns of each row that is not flagged as removed."""
    rows = query(
        f"SELECT remote_id, {', '.join(COLUMNS)} FROM opportunities WHERE removed_in_crm_at IS NULL"
    )
    return {remote_id: _as_stored(values) for remote_id, *values in rows}


def here(sql: str) -> list[tuple[Any, ...]]:
    """Ask the tests' own database."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def _expected(item: Item) -> Row:
    return {
        **{column: (item[name] or "").strip() or None for column, name in TEXTS.items()},
        **{column: _number(item[name]) for column, name in NUMBERS.items()},
        **{column: item[name] for column, name in DAYS.items()},
        **{column: _instant(item[name]) for column, name in INSTANTS.items()},
        "extra": {name: item.get(name) for name in EXTRA_FIELDS},
    }


def _as_stored(values: list[Any]) -> Row:
    row = dict(zip(COLUMNS, values, strict=True))
    row |= {column: _number(row[column]) for column in NUMBERS}
    row |= {column: row[column] and str(row[column])[:10] for column in DAYS}
    row |= {column: _instant(row[column]) for column in INSTANTS}
    return row | {"extra": _document(row["extra"])}


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value)).quantize(CENT)


def _instant(value: Any) -> datetime | None:
    """Each database driver gives times in a form of its own."""
    if value is None:
        return None
    moment = datetime.fromisoformat(str(value))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _document(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
