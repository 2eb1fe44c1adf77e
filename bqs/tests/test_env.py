import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from bqs import checks, env
from bqs.database import database
from opportunities.domain import written_values
from opportunities.domain.policy import FIELDS
from sync.oracle.names import USUAL_FINDER
from sync.tests.migrated_template import on_server, url_of

KEY = "a key of the tests: abcdefghijklmnopqrstuvwxyz-0123456789"
PROJECT = Path(__file__).resolve().parents[2]
EXAMPLE = (PROJECT / ".env.example").read_text()
NAMES = re.findall(r"^#?([A-Z_]+)=", EXAMPLE, re.M)
SETTINGS_AS_JSON = """
import json
from django.conf import settings
names = [name for name in dir(settings) if name.isupper() and not name.startswith("UNFOLD")]
print(json.dumps({name: repr(getattr(settings, name)) for name in names}))
"""


def faults() -> list[str]:
    try:
        env.refuse_faults()
    except ImproperlyConfigured as error:
        return str(error).splitlines()
    return []


def test_amounts_are_read_for_each_currency(monkeypatch):
    monkeypatch.setitem(env.defaults, "LIMITS", "EUR:1")
    monkeypatch.setenv("LIMITS", "eur: 250000, USD:1.5")
    assert env.read("LIMITS", written_values.amounts) == {
        "EUR": Decimal(250000),
        "USD": Decimal("1.5"),
    }
    monkeypatch.setenv("LIMITS", "none")
    assert env.read("LIMITS", written_values.amounts) == {}
    monkeypatch.setenv("LIMITS", " ")
    assert env.read("LIMITS", written_values.amounts) == {"EUR": Decimal(1)}
    assert not faults()


def test_dates_are_read(monkeypatch):
    monkeypatch.setenv("DAYS", "2027-12-25, 2027-12-26")
    assert env.read("DAYS", written_values.dates) == [date(2027, 12, 25), date(2027, 12, 26)]


def test_texts_are_read_in_one_form_of_their_letters(monkeypatch):
    monkeypatch.setenv("NAMES", "Cafe\N{COMBINING ACUTE ACCENT}")
    assert env.words("NAMES") == ["Caf\N{LATIN SMALL LETTER E WITH ACUTE}"]


def read_a_database(name: str) -> object:
    return database(name, "", 60)


def read_a_choice(name: str) -> object:
    return env.choice(name, ("keyset", "offset"))


def read_a_page_size(name: str) -> object:
    return env.whole(name, least=1, most=500)


AMOUNTS = partial(env.read, reader=written_values.amounts)
DATES = partial(env.read, reader=written_values.dates)


