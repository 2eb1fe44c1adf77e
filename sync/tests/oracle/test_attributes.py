"""What a tenant lacks or names otherwise: it costs a column, never the sync."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_django import Settings

from opportunities.models import Opportunity
from sync.engine.refresh import refresh_opportunity
from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.engine.verify import verify
from sync.models import SyncLog, SyncStatus, SyncType
from sync.oracle.fields.mapping import COLUMN_OF
from sync.tests.builders import oracle_item
from sync.tests.simulator_process import OracleSimulator

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.shared_out]

STAND_INS = ["OptyCreationDate", "OptyLastUpdateDate"]
ESSENTIAL = ["Name", "LastUpdateDate"]
OPTIONAL = [name for name in COLUMN_OF if name not in (*STAND_INS, *ESSENTIAL)]
CUSTOM = ["Practice_c", "Geo_c", "Sector_c"]
SILENT = ["no-describe", "no-describe nameless-400", "no-describe ignores-unknown-fields"]
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def sync(**order: Any) -> SyncLog:
    return run_sync(SyncRequest(**order)).log


def full() -> SyncLog:
    return sync(sync_type=SyncType.FULL)


def ended(log: SyncLog) -> tuple[str, str]:
    return log.status, log.error_message


SUCCESS = (SyncStatus.SUCCESS, "")


@pytest.fixture
def tenant(oracle: OracleSimulator) -> OracleSimulator:
    oracle.serve([oracle_item(OptyId=n) for n in range(1, 4)])
    return oracle


def be(tenant: OracleSimulator, *variations: str) -> None:
    tenant.tenant(*" ".join(variations).split())


def statuses(tenant: OracleSimulator) -> list[int]:
    return [each["status"] for each in tenant.requests() if "describe" not in each["path"]]


def column(name: str) -> set[Any]:
    return set(Opportunity.objects.values_list(name, flat=True))


# --- missing ------------------------------------------------------------------------------------


@pytest.mark.parametrize("silence", ["", *SILENT])
@pytest.mark.parametrize("attribute", OPTIONAL)
def test_a_missing_attribute_costs_its_column_and_nothing_else(
    tenant: OracleSimulator, attribute: str, silence: str
) -> None:
    be(tenant, f"missing:attributes={attribute}", silence)
    log = sync()
    assert (*ended(log), log.new_records) == (*SUCCESS, 3)
    assert column(COLUMN_OF[attribute]) == {None}
    assert log.absent_attributes == [attribute]
    assert bool(log.remarks) == (attribute not in CUSTOM)
    assert all(attribute in remark for remark in log.remarks)


@pytest.mark.parametrize("silence", ["", *SILENT])
def test_all_that_is_not_essential_may_be_missing_at_once(
    tenant: OracleSimulator, silence: str
) -> None:
    be(tenant, f"missing:attributes={'+'.join(OPTIONAL)}", silence)
    log = sync()
    assert (*ended(log), log.new_records) == (*SUCCESS, 3)
    assert log.absent_attributes == OPTIONAL
    assert len(log.remarks) == 1


@pytest.mark.parametrize("concurrency", [1, 4])
@pytest.mark.parametrize("silence", ["", *SILENT])
def test_what_is_lost_later_keeps_its_values_and_what_comes_back_is_used_again(
    tenant: OracleSimulator, settings: Settings, silence: str, concurrency: int
) -> None:
    settings.ORACLE_CONCURRENCY = concurrency
    sync()
    be(tenant, "missing:attributes=PartyName1+WinProb", silence)
    lost = full()
    assert (*ended(lost), lost.updated_records) == (*SUCCESS, 0)
    assert lost.absent_attributes == ["WinProb", "PartyName1"]
    assert column("sales_owner") == {"Anna Müller"}
    tenant.tenant()
    tenant.edit({"OptyId": 1, "PartyName1": "Ida Berg"})
    back = full()
    assert (*ended(back), back.absent_attributes, back.remarks) == (*SUCCESS, [], [])
    assert column("sales_owner") == {"Anna Müller", "Ida Berg"}


@pytest.mark.parametrize("silence", SILENT)
def test_an_incremental_run_knows_what_the_last_complete_one_found(
    tenant: OracleSimulator, silence: str
) -> None:
    be(tenant, "missing:attributes=PartyName1+Geo_c", silence)
    found = sync()
    tenant.forget_requests()
    for log in (sync(), sync()):
        assert (log.sync_type, *ended(log)) == (SyncType.INCREMENTAL, *SUCCESS)
        assert log.absent_attributes == found.absent_attributes == ["Geo_c", "PartyName1"]
        assert log.remarks == found.remarks
    assert set(statuses(tenant)) == {200}


def test_an_incremental_run_finds_out_by_itself_what_was_lost_since(
    tenant: OracleSimulator,
) -> None:
    sync()
    be(tenant, "missing:attributes=PartyName1")
    assert (*ended(sync()), sync().absent_attributes) == (*SUCCESS, ["PartyName1"])


def test_other_ways_to_read_do_without_it_too(tenant: OracleSimulator) -> None:
    be(tenant, "missing:attributes=PartyName1", "no-describe")
    assert ended(sync(dry_run=True)) == SUCCESS
    assert ended(sync(only=("2",))) == SUCCESS
    assert refresh_opportunity("3").opportunity.remote_id == "3"
    sync()
    tenant.forget_requests()
    assert refresh_opportunity("N-1").opportunity.remote_id == "1"
    assert verify().is_equal
    assert set(statuses(tenant)) == {200}


@pytest.mark.parametrize("concurrency", [1, 4])
def test_readers_side_by_side_find_it_out_once(
    tenant: OracleSimulator, settings: Settings, concurrency: int
) -> None:
    settings.ORACLE_CONCURRENCY, settings.ORACLE_PAGE_SIZE = concurrency, 5
    tenant.serve([oracle_item(OptyId=n) for n in range(1, 61)])
    sync()
    be(tenant, "missing:attributes=PartyName1+WinProb", "no-describe")
    tenant.forget_requests()
    assert full().unchanged_records == 60
    refused = statuses(tenant).count(400)
    assert 1 <= refused <= 3


def test_a_description_of_something_else_is_none(tenant: OracleSimulator) -> None:
    be(tenant, "missing:attributes=OptyId", "ignores-unknown-fields")
    log = sync()
    assert log.absent_attributes == []


# --- essential ----------------------------------------------------------------------------------


@pytest.mark.parametrize("silence", ["", "no-describe", "no-describe nameless-400"])
@pytest.mark.parametrize("attribute", ["Name", "LastUpdateDate"])
def test_nothing_is_read_without_an_essential_attribute(
    tenant: OracleSimulator, attribute: str, silence: str
) -> None:
    be(tenant, f"missing:attributes={attribute}", silence)
    log = sync()
    assert (log.status, log.watermark) == (SyncStatus.FAILED, None)
    assert f"does not know the attribute {attribute}" in log.error_message
    assert f"ORACLE_ATTRIBUTES ({attribute}=...)" in log.error_message
    assert not Opportunity.objects.exists()


def test_a_tenant_that_sends_no_name_at_all_is_told_as_such(tenant: OracleSimulator) -> None:
    be(tenant, "missing:attributes=Name", "no-describe", "ignores-unknown-fields")
    log = sync()
    assert (log.status, log.watermark) == (SyncStatus.FAILED, None)
    assert "ORACLE_ATTRIBUTES (Name=...)" in log.error_message


def test_a_refusal_that_blames_no_attribute_costs_no_column(
    tenant: OracleSimulator, settings: Settings
) -> None:
    settings.ORACLE_FINDER = "OtherFinder"
    be(tenant, "no-describe", "nameless-400")
    log = sync()
    assert log.status == SyncStatus.FAILED
    assert "check ORACLE_FINDER" in log.error_message
    assert log.absent_attributes == []
    assert len(tenant.requests()) < 10


# --- other names --------------------------------------------------------------------------------


@pytest.mark.parametrize("silence", ["", *SILENT])
def test_a_renamed_attribute_is_read_by_the_name_it_has(
    tenant: OracleSimulator, settings: Settings, silence: str
) -> None:
    be(tenant, "renamed:old=PartyName1+Name+LastUpdateDate,new=Own_c+Title_c+Moved_c", silence)
    settings.ORACLE_ATTRIBUTES = "PartyName1=Own_c,Name=Title_c,LastUpdateDate=Moved_c"
    assert (*ended(sync()), column("sales_owner")) == (*SUCCESS, {"Anna Müller"})
    tenant.edit({"OptyId": 1, "PartyName1": "Ida Berg", "LastUpdateDate": NOON.isoformat()})
    assert (sync().updated_records, column("crm_updated_at") >= {NOON}) == (1, True)


def test_a_blanked_attribute_is_neither_read_nor_cleared(
    tenant: OracleSimulator, settings: Settings
) -> None:
    sync()
    settings.ORACLE_ATTRIBUTES = "PartyName1=,Geo_c="
    tenant.edit({"OptyId": 1, "PartyName1": "Ida Berg", "Geo_c": None})
    log = full()
    assert (log.absent_attributes, log.remarks, log.updated_records) == ([], [], 0)
    assert column("sales_owner") == {"Anna Müller"}
    assert not [each for each in tenant.requests()[-2:] if "Geo_c" in each["params"]["fields"]]


def test_an_attribute_named_since_the_last_run_is_asked_for_at_once(
    tenant: OracleSimulator, settings: Settings
) -> None:
    be(tenant, "renamed:old=PartyName1,new=Own_c")
    assert sync().absent_attributes == ["PartyName1"]
    settings.ORACLE_ATTRIBUTES = "PartyName1=Own_c"
    tenant.edit({"OptyId": 1, "Name": "Changed"})
    log = sync()
    assert (log.sync_type, log.absent_attributes) == (SyncType.INCREMENTAL, [])
    assert "Anna Müller" in column("sales_owner")


# --- two dates ----------------------------------------------------------------------------------


def dated(opty_id: int, updated: datetime, as_opportunity: datetime, **more: Any) -> dict[str, Any]:
    return oracle_item(
        OptyId=opty_id,
        LastUpdateDate=updated.isoformat(),
        OptyLastUpdateDate=as_opportunity.isoformat(),
        **more,
    )


EARLY, LATE = NOON - timedelta(days=2), NOON - timedelta(hours=1)
both = pytest.mark.parametrize("paging", ["keyset", "offset"])


@pytest.fixture
def two_dates(oracle: OracleSimulator) -> OracleSimulator:
    oracle.clock("2026-11-20T12:00:00Z")
    oracle.serve([dated(n, EARLY, EARLY) for n in range(1, 8)])
    return oracle


@pytest.mark.parametrize("silence", ["", *SILENT])
def test_the_later_of_both_dates_is_stored(two_dates: OracleSimulator, silence: str) -> None:
    two_dates.edit(dated(1, LATE, EARLY), dated(2, EARLY, LATE))
    be(two_dates, silence)
    log = sync()
    assert (*ended(log), log.watermark, log.remarks) == (*SUCCESS, LATE, [])
    later = Opportunity.objects.filter(crm_updated_at=LATE)
    assert {*later.values_list("remote_id", flat=True)} == {"1", "2"}


@both
@pytest.mark.parametrize("silence", ["", *SILENT])
def test_a_change_that_only_one_of_both_dates_shows_is_found(
    two_dates: OracleSimulator, settings: Settings, paging: str, silence: str
) -> None:
    settings.ORACLE_PAGING, settings.ORACLE_PAGE_SIZE = paging, 2
    be(two_dates, silence)
    sync()
    two_dates.edit(
        dated(1, LATE, EARLY, Name="First"),
        dated(3, LATE, LATE, Name="Both"),
        *(dated(n, EARLY, LATE, Name="Second") for n in (4, 5, 6)),
    )
    log = sync()
    assert (log.sync_type, *ended(log)) == (SyncType.INCREMENTAL, *SUCCESS)
    # The others lie within the overlap; none comes twice.
    assert (log.total_fetched, log.updated_records, log.watermark) == (7, 5, LATE)


def test_a_date_that_is_always_null_hides_no_change(two_dates: OracleSimulator) -> None:
    for lame in ("LastUpdateDate", "OptyLastUpdateDate"):
        two_dates.serve([{**dated(n, EARLY, EARLY), lame: None} for n in range(1, 8)])
        full()
        two_dates.edit({**dated(4, LATE, LATE, Name=f"Without {lame}"), lame: None})
        assert sync().updated_records == 1


@both
@pytest.mark.parametrize("refused", ["LastUpdateDate", "OptyLastUpdateDate"])
def test_where_one_of_both_dates_cannot_be_asked_by_the_other_is_and_the_log_says_so(
    two_dates: OracleSimulator, settings: Settings, refused: str, paging: str
) -> None:
    settings.ORACLE_PAGING = paging
    be(two_dates, f"unqueryable:attributes={refused}")
    sync()
    two_dates.edit(dated(3, LATE, LATE, Name="Changed"))
    log = sync()
    assert (log.sync_type, *ended(log)) == (SyncType.INCREMENTAL, *SUCCESS)
    assert log.updated_records == 1
    assert ["full run" in remark for remark in log.remarks] == [True]
    assert log.absent_attributes == []


def test_a_date_named_since_the_last_run_is_asked_by_at_once(
    two_dates: OracleSimulator, settings: Settings
) -> None:
    two_dates.edit({"OptyId": 1, "Moved_c": EARLY.isoformat()})
    sync()
    settings.ORACLE_ATTRIBUTES = "LastUpdateDate=Moved_c"
    two_dates.edit({"OptyId": 1, "Moved_c": LATE.isoformat(), "Name": "Changed"})
    log = sync()
    assert (log.sync_type, log.watermark) == (SyncType.INCREMENTAL, LATE)


@pytest.mark.parametrize("silence", ["", *SILENT])
def test_a_tenant_of_the_newer_schema_is_read_by_its_dates(
    tenant: OracleSimulator, silence: str
) -> None:
    be(tenant, "new-schema", silence)
    log = sync()
    assert (*ended(log), log.absent_attributes[0]) == (*SUCCESS, "PartyName1")
    assert column("crm_updated_at") == {datetime(2026, 10, 1, 12, tzinfo=UTC)}
    tenant.edit({"OptyId": 2, "LastUpdateDate": NOON.isoformat(), "Name": "Changed"})
    assert sync().watermark == NOON
    tenant.edit({"OptyId": 2, "Name": "Changed again"}, {"OptyId": 3, "Name": "Unstamped"})
    later = sync()
    assert (later.sync_type, later.total_fetched, later.updated_records) == ("INCREMENTAL", 1, 1)


def test_with_one_date_a_night_asks_as_often_as_before(tenant: OracleSimulator) -> None:
    sync()
    tenant.forget_requests()
    sync()
    assert len(tenant.requests()) == 2
