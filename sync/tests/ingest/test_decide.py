from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from opportunities.domain.crm_status import ClosedStatuses
from opportunities.domain.states import WorkflowStatus
from sync.ingest.decide import BLANK_ROW, Change, Row, Verdict, decide
from sync.oracle.errors import RecordError
from sync.oracle.fields.mapping import CrmOpportunity

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
NOW = MONDAY + timedelta(days=2)


def record(*, extra: dict[str, Any] | None = None, **values: Any) -> CrmOpportunity:
    values = {"name": "Managed cloud", "crm_updated_at": MONDAY, **values}
    return CrmOpportunity("7", values, extra or {}, {})


def row(**values: Any) -> Row:
    return {
        **BLANK_ROW,
        **{"id": 1, "remote_id": "7", "name": "Managed cloud", "crm_updated_at": MONDAY},
        **values,
    }


def closed_statuses() -> ClosedStatuses:
    return ClosedStatuses(["WON", "LOST"])


def decided(record: CrmOpportunity, row: Row | None) -> Change:
    return decide(record, row, closed_statuses(), NOW)


def test_what_the_mirror_lacks_is_created() -> None:
    change = decided(record(deal_value=Decimal(5)), None)
    assert change.verdict is Verdict.CREATE
    assert change.row["deal_value"] == Decimal(5)
    assert change.row["workflow_status"] == WorkflowStatus.NEW
    assert change.diff == {}


@pytest.mark.parametrize(
    ("column", "attribute"), [("name", "Name"), ("crm_updated_at", "LastUpdateDate")]
)
def test_a_new_record_needs_a_name_and_a_stamp(column: str, attribute: str) -> None:
    incomplete = record()
    del incomplete.values[column]
    with pytest.raises(RecordError) as caught:
        decided(incomplete, None)
    assert (caught.value.attribute, caught.value.remote_id) == (attribute, "7")
    assert caught.value.reason == "is missing"


@pytest.mark.parametrize("column", ["name", "crm_updated_at"])
def test_a_known_record_keeps_what_oracle_leaves_out(column: str) -> None:
    partial = record(deal_value=Decimal(5))
    del partial.values[column]
    change = decided(partial, row())
    assert change.verdict is Verdict.UPDATE
    assert change.row[column] == row()[column]


@pytest.mark.parametrize("former", [None, row(), row(stage="04"), row(crm_updated_at=TUESDAY)])
def test_a_change_keeps_its_record(former: Row | None) -> None:
    now = record(stage="05")
    assert decided(now, former).record.remote_id == "7"
    assert decided(now, former).record.item is now.item


@pytest.mark.parametrize(
    ("crm_status", "outcome"), [("WON", "WON"), ("LOST", "LOST"), ("OPEN", "OPEN"), (None, "OPEN")]
)
def test_how_it_ended_follows_the_crm(crm_status: str | None, outcome: str) -> None:
    for former in (None, row()):
        change = decided(record(crm_status=crm_status), former)
        assert (change.row["crm_outcome"], change.row["remote_id"]) == (outcome, "7")


def test_an_older_further_attribute_does_not_overwrite_a_newer_one() -> None:
    stored = row(extra={"Own_c": 5}, crm_updated_at=TUESDAY)
    change = decided(record(extra={"Own_c": 4}), stored)
    assert (change.verdict, change.row["extra"]) == (Verdict.UNCHANGED, {"Own_c": 5})


def test_the_same_again_is_kept() -> None:
    change = decided(record(deal_value=Decimal("5.00")), row(deal_value=Decimal("5.00")))
    assert change.verdict is Verdict.UNCHANGED
    assert not change.writes


def test_only_what_moved_is_told() -> None:
    change = decided(
        record(crm_updated_at=TUESDAY, stage="05", customer="Acme"),
        row(stage="04", customer="Acme"),
    )
    assert change.verdict is Verdict.UPDATE
    assert change.diff == {"stage": ("04", "05")}
    assert change.row["crm_updated_at"] == TUESDAY


def test_null_clears_and_absent_keeps() -> None:
    change = decided(record(deal_value=None), row(deal_value=Decimal(5), customer="Acme"))
    assert change.diff == {"deal_value": (Decimal(5), None)}
    assert change.row["customer"] == "Acme"


