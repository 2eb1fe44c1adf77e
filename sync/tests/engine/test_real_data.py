"""The real opportunities of ../shared/data, with the expected columns written by hand."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from opportunities.models import Opportunity
from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.models import SyncLog, SyncStatus, SyncType
from sync.simulator import exact_json
from sync.tests.simulator_process import OracleSimulator

DATA: Path = settings.BASE_DIR.parent / "shared" / "data"
UK_MAY = DATA / "uk-digital-marketplace-2018-05-03.ndjson"
UK_JULY = DATA / "uk-digital-marketplace-2018-07-27.ndjson"
MAVEN = DATA / "maven-crm-sales.ndjson"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.shared_data,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"{DATA} is not part of the project"),
]


def serve(oracle: OracleSimulator, file: Path) -> list[dict[str, Any]]:
    items = [exact_json.decode(line) for line in file.read_text().splitlines()]
    oracle.serve(items)
    return items


def sync(sync_type: SyncType | None = None) -> SyncLog:
    return run_sync(SyncRequest(sync_type=sync_type)).log


def figures(log: SyncLog) -> dict[str, int]:
    names = ("total_fetched", "new_records", "updated_records", "unchanged_records")
    return {
        **{name.partition("_")[0]: getattr(log, name) for name in names},
        **{"failed": log.failed_records, "removed": log.removed_records},
    }


def expected(item: dict[str, Any]) -> dict[str, Any]:
    """The columns of a row, written down without the project's own mapping."""
    moments = {name: item[name] for name in ("CreationDate", "LastUpdateDate")}
    return {
        "remote_id": str(item["OptyId"]),
        "opty_number": item["OptyNumber"],
        "name": item["Name"],
        "customer": item["TargetPartyName"],
        "practice": item["Practice_c"],
        "geo": item["Geo_c"],
        "sector": None,  # These files have none.
        "deal_value": None if item["Revenue"] is None else Decimal(item["Revenue"]),
        "currency": item["CurrencyCode"],
        "win_probability": None if item["WinProb"] is None else Decimal(item["WinProb"]),
        "stage": item["SalesStage"],
        "crm_status": item["StatusCode"],
        "sales_owner": item["PartyName1"],
        "close_date": item["EffectiveDate"] and date.fromisoformat(item["EffectiveDate"]),
        "crm_created_at": datetime.fromisoformat(moments["CreationDate"]),
        "crm_updated_at": datetime.fromisoformat(moments["LastUpdateDate"]),
        "extra": {},
        "workflow_status": "CLOSED_IN_CRM" if item["StatusCode"] in ("WON", "LOST") else "NEW",
    }


def assert_every_column_equals(items: list[dict[str, Any]]) -> None:
    columns = expected(items[0]).keys()
    stored = {row["remote_id"]: row for row in Opportunity.objects.values(*columns)}
    assert len(stored) == len(items)
    for item in items:
        assert stored[str(item["OptyId"])] == expected(item)


@pytest.mark.parametrize(("file", "count"), [(UK_MAY, 1_905), (UK_JULY, 2_118), (MAVEN, 8_800)])
def test_every_column_of_every_real_opportunity_equals_the_source(
    oracle: OracleSimulator, file: Path, count: int
) -> None:
    items = serve(oracle, file)
    log = sync()
    assert (log.status, log.sync_type, log.error_message) == (SyncStatus.SUCCESS, "FULL", "")
    assert figures(log) == {
        **{"total": count, "new": count},
        **{"updated": 0, "unchanged": 0, "failed": 0, "removed": 0},
    }
    assert_every_column_equals(items)
    before = list(Opportunity.objects.order_by("pk").values())
    again = sync(SyncType.FULL)
    assert (again.unchanged_records, again.updated_records) == (count, 0)
    assert list(Opportunity.objects.order_by("pk").values()) == before


def test_a_later_full_reading_of_real_opportunities(oracle: OracleSimulator) -> None:
    serve(oracle, UK_MAY)
    sync()
    former = dict(Opportunity.objects.values_list("remote_id", "crm_updated_at"))
    items = serve(oracle, UK_JULY)
    log = sync(SyncType.FULL)
    assert figures(log) == {
        **{"total": 2_118, "new": 213, "updated": 91},
        **{"unchanged": 1_814, "failed": 0, "removed": 0},
    }
    assert_every_column_equals(items)
    now = dict(Opportunity.objects.values_list("remote_id", "crm_updated_at"))
    changed = {str(key) for key in log.changes.values_list("opportunity__remote_id", flat=True)}
    assert len(changed) == 91
    touched = {key for key in former if now[key] != former[key]} - changed
    assert len(touched) == 155


def test_a_later_incremental_reading_of_real_opportunities(oracle: OracleSimulator) -> None:
    serve(oracle, UK_MAY)
    assert sync().watermark == datetime.fromisoformat("2018-04-27T20:45:58+00:00")
    items = serve(oracle, UK_JULY)
    log = sync()
    # It brings exactly what the full reading finds new or changed, and the same 155 touched ones:
    # in this history every change is stamped after the newest stamp of the earlier file (the
    # oldest of them on 30 April), and no record has left. The other 1,659 are not even read.
    assert log.sync_type == SyncType.INCREMENTAL
    assert figures(log) == {
        **{"total": 459, "new": 213, "updated": 91},
        **{"unchanged": 155, "failed": 0, "removed": 0},
    }
    assert_every_column_equals(items)
