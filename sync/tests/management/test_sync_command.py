import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from opportunities.models import Opportunity
from opportunities.tests.factories import UserFactory
from sync.models import SyncLog
from sync.tests.builders import oracle_item
from sync.tests.lock_elsewhere import sync_lock_elsewhere
from sync.tests.scratch_database import scratch_database
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db

LATER = "2026-11-01T08:00:00+00:00"


@dataclass
class Ended:
    code: int
    out: str
    err: str


def sync_oracle(*arguments: str) -> Ended:
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("sync_oracle", *arguments, stdout=out, stderr=err, no_color=True)
    except SystemExit as end:
        code = int(end.code or 0)
    return Ended(code, out.getvalue(), err.getvalue())


def rows(count: int, **more: Any) -> list[dict[str, Any]]:
    return [oracle_item(OptyId=n, **more) for n in range(1, count + 1)]


def table_of(ended: Ended) -> dict[str, str]:
    """The summary table: label -> figure."""
    cells = (line.strip("│ ").split("│") for line in ended.out.splitlines() if "│" in line)
    return {label.strip(): figure.strip() for label, figure in cells}


# --- exit codes and outcomes --------------------------------------------------------------------


def test_a_success_is_0_with_a_summary(oracle: OracleSimulator) -> None:
    oracle.serve(rows(3))
    ended = sync_oracle()
    assert (ended.code, ended.err) == (0, "")
    assert "Full sync: Success" in ended.out
    table = table_of(ended)
    assert (table["Fetched"], table["New"], table["Rejected"]) == ("3", "3", "0")
    assert sync_oracle().out.startswith("Incremental sync with Oracle started.")


def test_a_failure_is_1_with_one_sentence(oracle: OracleSimulator) -> None:
    oracle.faults("unauthorized")
    ended = sync_oracle()
    assert ended.code == 1
    assert "Full sync: Failed" in ended.out
    assert ended.err.startswith("Oracle refused the login: check ORACLE_USERNAME")
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize(
    ("fault", "words"),
    [("overflow:rows=1", "1 record was rejected"), ("page-repeated", "repeats or mixes up")],
)
def test_a_partial_run_is_2_and_says_what_is_missing(
    oracle: OracleSimulator, fault: str, words: str
) -> None:
    oracle.serve(rows(3))
    oracle.faults(fault)
    ended = sync_oracle()
    assert ended.code == 2
    assert words in ended.err


def test_a_sync_beside_another_is_75_and_does_nothing(oracle: OracleSimulator) -> None:
    with sync_lock_elsewhere():
        ended = sync_oracle()
    assert (ended.code, ended.out) == (75, "")
    assert ended.err == "A sync is already running. Nothing was done.\n"
    assert not SyncLog.objects.exists()
    assert oracle.requests() == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"ORACLE_BASE_URL": ""}, "ORACLE_BASE_URL is not set"),
        ({"ORACLE_BASE_URL": "crm.example.com"}, "begin it with https://"),
        ({"ORACLE_BASE_URL": "http://crm.example.com"}, "must begin with https://"),
        ({"ORACLE_BASE_URL": "http://127.0.0.1:9"}, "nothing listens there"),
        ({"ORACLE_USERNAME": ""}, "ORACLE_USERNAME is not set"),
        ({"ORACLE_PASSWORD": ""}, "ORACLE_PASSWORD is not set"),
        ({"ORACLE_PASSWORD": "wrong"}, "check ORACLE_USERNAME and ORACLE_PASSWORD"),
        ({"ORACLE_API_VERSION": "12"}, "ORACLE_API_VERSION (12)"),
        ({"ORACLE_PAGING": "cursor"}, "write keyset or offset"),
        ({"ORACLE_PAGE_SIZE": 501}, "ORACLE_PAGE_SIZE must be 1 to 500"),
        ({"ORACLE_ATTRIBUTES": "Owner=Own_c"}, "ORACLE_ATTRIBUTES names Owner"),
        ({"ORACLE_ATTRIBUTES": "Name="}, "ORACLE_ATTRIBUTES leaves Name blank"),
        ({"ORACLE_FINDER": "OtherFinder"}, "change ORACLE_FINDER"),
    ],
)
@pytest.mark.parametrize("arguments", [[], ["--dry-run"]])
def test_a_wrong_setting_is_named_in_one_sentence(
    oracle: OracleSimulator,
    settings: Settings,
    wrong: dict[str, Any],
    words: str,
    arguments: list[str],
) -> None:
    for name, value in wrong.items():
        setattr(settings, name, value)
    ended = sync_oracle(*arguments)
    assert ended.code == 1
    assert words in ended.err
    assert ended.err.count("\n") == 1


