import stat
from io import StringIO
from pathlib import Path

import dotenv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.discovery import env_file

FORMER = """\
# Our Oracle
SECRET_KEY='kept $as it is'   # not to be shown

export ORACLE_USERNAME=old
ORACLE_PASSWORD="old one"
#ORACLE_PAGING=offset
"""
PASSWORDS = [
    *(
        "plain",
        "with blank ",
        " begins with one",
        "a$b",
        "${HOME}",
        "a#b",
        "a #b",
        "it's",
        'say "x"',
    ),
    *("back\\slash", "ends with \\", "\\'", "`date`", "a=b", "é€🚀", "'quoted'", '"quoted"', "#"),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


@pytest.mark.parametrize("password", PASSWORDS)
def test_what_is_written_is_read_back_exactly(file: Path, password: str) -> None:
    env_file.put(file, {"ORACLE_PASSWORD": password, "ORACLE_PAGING": "offset"})
    assert env_file.settings_in(file) == {"ORACLE_PASSWORD": password, "ORACLE_PAGING": "offset"}


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_a_line_that_is_shown_is_the_one_that_would_be_read(value: str) -> None:
    line = env_file.line("NAME", value)
    assert dotenv.dotenv_values(stream=StringIO(line), interpolate=False) == {"NAME": value}


def test_the_lines_shown_are_the_lines_written(file: Path) -> None:
    values = {f"NAME_{n}": password for n, password in enumerate(PASSWORDS)}
    env_file.put(file, values)
    assert file.read_text().splitlines() == [env_file.line(*each) for each in values.items()]


def test_a_setting_changes_where_it_stands_and_all_else_stays(file: Path) -> None:
    file.write_text(FORMER)
    env_file.put(file, {"ORACLE_USERNAME": "new", "ORACLE_PAGING": "offset"})
    assert file.read_text() == FORMER.replace(
        "export ORACLE_USERNAME=old", "ORACLE_USERNAME=new"
    ) + ("ORACLE_PAGING=offset\n")


def test_a_file_without_a_last_newline_keeps_its_last_line(file: Path) -> None:
    file.write_text("DEBUG=true")
    env_file.put(file, {"ORACLE_PAGING": "offset"})
    assert file.read_text() == "DEBUG=true\nORACLE_PAGING=offset\n"


def test_the_former_file_is_kept_beside_it(file: Path) -> None:
    file.write_text(FORMER)
    copies = [env_file.put(file, {"ORACLE_USERNAME": name}) for name in ("new", "newer")]
    assert all(copies)
    assert [copy.read_text() for copy in copies if copy] == [
        FORMER,
        FORMER.replace("export ORACLE_USERNAME=old", "ORACLE_USERNAME=new"),
    ]
    assert all(copy.name.startswith(".env.bak-") for copy in copies if copy)


def test_nobody_else_may_read_the_file_or_its_copy(file: Path) -> None:
    file.write_text(FORMER)
    file.chmod(0o644)
    copy = env_file.put(file, {"ORACLE_PAGING": "offset"})
    assert copy
    assert {stat.S_IMODE(each.stat().st_mode) for each in (file, copy)} == {0o600}


def test_a_new_file_is_its_owners_alone_and_has_no_copy(file: Path) -> None:
    assert env_file.put(file, {"ORACLE_PAGING": "offset"}) is None
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_link_to_the_file_stays_a_link(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    target.write_text("DEBUG=true\n")
    file.symlink_to(target)
    env_file.put(file, {"ORACLE_PAGING": "offset"})
    assert file.is_symlink()
    assert target.read_text() == "DEBUG=true\nORACLE_PAGING=offset\n"
