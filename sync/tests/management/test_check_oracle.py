"""What a stranger does: a fresh clone, three values, and an Oracle that nobody has seen before."""

import json
import os
import pty
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from sync.oracle.survey.survey import EVER_QUOTED, EVER_UNQUOTED
from sync.tests.builders import oracle_item
from sync.tests.fresh_clone import FreshClone, fresh_clone
from sync.tests.reliability.depth import sampled
from sync.tests.simulator_process import LOGIN, OracleSimulator

MOST_QUESTIONS = 16
A_KEY = "abcdefghijklmnopqrstuvwxyz-0123456789-of-the-tests-alone"
UNKNOWN_TENANT = (
    *("--rows", "300", "--tenant", "limit:most=99"),
    *("--tenant", "renamed:old=PartyName1+Practice_c,new=OwnerText_c+Practice_Line_c"),
)


@pytest.fixture
def tenant(oracle_process: OracleSimulator) -> OracleSimulator:
    """An Oracle with some sixty deals of every status, a year old and new."""
    oracle_process.reset()
    oracle_process.serve([*_deals()])
    return oracle_process


@pytest.fixture
def clone() -> Iterator[FreshClone]:
    with fresh_clone() as clone:
        yield clone


def _deals() -> Iterator[dict[str, Any]]:
    for n in range(1, 61):
        closes = "2019-05-01" if n % 3 else "2026-12-15"
        status = ("OPEN", "WON", "LOST")[n % 3]
        yield oracle_item(OptyId=n, Name=f"Deal {n}", StatusCode=status, EffectiveDate=closes)


def three_values(oracle: OracleSimulator, password: str = LOGIN[1]) -> dict[str, str]:
    return {
        "ORACLE_BASE_URL": oracle.url,
        "ORACLE_USERNAME": LOGIN[0],
        "ORACLE_PASSWORD": password,
    }


def problems_of(clone: FreshClone, **environment: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(
        clone.manage("check_oracle", "--json", **environment).stdout
    )
    return answer


# --- first contact ------------------------------------------------------------------------------


def test_from_three_values_to_a_verified_first_sync_in_two_commands() -> None:
    """Against an unknown tenant, from a clone without .env and database, without an edit."""
    with (
        OracleSimulator(*UNKNOWN_TENANT) as oracle,
        fresh_clone(with_a_database=False) as clone,
    ):
        check = clone.python_manage("check_oracle", "--write", **three_values(oracle))
        assert check.returncode == 0, check.stdout + check.stderr
        assert clone.settings == {
            **three_values(oracle),
            "SECRET_KEY": clone.settings["SECRET_KEY"],
            "ORACLE_PAGE_SIZE": "99",
            "ORACLE_ATTRIBUTES": "PartyName1=OwnerText_c",
            "ORACLE_PRACTICE_FIELD": "Practice_Line_c",
        }
        first = clone.python_manage("first_sync")
        assert first.returncode == 0, first.stdout + first.stderr
        assert "Full sync: Success" in first.stdout
        assert "each of the 300 records in Oracle is here, and equal" in first.stdout


def test_it_asks_for_what_is_missing_where_somebody_sits_at_a_terminal(
    tenant: OracleSimulator, clone: FreshClone
) -> None:
    payload = at_a_terminal(clone, [tenant.url, *LOGIN], "check_oracle", "--write")
    assert "Address of Oracle" in payload
    assert LOGIN[1] not in payload.partition("Password")[2].partition("Oracle at")[0]
    assert three_values(tenant).items() <= clone.settings.items()


def at_a_terminal(clone: FreshClone, answers: list[str], *arguments: str) -> str:
    """What a person sees who types these answers, one to each question."""
    terminal, end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=clone.folder,
        env=clone.environment,
        stdin=end,
        stdout=end,
        stderr=end,
        # Without a terminal of its own it has this one.
        start_new_session=True,
    )
    os.close(end)
    payload = b""
    with suppress(OSError):  # What a terminal says when nobody is at its other end any more.
        while read := os.read(terminal, 10_000):
            payload += read
            if answers and payload.endswith(b": "):
                os.write(terminal, answers.pop(0).encode() + b"\n")
    os.close(terminal)
    process.wait()
    return payload.decode()