@pytest.mark.parametrize(
    ("read", "value", "advice"),
    [
        (AMOUNTS, "EUR", "write currencies with amounts"),
        (AMOUNTS, "EUR:much", "write currencies with amounts"),
        (AMOUNTS, "EUR:1:2", "write currencies with amounts"),
        (AMOUNTS, "250000", "write currencies with amounts"),
        (AMOUNTS, "EUR:-1", "write amounts of at least 0"),
        (AMOUNTS, "EUR:NaN", "write amounts of at least 0"),
        (DATES, "25.12.2027", "write dates as in 2027-12-25"),
        (env.flag, "perhaps", "write true or false"),
        (read_a_page_size, "0", "write a number from 1 to 500"),
        (read_a_page_size, "501", "write a number from 1 to 500"),
        (read_a_page_size, "2.5", "write a whole number"),
        (read_a_page_size, "many", "write a number"),
        (read_a_choice, "random", "write keyset or offset"),
        (env.rate, "10 a minute", "such as 10/min"),
        (env.rate, "10/fortnight", "such as 10/min"),
        (partial(env.read, reader=written_values.currency), "Euro", "three letters, such as EUR"),
        (env.zone, "Europe/Atlantis", "the name of a time zone"),
        (env.zone, "../etc/passwd", "the name of a time zone"),
        (env.log_level, "LOUD", "one of CRITICAL"),
        (env.schedule, "@daily", "five fields of cron"),
        (env.mail_address, "nobody", "write an address like"),
        (env.web_address, "crm.example.com", "begins with https://"),
        (env.url_prefix, "/our tools", "write a path, such as /bqs"),
        (env.url_prefix, "https://bqs.example.com/bqs", "write a path, such as /bqs"),
        (env.web_address, "https://[", "begins with https://"),
        (env.web_address, "javascript://crm.example.com/%0aalert(1)", "begins with https://"),
        (env.secret_key, "too short to be one: sec", "shorter than 50 characters. Put"),
        (env.secret_key, f"django-insecure-{'sec' + KEY}", "Django made for development. Put"),
        (env.secret_key, "sec" * 20, "repeats a few characters. Put"),
        (env.contact, "nobody", "write an address like"),
        (env.web_addresses, "https://a.example.com,b", "begin with https://"),
        (env.choices, "all", "some of decision, no-bid"),
        (env.hosts, "https://bqs.example.com", "write names without https://"),
        (read_a_database, "bqs", "write postgresql://user:password@host"),
        (read_a_database, "mysql://user:secret@host/name", "PostgreSQL and SQLite"),
        (read_a_database, "postgresql://user:secret@host:port/name", "write postgresql://"),
        (read_a_database, "postgresql://user:sec/ret@host/name", "write @ as %40"),
        (read_a_database, "postgresql://user:sec@ret@host/name", "write @ as %40"),
        (read_a_database, "postgresql://user:sec#ret@host/name", "write @ as %40"),
        (read_a_database, "postgresql://user:secret%@host/name", "% as %25"),
    ],
)
def test_what_makes_no_sense_is_a_fault_with_its_name_and_what_to_write(
    monkeypatch, read: Callable[[str], object], value: str, advice: str
):
    monkeypatch.setenv("OURS", value)
    monkeypatch.setitem(env.defaults, "OURS", "decision,no-bid")
    read("OURS")
    (fault,) = faults()
    assert fault.startswith("OURS ")
    assert advice in fault
    assert "sec" not in re.sub("seconds?|secrets", "", fault)


@pytest.mark.parametrize("password", ["%40%2F%23%25", "plain", "a:b", "a$b&c"])
def test_a_password_that_an_address_can_hold_is_taken(monkeypatch, password):
    monkeypatch.setenv("OURS", f"postgresql://user:{password}@host/name")
    assert database("OURS", "", 60)["HOST"] == "host"
    assert not faults()


def test_a_label_may_be_left_out(monkeypatch):
    monkeypatch.setenv("EXTRA_COLUMNS", "Region_c : Sales region, Budget_c")
    found = env.labels("EXTRA_COLUMNS", ["Region_c", "Budget_c"], "ORACLE_EXTRA_FIELDS")
    assert found == {"Region_c": "Sales region", "Budget_c": "Budget_c"}


def test_an_attribute_that_is_not_kept_is_refused(monkeypatch):
    monkeypatch.setenv("EXTRA_COLUMNS", "Region_c:Region")
    env.labels("EXTRA_COLUMNS", ["Budget_c"], "ORACLE_EXTRA_FIELDS")
    (fault,) = faults()
    assert fault.startswith("EXTRA_COLUMNS has 'Region_c', which ORACLE_EXTRA_FIELDS")


# --- the settings themselves ----------------------------------------------------------------------


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    surroundings = {name: value for name, value in os.environ.items() if name not in NAMES}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env={**surroundings, "SECRET_KEY": KEY, **variables},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_every_fault_is_told_at_once_and_none_is_a_traceback():
    answer = manage(
        "manage.py",
        "check",
        SECRET_KEY="",
        TIME_ZONE="Mars",
        API_THROTTLE="lots",
        ORACLE_PAGING="zigzag",
        ORACLE_PAGE_SIZE="5000",
        ORACLE_AUTH="saml",
        ORACLE_PROXY="http://me:sec/ret@proxy.example.com",
        LOG_LEVEL="loud",
        DATABASE_URL="postgresql://user:sec/ret@host/name",
    )
    assert answer.returncode == 1
    names = [line.split()[0] for line in answer.stderr.splitlines()]
    assert names == [
        *("SECRET_KEY", "DATABASE_URL", "TIME_ZONE", "API_THROTTLE", "ORACLE_AUTH"),
        *("ORACLE_PROXY", "ORACLE_PAGE_SIZE", "ORACLE_PAGING", "LOG_LEVEL"),
    ]
    assert "sec/ret" not in answer.stderr