# --- what to read -------------------------------------------------------------------------------


def test_full_and_incremental_can_be_asked_for(oracle: OracleSimulator) -> None:
    oracle.serve(rows(1))
    sync_oracle()
    assert "Full sync: Success" in sync_oracle("--full").out
    assert "Incremental sync: Success" in sync_oracle("--incremental").out


@pytest.mark.parametrize("moment", ["2026-11-01", "2026-11-01T08:00:00Z", "2026-11-01T09:00+01:00"])
def test_since_takes_a_date_or_a_time(oracle: OracleSimulator, moment: str) -> None:
    oracle.serve([oracle_item(OptyId=1), oracle_item(OptyId=2, LastUpdateDate=LATER)])
    assert sync_oracle("--since", moment).code == 0
    assert Opportunity.objects.get().remote_id == "2"


def test_only_takes_ids_and_each_once(oracle: OracleSimulator) -> None:
    oracle.serve(rows(5))
    ended = sync_oracle("--only", "2", "4", "2")
    assert (ended.code, table_of(ended)["Fetched"]) == (0, "2")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--since", "yesterday"], "'yesterday' is not a time like"),
        (["--since", ""], "write a date or time like"),
        (["--only", "N-7"], "'N-7' is not a whole number"),
        (["--only"], "expected at least one argument"),
        (["--full", "--incremental"], "not allowed with"),
        (["--full", "--since", "2026-01-01"], "not allowed with"),
        (["--trigger", "MAGIC"], "invalid choice"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        sync_oracle(*arguments)


def test_accepted_removals_are_flagged(oracle: OracleSimulator, settings: Settings) -> None:
    settings.SYNC_REMOVAL_LIMIT = 0
    oracle.serve(rows(3))
    sync_oracle()
    oracle.remove(1)
    assert sync_oracle("--full").code == 2
    ended = sync_oracle("--full", "--accept-removals")
    assert (ended.code, table_of(ended)["Removed in Oracle"]) == (0, "1")


def test_a_run_is_told_who_asked_for_it(oracle: OracleSimulator) -> None:
    user = UserFactory()
    sync_oracle("--trigger", "API", "--user-id", str(user.pk))
    log = SyncLog.objects.get()
    assert (log.trigger, log.user, log.process_id) == ("API", user, os.getpid())


# --- what it says -------------------------------------------------------------------------------


def test_it_tells_each_page_in_plain_lines_where_nobody_watches(
    oracle: OracleSimulator, settings: Settings
) -> None:
    settings.ORACLE_PAGE_SIZE = 2
    oracle.serve(rows(5))
    assert sync_oracle().out.splitlines()[:4] == [
        "Full sync with Oracle started.",
        "Page 1: 2 records so far.",
        "Page 2: 4 records so far.",
        "Page 3: 5 records so far.",
    ]


@pytest.mark.parametrize(
    ("fault", "code", "status"),
    [
        ("new-field", 0, "SUCCESS"),
        ("overflow:rows=1", 2, "PARTIAL"),
        ("unauthorized", 1, "FAILED"),
    ],
)
def test_json_is_one_object_and_nothing_else(
    oracle: OracleSimulator, fault: str, code: int, status: str
) -> None:
    oracle.serve(rows(4))
    oracle.faults(fault)
    ended = sync_oracle("--json")
    assert (ended.code, ended.err) == (code, "")
    report = json.loads(ended.out)
    log = SyncLog.objects.get()
    assert report["status"] == log.status == status
    assert {name: report[name] for name in ("id", "dry_run", "sync_type", "trigger")} == {
        **{"id": log.pk, "dry_run": False, "sync_type": "FULL", "trigger": "COMMAND"}
    }
    for name in ("total_fetched", "new_records", "failed_records", "requests", "error_message"):
        assert report[name] == getattr(log, name)
    assert datetime.fromisoformat(report["started_at"]) == log.started_at
    assert report["watermark"] == (log.watermark.isoformat() if log.watermark else None)


@pytest.mark.parametrize("arguments", [[], ["--dry-run"]])
def test_what_was_otherwise_than_expected_is_told_below_the_table(
    oracle: OracleSimulator, settings: Settings, arguments: list[str]
) -> None:
    settings.ORACLE_EXTRA_FIELDS = ["BidDueDate_c"]
    oracle.serve([*rows(2), oracle_item(OptyId=3, StatusCode="NO_SALE")])
    ended = sync_oracle(*arguments)
    assert (ended.code, ended.err) == (0, "")
    _, told = ended.out.split("┘" if "┘" in ended.out else "┛")
    assert told.splitlines()[1:3] == [
        "No setting names these CRM statuses, so they count as open: NO_SALE. Add each to "
        "ORACLE_CLOSED_STATUS_CODES or ORACLE_OPEN_STATUS_CODES.",
        "Oracle also has DealType_c: ORACLE_EXTRA_FIELDS names what is to be kept.",
    ]


@pytest.mark.parametrize("arguments", [[], ["--dry-run"]])
def test_json_names_what_was_otherwise_than_expected(
    oracle: OracleSimulator, arguments: list[str]
) -> None:
    oracle.serve(rows(1, StatusCode="NO_SALE"))
    report = json.loads(sync_oracle("--json", *arguments).out)
    assert report["unmapped_statuses"] == ["NO_SALE"]
    assert report["unmapped_attributes"] == ["BidDueDate_c", "DealType_c"]
    assert (report["remarks"], report["absent_attributes"]) == ([], [])


@pytest.mark.parametrize("setting", ["ORACLE_CLOSED_STATUS_CODES", "ORACLE_OPEN_STATUS_CODES"])
def test_a_status_that_a_setting_calls_closed_or_open_is_not_told(
    oracle: OracleSimulator, settings: Settings, setting: str
) -> None:
    setattr(settings, setting, ["NO_SALE"])
    oracle.serve(rows(1, StatusCode="No Sale"))
    assert json.loads(sync_oracle("--json").out)["unmapped_statuses"] == []


def test_a_dry_run_says_what_would_change_and_writes_nothing(oracle: OracleSimulator) -> None:
    oracle.serve(rows(4))
    sync_oracle()
    oracle.edit(
        {"OptyId": 1, "Revenue": 9, "SalesStage": None, "LastUpdateDate": LATER},
        *({"OptyId": 2, "LastUpdateDate": LATER}, oracle_item(OptyId=8, Name="Brand [new]")),
        oracle_item(OptyId=9, Revenue="much"),
    )
    oracle.remove(4)
    ended = sync_oracle("--full", "--dry-run")
    assert ended.code == 2
    assert "Full sync: Partial (dry run" in ended.out
    name = "SAP S/4HANA migration – Stadtwerke Nürnberg"
    shown = ended.out.splitlines()[-3:]
    assert shown == [
        f"1 {name}: deal_value 250000.00 -> 9.00, stage 04 - Presentation -> (empty)",
        "8 Brand [new]: new",
        "9: rejected, Revenue: is not a number",
    ]
    assert table_of(ended)["Removed in Oracle"] == "1"
    assert SyncLog.objects.count() == 1
    assert Opportunity.objects.get(remote_id="1").deal_value == 250_000


def test_a_long_dry_run_shows_some_of_it(oracle: OracleSimulator) -> None:
    oracle.serve(rows(25))
    lines = sync_oracle("--dry-run").out.splitlines()
    assert lines[-1] == "... and 5 more."
    assert len([line for line in lines if line.endswith(": new")]) == 20


def test_a_dry_run_as_json_has_no_id(oracle: OracleSimulator) -> None:
    oracle.serve(rows(2))
    report = json.loads(sync_oracle("--json", "--dry-run").out)
    assert (report["id"], report["dry_run"], report["new_records"]) == (None, True, 2)


# --- as a person starts it ----------------------------------------------------------------------


def test_a_wrong_address_ends_a_real_process_with_one_sentence() -> None:
    with scratch_database() as database:
        ended = subprocess.run(
            [sys.executable, "manage.py", "sync_oracle"],
            env={**database.environment, "ORACLE_BASE_URL": "https://nowhere.invalid"},
            capture_output=True,
            text=True,
        )
        assert database.rows("SELECT status FROM sync_logs") == [("FAILED",)]
    assert ended.returncode == 1
    assert "no host has this name" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_a_database_that_is_not_there_is_one_sentence() -> None:
    ended = subprocess.run(
        [sys.executable, "manage.py", "sync_oracle"],
        env={**os.environ, "DATABASE_URL": "postgresql://nobody:canary@127.0.0.1:9/nothing"},
        capture_output=True,
        text=True,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("The database failed: ")
    assert "canary" not in ended.stderr


def test_a_database_without_its_tables_is_one_sentence(tmp_path: Any) -> None:
    ended = subprocess.run(
        [sys.executable, "manage.py", "sync_oracle"],
        env={**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3"},
        capture_output=True,
        text=True,
    )
    assert (ended.returncode, ended.stderr) == (
        1,
        "The database failed: no such table: sync_logs\n",
    )


def test_the_start_of_a_run_is_now(oracle: OracleSimulator) -> None:
    before = datetime.now(UTC)
    sync_oracle()
    assert before <= SyncLog.objects.get().started_at <= datetime.now(UTC)