# --- variations, and what cures them ------------------------------------------------------------

RENAMED = "renamed:old=PartyName1+Sector_c,new=OwnerName_c+Industry_c"
ESSENTIAL = "renamed:old=Name+LastUpdateDate,new=OpptyName_c+LastUpdate_c"
# Habits of one tenant; what is said of them; the lines that cure them.
CURED = {
    "names, pages and version": (
        [RENAMED, "limit:most=19", "versions:offered=11.13.17.11"],
        ["no PartyName1", "no Sector_c", "at most 19 records", "not offer version 11.13.18.05"],
        {
            "ORACLE_ATTRIBUTES": "PartyName1=OwnerName_c",
            "ORACLE_SECTOR_FIELD": "Industry_c",
            "ORACLE_PAGE_SIZE": "19",
            "ORACLE_API_VERSION": "11.13.17.11",
        },
    ),
    "essential names and q": (
        [ESSENTIAL, "unqueryable:attributes=OptyId"],
        ["no Name", "no LastUpdateDate", "behind an OptyId"],
        {
            "ORACLE_ATTRIBUTES": "Name=OpptyName_c,LastUpdateDate=LastUpdate_c",
            "ORACLE_PAGING": "offset",
        },
    ),
    "own period": (
        ["own-period"],
        ["shows 20 records only. Oracle shows 60 with ALLOPTIES of all times"],
        {"ORACLE_FINDER": EVER_QUOTED},
    ),
    "plain record set": (
        ["record-set:form=plain", "own-period"],
        ["ORACLE_FINDER is refused"],
        {"ORACLE_FINDER": EVER_UNQUOTED},
    ),
}
SAID = {
    "missing:attributes=PartyName1+WinProb": "the win probability stays empty",
    "unqueryable:attributes=LastUpdateDate": "every sync will read everything",
}
WITHOUT_A_WORD = [
    ["no-describe", "no-count", "nameless-400", "date-header:form=nonsense"],
    ["versions:status=404", "silent-count", "ignores-unknown-fields", "date-header:form=absent"],
    ["total:most=40", "both-dates", "hidden-as-404", "plain-q"],
    ["no-describe:status=500", "no-count:status=500", "date-header:form=doubled"],
]


@pytest.mark.parametrize("tenant_with", sampled(CURED))
def test_what_is_otherwise_is_named_and_what_is_written_cures_it(
    tenant: OracleSimulator, clone: FreshClone, tenant_with: str
) -> None:
    habits, words, lines = CURED[tenant_with]
    tenant.tenant(*habits)
    check = clone.manage("check_oracle", "--write", **three_values(tenant))
    assert check.returncode == 0, check.stdout + check.stderr
    assert [each for each in words if each not in plain(check.stdout)] == []
    assert lines_of(clone, tenant) == lines
    assert_a_verified_first_sync(clone)
    again = json.loads(clone.manage("check_oracle", "--json").stdout)
    assert (again["problems"], again["would_work"]) == ([], True)


@pytest.mark.parametrize("habit", sampled(SAID))
def test_what_has_no_cure_is_said_and_stops_nothing(
    tenant: OracleSimulator, clone: FreshClone, habit: str
) -> None:
    tenant.tenant(habit)
    check = clone.manage("check_oracle", "--write", **three_values(tenant))
    assert check.returncode == 0, check.stdout + check.stderr
    assert SAID[habit] in plain(check.stdout)
    assert_a_verified_first_sync(clone)