def test_mails_have_to_lead_below_the_prefix():
    answer = manage("manage.py", "check", URL_PREFIX="bqs/", SITE_URL="https://example.com")
    assert answer.returncode == 1
    assert answer.stderr == "SITE_URL is 'https://example.com': end it with URL_PREFIX, /bqs.\n"


def test_a_slip_of_the_pen_in_the_environment_is_named_by_check():
    answer = manage("manage.py", "check", ORACLE_PASWORD="x", SYNC_OVERLAP="5")
    assert answer.returncode == 0
    assert "ORACLE_PASWORD is not a setting: did you mean ORACLE_PASSWORD?" in answer.stderr
    assert "SYNC_OVERLAP is not a setting: did you mean SYNC_OVERLAP_S?" in answer.stderr


def test_what_only_a_sync_would_stumble_over_is_named_by_check_all_at_once():
    answer = manage(
        "manage.py",
        "check",
        ORACLE_BASE_URL="http://crm.example.com",
        ORACLE_ATTRIBUTES="Nmae=Title_c",
    )
    assert answer.returncode == 0
    for name in ("ORACLE_BASE_URL must begin with https", "ORACLE_USERNAME", "ORACLE_PASSWORD"):
        assert name in answer.stderr
    assert "ORACLE_ATTRIBUTES" in answer.stderr


def test_a_slip_of_the_pen_in_a_file_of_ours_is_a_fault(tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("SECRET_KEI=x\nSOMETHING_ELSE=y\n")
    monkeypatch.setattr(os, "environ", {**os.environ})
    monkeypatch.setattr(env, "_in_file", set())
    env.load(tmp_path / ".env")
    assert faults() == ["SECRET_KEI in .env is not a setting: did you mean SECRET_KEY?"]


def test_a_setting_that_was_renamed_goes_on_under_its_old_name_and_check_names_the_new(
    tmp_path, monkeypatch
):
    (tmp_path / ".env").write_text("NARROW_VISIBILITY=true\n")
    monkeypatch.setattr(os, "environ", {**os.environ})
    monkeypatch.setattr(env, "_in_file", set())
    env.load(tmp_path / ".env")
    assert (env.flag("RESTRICT_VISIBILITY"), faults()) == (True, [])
    (warning,) = checks.check_names()
    assert warning.msg == "NARROW_VISIBILITY is not a setting: did you mean RESTRICT_VISIBILITY?"
    monkeypatch.setenv("RESTRICT_VISIBILITY", "false")
    assert not env.flag("RESTRICT_VISIBILITY")


def test_without_the_example_a_sentence_says_what_is_missing(tmp_path):
    with pytest.raises(ImproperlyConfigured, match=r"\.env\.example is missing"):
        env.load_defaults(tmp_path / ".env.example")


def test_a_blank_variable_means_its_default_whichever_it_is():
    unset, blank = (
        manage("-c", SETTINGS_AS_JSON, DJANGO_SETTINGS_MODULE="bqs.settings", **variables)
        for variables in ({}, {name: "" for name in NAMES if name != "SECRET_KEY"})
    )
    assert not blank.stderr
    values = json.loads(unset.stdout)
    assert (values["CORS_ALLOWED_ORIGINS"], values["SECURE_HSTS_PRELOAD"]) == ("[]", "False")
    assert json.loads(blank.stdout) == json.loads(unset.stdout)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows Unicode only")
def test_a_database_that_cannot_store_every_text_is_refused_at_the_first_connection():
    name = f"latin_{os.getpid()}"
    on_server(
        f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'"
    )
    try:
        answer = manage("manage.py", "migrate", DATABASE_URL=url_of(name))
    finally:
        on_server(f"DROP DATABASE {name}")
    assert answer.returncode == 1
    assert answer.stderr.startswith("DATABASE_URL names a database with the encoding LATIN1")


def test_the_default_finder_is_the_one_that_shows_every_deal():
    assert env.defaults["ORACLE_FINDER"] == USUAL_FINDER


def test_every_setting_stands_in_the_example():
    source = (PROJECT / "bqs" / "settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"|database\("([A-Z_]+)"', source))
    named = {name for pair in read for name in pair if name} - {"DEMO"}
    assert named | FIELDS.keys() == set(NAMES)
