"""The floor: all pages over four connections, one COPY, one INSERT, and nothing else.

No check of a page or a record, no comparison, no history, no log, no retry: what cannot be
done faster in Python, on the same table with the same indexes. With a moment as its argument
it asks, page after page, for what changed since.
"""

import csv
import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

import orjson
import psycopg2  # type: ignore[import-untyped]
import urllib3

from bench.question import (
    COLUMN_OF,
    CONNECTIONS,
    HEADERS,
    LOGIN,
    PAGE_SIZE,
    PARAMS,
    base_url,
)

COLUMNS = ", ".join(COLUMN_OF.values())
REFRESHED = ", ".join(
    f"{column} = excluded.{column}"
    for column in (*COLUMN_OF.values(), "last_synced_at")
    if column != "remote_id"
)
# Names of columns only, so nothing can be injected.
INCOMING = f"""
    CREATE TEMPORARY TABLE incoming AS SELECT {COLUMNS} FROM opportunities WITH NO DATA
"""  # noqa: S608
COPY = f"COPY incoming ({COLUMNS}) FROM STDIN (FORMAT csv)"
UPSERT = f"""
    INSERT INTO opportunities ({COLUMNS}, extra, first_seen_at, last_synced_at,
                               status_entered_at, clock_started_at, due_at, due_soon_at,
                               removal_reason, workflow_status, status_before_close, sa_notes,
                               status_before_hold, crm_outcome, decision, is_unscored_decision,
                               is_reopened, needs_requalification, requalification_changes,
                               lock_version, search_text, priority)
    SELECT {COLUMNS}, '{{}}', now(), now(), now(), now(), now(), now(), '', 'NEW', '', '',
           '', 'OPEN', 'NONE', false, false, false, '[]', 0, '', 'NORMAL' FROM incoming
    ON CONFLICT (remote_id) DO UPDATE SET {REFRESHED}
"""  # noqa: S608

http = urllib3.PoolManager(
    maxsize=CONNECTIONS,
    headers={
        **HEADERS,
        **urllib3.make_headers(basic_auth=":".join(LOGIN), accept_encoding="gzip, deflate"),
    },
)


def url_at(offset: int, **more: str) -> str:
    params = {**PARAMS, "limit": str(PAGE_SIZE), "offset": str(offset), **more}
    return f"{base_url()}/opportunities?{urlencode(params)}"


def page_at(offset: int, **more: str) -> dict[str, Any]:
    page: dict[str, Any] = orjson.loads(http.request("GET", url_at(offset, **more)).data)
    return page


def all_pages() -> list[dict[str, Any]]:
    first = page_at(0, totalResults="true")
    with ThreadPoolExecutor(CONNECTIONS) as connections:
        offsets = range(PAGE_SIZE, first["totalResults"], PAGE_SIZE)
        return [first, *connections.map(page_at, offsets)]


def pages_since(moment: str) -> Iterator[dict[str, Any]]:
    offset, more = 0, True
    while more:
        page = page_at(offset, q=f"LastUpdateDate >= '{moment}'")
        yield page
        offset, more = offset + PAGE_SIZE, page["hasMore"]


def store(pages: Iterable[dict[str, Any]]) -> None:
    lines = StringIO()
    for page in pages:
        csv.writer(lines).writerows(map(itemgetter(*COLUMN_OF), page["items"]))
    lines.seek(0)
    with psycopg2.connect(os.environ["DATABASE_URL"]) as database, database.cursor() as cursor:
        cursor.execute(INCOMING)
        cursor.copy_expert(COPY, lines)
        cursor.execute(UPSERT)


if __name__ == "__main__":
    store(pages_since(sys.argv[1]) if sys.argv[1:] else all_pages())