@pytest.mark.parametrize("habits", sampled(WITHOUT_A_WORD), ids="+".join)
def test_what_costs_nothing_needs_no_line(
    tenant: OracleSimulator, clone: FreshClone, habits: list[str]
) -> None:
    tenant.tenant(*habits)
    check = clone.manage("check_oracle", "--write", **three_values(tenant))
    assert check.returncode == 0, check.stdout + check.stderr
    assert "Nothing stands in the way of a sync." in check.stdout
    assert lines_of(clone, tenant) == {}
    assert_a_verified_first_sync(clone)


def lines_of(clone: FreshClone, oracle: OracleSimulator) -> dict[str, str]:
    """What `.env` has beside the three values and the key of this clone."""
    usual = {*three_values(oracle), "SECRET_KEY"}
    return {name: value for name, value in clone.settings.items() if name not in usual}


def assert_a_verified_first_sync(clone: FreshClone) -> None:
    first = clone.manage("first_sync")
    assert first.returncode == 0, first.stdout + first.stderr
    assert "and equal" in first.stdout


def plain(text: str) -> str:
    """In one line, however it was wrapped."""
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize(
    "path", ["/fscmUI/faces/FuseWelcome", "/somewhere", "/crmRestApi/resources"]
)
def test_of_the_address_of_a_page_the_base_is_written(
    tenant: OracleSimulator, clone: FreshClone, path: str
) -> None:
    values = {**three_values(tenant), "ORACLE_BASE_URL": tenant.url + path}
    check = clone.manage("check_oracle", "--write", **values)
    assert "ORACLE_BASE_URL must be the bare address" in plain(check.stdout)
    assert clone.settings["ORACLE_BASE_URL"] == tenant.url


def test_a_field_that_is_always_empty_gives_way_to_one_that_is_filled(
    tenant: OracleSimulator, clone: FreshClone
) -> None:
    tenant.serve([{**each, "PartyName1": None, "OwnerText_c": "Anna"} for each in _deals()])
    clone.manage("check_oracle", "--write", **three_values(tenant))
    assert clone.settings["ORACLE_ATTRIBUTES"] == "PartyName1=OwnerText_c"


def test_a_status_that_says_how_it_ended_is_written_and_another_one_is_named(
    tenant: OracleSimulator, clone: FreshClone
) -> None:
    statuses = ("OPEN", "DEAL_WON", "PARKED")
    tenant.serve([{**each, "StatusCode": statuses[n % 3]} for n, each in enumerate(_deals())])
    check = clone.manage("check_oracle", "--write", **three_values(tenant))
    assert "so such deals count as open: PARKED (20 records)." in plain(check.stdout)
    assert clone.settings["ORACLE_CLOSED_STATUS_CODES"] == "WON,LOST,DEAL_WON"
    assert clone.settings["ORACLE_WON_STATUS_CODES"] == "WON,DEAL_WON"


# --- what stops it ------------------------------------------------------------------------------


def test_a_wrong_password_is_tried_once_and_nothing_is_written(
    tenant: OracleSimulator, clone: FreshClone
) -> None:
    values = three_values(tenant, "wrong")
    ended = [clone.manage("check_oracle", "--write", **values, SECRET_KEY=A_KEY) for _ in "12"]
    assert [each.returncode for each in ended] == [1, 1]
    assert "ORACLE_PASSWORD" in ended[0].stdout
    assert "not asked" in plain(ended[1].stdout)
    assert len(tenant.requests()) == 1
    assert not clone.env_file.exists()


def test_before_migrate_too_a_wrong_password_is_tried_once(tenant: OracleSimulator) -> None:
    with fresh_clone(with_a_database=False) as clone:
        clone.manage("check_oracle", **three_values(tenant, "wrong"))
    assert len(tenant.requests()) == 1


