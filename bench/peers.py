"""Who takes part, and how each is started."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bench.dlt_python import dlt_python
from bench.question import CONNECTIONS, FINDER, LOGIN, PAGE_SIZE

NAMES = ("floor", "ours", "dlt", "dlt-tuned", "literal")
# What differs from one peer's run to the next comes on top: both addresses.
CONDITIONS: Mapping[str, str] = {
    "SECRET_KEY": "only for the benchmark: abcdefghijklmnopqrstuvwxyz-0123456789",
    "DEBUG": "false",
    "TIME_ZONE": "UTC",
    "ORACLE_USERNAME": LOGIN[0],
    "ORACLE_PASSWORD": LOGIN[1],
    "ORACLE_API_VERSION": "11.13.18.05",
    "ORACLE_FINDER": FINDER,
    "ORACLE_PAGE_SIZE": str(PAGE_SIZE),
    "ORACLE_PAGING": "keyset",
    "ORACLE_CONCURRENCY": str(CONNECTIONS),
    "ORACLE_PRACTICE_FIELD": "Practice_c",
    "ORACLE_GEO_FIELD": "Geo_c",
    "ORACLE_SECTOR_FIELD": "Sector_c",
    "ORACLE_EXTRA_FIELDS": "",
    "RUNTIME__DLTHUB_TELEMETRY": "false",
}


@dataclass(frozen=True)
class Peer:
    name: str
    command: tuple[str, ...]
    has_our_table: bool = True
    """Else it makes its own, without our indexes."""
    most_rows: int | None = None
    """Beyond, it takes too long to be measured unasked."""


def peer(name: str) -> Peer:
    if name == "ours":
        return Peer(name, (sys.executable, "manage.py", "sync_oracle", "--full", "--json"))
    if name == "wire":
        return Peer(name, (sys.executable, "-m", "bench.wire"), has_our_table=False)
    if name.startswith("dlt"):
        return Peer(name, (dlt_python(), "-m", "bench.dlt_peer", name), has_our_table=False)
    most_rows = 20_000 if name == "literal" else None
    return Peer(name, (sys.executable, "-m", f"bench.{name}"), most_rows=most_rows)


def incremental(who: Peer, since: datetime) -> Peer:
    """Ours knows by itself since when."""
    if who.name == "ours":
        return replace(who, command=(sys.executable, "manage.py", "sync_oracle", "--json"))
    return replace(who, command=(*who.command, f"{since:%Y-%m-%dT%H:%M:%SZ}"))
