"""What people wait for, as the real addresses ask it, and how PostgreSQL carries it out; JSON.

Of each address the dearest query is explained.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.api.addresses import (  # noqa: E402
    DASHBOARD,
    FOR_YOU,
    LEAD_OF_20,
    LIST,
    MANAGER,
    PULSE,
    TABS,
    person,
)
from bench.api.requests import Reader, forget_figures  # noqa: E402
from opportunities.models import Opportunity  # noqa: E402
from sync import conf  # noqa: E402
from sync.engine.schema import known_to_lack  # noqa: E402
from sync.ingest.ingest import Ingester  # noqa: E402
from sync.ingest.upsert import Upsert  # noqa: E402
from sync.models import SyncLog  # noqa: E402

EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) "
ABOUT_DEALS = re.compile(r'"opportunities"|\bfeed_positions\b')
LONGEST, LEAST_SHARE = 400, 0.01
"""Of a statement, in signs; of a plan's time, for a step to be told."""


@dataclass(frozen=True)
class Plan:
    name: str
    sql: str
    queries: int
    """Of the whole answer."""
    nodes: tuple[str, ...]
    ms: float


def plans() -> Iterator[Plan]:
    readers = {who: Reader(person(who)) for who in (MANAGER, LEAD_OF_20)}
    for name, who, address in _addresses(readers[MANAGER]):
        readers[who].get(address)
        forget_figures()
        queries = readers[who].timed_queries(address)
        dearest = max(query for query in queries if ABOUT_DEALS.search(query[1]))
        yield _explained(name, dearest[1], len(queries))
    with transaction.atomic():
        statements = _write_a_page()
        yield _explained("sync", max(statements, key=len), len(statements))
        transaction.set_rollback(True)


def _addresses(manager: Reader) -> list[tuple[str, str, str]]:
    middle = max(Opportunity.objects.count() // 100, 1)
    return [
        ("list", MANAGER, LIST),
        ("value", MANAGER, f"{LIST}?ordering=-deal_value"),
        ("deep", MANAGER, f"{LIST}?page={middle}"),
        ("search", MANAGER, f"{LIST}?search=renewal"),
        ("tabs", MANAGER, TABS),
        ("group", MANAGER, f"{LIST}?group=practice"),
        ("for_you", LEAD_OF_20, FOR_YOU),
        ("dashboard", MANAGER, DASHBOARD),
        ("pulse", MANAGER, f"{PULSE}?after={manager.get(PULSE).json()['cursor']}"),
    ]


def _write_a_page() -> list[str]:
    """Let the sync take in Oracle's first page, all of whose rows differ from the mirror's."""
    mapping = conf.field_mapping()
    upsert = Upsert(log=SyncLog.objects.latest("pk"), asked_for_changes=True)
    with conf.oracle_client(mapping, known_to_lack(mapping)) as client:
        page = next(client.pages(Ingester(mapping, upsert).parse))
    Opportunity.objects.filter(remote_id__in=page.records).update(customer="Formerly")
    with CaptureQueriesContext(connection) as queries:
        upsert.write([*page.records.values()])
    return [each["sql"] for each in queries.captured_queries]


def _explained(name: str, sql: str, queries: int) -> Plan:
    with connection.cursor() as cursor:
        cursor.execute(EXPLAIN + sql)
        ((told,),) = cursor.fetchall()
    (plan,) = told if isinstance(told, list) else json.loads(told)
    ms = plan["Execution Time"]
    return Plan(name, _shortened(sql), queries, tuple(_steps(plan["Plan"], LEAST_SHARE * ms)), ms)


def _shortened(sql: str) -> str:
    """Leave out what a SELECT selects, and the end of what is very long."""
    depth, words = 0, sql.split(" ")
    for place, word in enumerate(words if words[0] == "SELECT" else ()):
        if word == "FROM" and not depth:
            sql = " ".join(["SELECT …", *words[place:]])
            break
        depth += word.count("(") - word.count(")")
    return sql if len(sql) <= LONGEST else f"{sql[:LONGEST]} …"


def _steps(node: dict[str, Any], least_ms: float, depth: int = 0) -> Iterator[str]:
    """Give each step a line, those beneath it indented: rows, time and pages of one loop."""
    if node["Actual Total Time"] * node["Actual Loops"] < least_ms and depth:
        return
    yield f"{'  ' * depth}{_step(node)}: {', '.join(_cost(node))}"
    for below in node.get("Plans", ()):
        yield from _steps(below, least_ms, depth + 1)


def _step(node: dict[str, Any]) -> str:
    words = [node.get("Subplan Name", ""), node["Node Type"], node.get("Relation Name", "")]
    if "Index Name" in node:
        words += ["by", node["Index Name"]]
    return " ".join(filter(None, words))


def _cost(node: dict[str, Any]) -> Iterator[str]:
    yield f"{node['Actual Rows']:,.0f} rows"
    yield f"{node['Actual Total Time']:.1f} ms"
    yield f"{node['Shared Hit Blocks'] + node['Shared Read Blocks']:,} pages"
    if removed := node.get("Rows Removed by Filter"):
        yield f"{removed:,} rows left out"
    if (loops := node["Actual Loops"]) > 1:
        yield f"{loops:,} times"


if __name__ == "__main__":
    print(json.dumps([asdict(plan) for plan in plans()]))