def test_somebody_who_knows_that_it_is_right_now_can_try_again(
    tenant: OracleSimulator, clone: FreshClone
) -> None:
    tenant.tenant("bearer")
    values = {**three_values(tenant), "SECRET_KEY": A_KEY}
    refused = clone.manage("check_oracle", **values)
    assert "ORACLE_AUTH" in refused.stdout
    tenant.tenant()
    assert clone.manage("check_oracle", **values).returncode == 1
    assert clone.manage("check_oracle", "--try-again", **values).returncode == 0


def test_with_a_token_it_goes_the_same_way(tenant: OracleSimulator, clone: FreshClone) -> None:
    tenant.tenant("bearer")
    sign_in = {
        "ORACLE_BASE_URL": tenant.url,
        "ORACLE_AUTH": "client_credentials",
        "ORACLE_TOKEN_URL": f"{tenant.url}/oauth2/v1/token",
        "ORACLE_CLIENT_ID": "simulator",
        "ORACLE_CLIENT_SECRET": "simulator",
    }
    check = clone.manage("check_oracle", "--write", **sign_in)
    assert check.returncode == 0, check.stdout + check.stderr
    assert sign_in.items() <= clone.settings.items()
    assert_a_verified_first_sync(clone)


def test_all_that_is_wrong_with_the_settings_is_said_at_once(clone: FreshClone) -> None:
    payload = clone.manage("check_oracle", ORACLE_CA_BUNDLE="/nowhere.pem")
    assert payload.returncode == 1
    for setting in ("BASE_URL", "USERNAME", "PASSWORD", "CA_BUNDLE"):
        assert f"ORACLE_{setting}" in payload.stdout + payload.stderr


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://nowhere.invalid", ("travel in the clear", "no host has this name")),
        ("http://127.0.0.1:9", ("nothing listens there",)),
        ("https://[half", ("not a web address",)),
    ],
)
def test_an_address_without_an_oracle_is_told_from_others(
    clone: FreshClone, address: str, words: tuple[str, ...]
) -> None:
    values = {"ORACLE_USERNAME": "somebody", "ORACLE_PASSWORD": "secret"}
    payload = clone.manage("check_oracle", "--write", "--url", address, **values)
    assert payload.returncode == 1
    assert all(each in plain(payload.stdout) for each in words), payload.stdout
    assert not clone.env_file.exists()


def test_an_essential_attribute_that_nothing_resembles_stops(
    tenant: OracleSimulator, clone: FreshClone
) -> None:
    tenant.tenant("missing:attributes=Name")
    check = clone.manage("check_oracle", "--write", **three_values(tenant))
    assert check.returncode == 1
    assert "no Name, and nothing can be read without it" in plain(check.stdout)


def test_a_tenant_that_shows_open_deals_only_is_said_to_do_so(
    tenant: OracleSimulator, clone: FreshClone
) -> None:
    tenant.serve([oracle_item(OptyId=n) for n in range(1, 251)])
    check = clone.manage("check_oracle", **three_values(tenant))
    assert "None of these deals is closed" in plain(check.stdout)


# --- what it does and leaves --------------------------------------------------------------------


def test_it_asks_about_fifteen_questions_and_only_asks(
    tenant: OracleSimulator, clone: FreshClone
) -> None:
    clone.manage("check_oracle", "--write", **three_values(tenant))
    asked = tenant.requests()
    assert {each["method"] for each in asked} == {"GET"}
    assert 10 <= len(asked) <= MOST_QUESTIONS


def test_a_former_env_file_is_kept_and_its_lines_stay(
    tenant: OracleSimulator, clone: FreshClone
) -> None:
    key = f"SECRET_KEY='as $it was: {A_KEY}'"
    former = f"# Ours\n{key}\n\nORACLE_PAGE_SIZE=500 # at most\nHOLIDAYS=\n"
    clone.env_file.write_text(former)
    clone.env_file.chmod(0o644)
    tenant.tenant("limit:most=19")
    clone.manage("check_oracle", "--write", **three_values(tenant))
    (copy,) = clone.folder.glob(".env.bak-*")
    assert copy.read_text() == former
    assert clone.env_file.read_text().startswith(
        f"# Ours\n{key}\n\nORACLE_PAGE_SIZE=19\nHOLIDAYS=\nORACLE_BASE_URL="
    )
    assert {stat.S_IMODE(each.stat().st_mode) for each in (copy, clone.env_file)} == {0o600}