def test_a_stamp_that_moves_alone_is_a_touch() -> None:
    change = decided(record(crm_updated_at=TUESDAY), row())
    assert (change.verdict, change.diff) == (Verdict.STAMP_ONLY, {})
    assert change.writes
    assert change.row["crm_updated_at"] == TUESDAY


def test_a_value_that_moves_under_the_same_stamp_is_news() -> None:
    assert decided(record(stage="05"), row(stage="04")).diff == {"stage": ("04", "05")}


def test_older_never_overwrites_newer() -> None:
    change = decided(record(stage="04"), row(stage="05", crm_updated_at=TUESDAY))
    assert change.verdict is Verdict.UNCHANGED
    assert change.row["stage"] == "05"


@pytest.mark.parametrize(
    ("written_at", "verdict"),
    [(MONDAY, Verdict.UPDATE), (TUESDAY, Verdict.UNCHANGED), (NOW, Verdict.UNCHANGED)],
)
def test_older_is_the_truth_of_a_row_that_nobody_wrote_since_oracle_was_asked(
    written_at: datetime, verdict: Verdict
) -> None:
    stored = row(stage="05", crm_updated_at=NOW, last_synced_at=written_at)
    change = decide(record(stage="04"), stored, closed_statuses(), NOW, truth_since=TUESDAY)
    assert change.verdict is verdict


def test_an_older_closing_does_not_close_what_is_open_since() -> None:
    change = decided(record(crm_status="WON"), row(crm_status="OPEN", crm_updated_at=TUESDAY))
    assert change.verdict is Verdict.UNCHANGED


def test_a_further_attribute_moves_by_itself() -> None:
    change = decided(
        record(extra={"Sector_c": "Rail", "DealType_c": None}),
        row(extra={"Sector_c": "Air", "Own_c": 5}),
    )
    assert change.diff == {"extra.Sector_c": ("Air", "Rail")}
    assert change.row["extra"] == {"Sector_c": "Rail", "DealType_c": None, "Own_c": 5}


def test_closing_in_the_crm_closes_here_and_remembers() -> None:
    change = decided(
        record(crm_status="WON"), row(crm_status="OPEN", workflow_status=WorkflowStatus.IN_REVIEW)
    )
    assert change.diff == {
        "crm_status": ("OPEN", "WON"),
        "workflow_status": (WorkflowStatus.IN_REVIEW, WorkflowStatus.CLOSED_IN_CRM),
    }
    assert change.row["status_before_close"] == WorkflowStatus.IN_REVIEW


def test_a_deal_first_seen_closed_is_closed_at_once() -> None:
    change = decided(record(crm_status="LOST"), None)
    assert change.row["workflow_status"] == WorkflowStatus.CLOSED_IN_CRM
    assert change.row["status_before_close"] == WorkflowStatus.NEW


def test_a_status_that_oracle_leaves_out_closes_and_opens_nothing() -> None:
    closed = row(crm_status="WON", crm_outcome="WON", workflow_status=WorkflowStatus.CLOSED_IN_CRM)
    assert decided(record(), closed).verdict is Verdict.UNCHANGED


def test_a_code_that_counts_as_closed_since_today_closes_without_a_change_in_the_crm() -> None:
    closed = ClosedStatuses(["NO_SALE"])
    change = decide(record(crm_status="NO_SALE"), row(crm_status="NO_SALE"), closed, NOW)
    assert change.diff == {"workflow_status": (WorkflowStatus.NEW, WorkflowStatus.CLOSED_IN_CRM)}


def test_what_oracle_shows_again_is_no_longer_removed() -> None:
    change = decided(record(), row(removed_in_crm_at=MONDAY, removal_reason="HIDDEN"))
    assert change.diff == {"removed_in_crm_at": (MONDAY, None)}
    assert (change.row["removed_in_crm_at"], change.row["removal_reason"]) == (None, "")


def test_what_oracle_shows_again_from_a_backup_is_no_longer_removed() -> None:
    restored = row(crm_updated_at=TUESDAY, removed_in_crm_at=TUESDAY, removal_reason="GONE")
    assert decided(record(), restored).row["removed_in_crm_at"] is None


def test_a_row_stamped_in_the_future_does_not_keep_out_what_follows() -> None:
    from_the_future = row(crm_updated_at=NOW + timedelta(hours=1), name="Old")
    assert decided(record(name="New"), from_the_future).verdict is Verdict.UPDATE