def test_a_second_check_finds_nothing_to_write(tenant: OracleSimulator, clone: FreshClone) -> None:
    clone.manage("check_oracle", "--write", **three_values(tenant))
    written = clone.env_file.read_bytes()
    again = clone.manage("check_oracle", "--write")
    assert "Nothing stands in the way of a sync." in again.stdout
    assert clone.env_file.read_bytes() == written
    assert not [*clone.folder.glob(".env.bak-*")]


def test_without_write_the_lines_are_shown_but_no_secret(
    tenant: OracleSimulator, clone: FreshClone
) -> None:
    check = clone.manage("check_oracle", **three_values(tenant))
    assert "ORACLE_PASSWORD=..." in check.stdout
    assert f"ORACLE_BASE_URL={tenant.url}" in check.stdout
    assert not clone.env_file.exists()


def test_what_the_environment_says_otherwise_is_named(
    tenant: OracleSimulator, clone: FreshClone
) -> None:
    tenant.tenant("limit:most=19")
    environment = {**three_values(tenant), "ORACLE_PAGE_SIZE": "400"}
    check = clone.manage("check_oracle", "--write", **environment)
    assert "The environment has other values for ORACLE_PAGE_SIZE" in plain(check.stdout)


def test_a_password_of_any_signs_is_read_back_by_the_sync_and_never_shown() -> None:
    password = "a $b#c 'd' \"e\" \\f ${HOME} é "
    arguments = ("--rows", "10", "--password", password)
    with OracleSimulator(*arguments) as oracle, fresh_clone() as clone:
        values = three_values(oracle, password)
        check = clone.manage("check_oracle", "--json", "--write", **values)
        assert json.loads(check.stdout)["would_work"], check.stderr
        assert "$b#c" not in check.stdout + check.stderr
        assert_a_verified_first_sync(clone)


def test_as_json_it_is_one_object(tenant: OracleSimulator, clone: FreshClone) -> None:
    tenant.tenant("limit:most=19", "renamed:old=PartyName1,new=OwnerName_c")
    check = clone.manage("check_oracle", "--json", "--write", **three_values(tenant))
    answer = json.loads(check.stdout)
    assert answer["would_work"] is True
    assert answer["lines"] == {
        "ORACLE_PAGE_SIZE": "19",
        "ORACLE_ATTRIBUTES": "PartyName1=OwnerName_c",
    }
    assert "ORACLE_PASSWORD" in answer["written"]
    assert answer["found"]["shown"][0]["total"] == 60
    assert answer["found"]["count_of_status"] == {"OPEN": 20, "WON": 20, "LOST": 20}


# --- the first sync -----------------------------------------------------------------------------


def test_a_first_sync_that_cannot_read_ends_as_sync_oracle_does(
    tenant: OracleSimulator, clone: FreshClone
) -> None:
    clone.manage("check_oracle", "--write", **three_values(tenant))
    tenant.faults("not-found:times=0")
    ended = clone.manage("first_sync")
    assert ended.returncode == 1
    assert "ORACLE_API_VERSION" in ended.stderr


def test_a_first_sync_that_left_a_record_out_says_which(
    tenant: OracleSimulator, clone: FreshClone
) -> None:
    clone.manage("check_oracle", "--write", **three_values(tenant))
    tenant.edit({"OptyId": 7, "Revenue": "much"})
    ended = clone.manage("first_sync")
    assert ended.returncode == 1
    assert "7: cannot be imported" in ended.stdout
