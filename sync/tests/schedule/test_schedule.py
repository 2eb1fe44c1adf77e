import io
import os
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django_crontab.crontab import Crontab

from bqs import settings as bqs_settings
from opportunities.access.roles import Role
from opportunities.tests.api_clients import any_user
from sync.schedule.cron_time import cron_zone
from sync.schedule.crontab import why_not_scheduled
from sync.schedule.timetable import next_run
from sync.tests.crontabs import crontab_of

pytestmark = pytest.mark.django_db
OTHERS = [
    "# my own jobs",
    "MAILTO=me@example.com",
    "5 4 * * 0 /usr/bin/backup 100\\%  # bqs 00000000",
]
NO_SCHEDULES = [
    "",
    "@daily",
    "0 0 * *",
    "0 0 * * * *",
    "61 * * * *",
    "0 0 30 2 *",
    "0 0 * * 1#2",
    "0 0 * * *\n* * * * * rm",
]
# Where the jobs stood in former versions, whose crontabs name them still.
FORMER_CRONJOBS = [
    ("0 0 * * *", "sync.cron.nightly_sync"),
    ("*/5 * * * *", "opportunities.cron.send_notices"),
]
# The notices are gone from it: workers deliver what they told.
CALLED_BY_VERSION_1 = {
    "7bdfaec1a4a7f162ec20b320788563fd",
    "ca7a2ebe8a71bf1fa982d9497d011111",
}
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def crontab(settings, tmp_path):
    settings.SYNC_JOB_LOG = tmp_path / "logs" / "sync.log"
    # The sync's line; the others have a test of their own.
    settings.CRONJOBS = settings.CRONJOBS[:1]
    return crontab_of(settings, tmp_path)


def manage_schedule(action):
    out = io.StringIO()
    call_command("schedule", action, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def ours(crontab):
    return [line for line in crontab.lines if line not in OTHERS]


def test_add_installs_one_line_however_often_it_is_called(crontab):
    for _ in range(3):
        manage_schedule("add")
    (line,) = crontab.lines
    assert line.startswith("0 0 * * * ")
    assert " crontab run " in line


def test_messages_are_delivered_and_the_trail_is_sealed_each_minute(crontab, settings):
    settings.CRONJOBS = bqs_settings.CRONJOBS
    manage_schedule("add")
    times = [" ".join(line.split()[:5]) for line in crontab.lines]
    assert times == ["0 0 * * *", "* * * * *", "* * * * *", "*/5 * * * *"]


def test_the_lines_of_others_are_never_touched(crontab):
    crontab.holds(*OTHERS)
    manage_schedule("add")
    assert (crontab.lines[:-1], len(ours(crontab))) == (OTHERS, 1)
    manage_schedule("remove")
    assert crontab.lines == OTHERS


def test_the_lines_of_others_keep_every_byte(crontab):
    odd = b"# caf\xe9 \xc2\x85 \xe2\x80\xa8 \x0c\tdos\r\n\n5 4 * * 0 backup\n"
    crontab.table.write_bytes(odd)
    manage_schedule("add")
    assert crontab.table.read_bytes().startswith(odd)
    manage_schedule("remove")
    assert crontab.table.read_bytes() == odd


def test_a_last_line_without_its_end_does_not_swallow_ours(crontab):
    crontab.table.write_text("5 4 * * 0 backup")
    manage_schedule("add")
    assert (crontab.lines[0], len(crontab.lines)) == ("5 4 * * 0 backup", 2)


def test_our_line_that_somebody_has_commented_out_is_theirs(crontab):
    manage_schedule("add")
    disabled = f"# {crontab.lines[0]}"
    crontab.holds(disabled)
    assert "not installed" in manage_schedule("show")
    manage_schedule("remove")
    assert crontab.lines == [disabled]


def test_trap_1_an_edited_schedule_is_seen_and_replaced_without_an_error(crontab, settings):
    manage_schedule("add")
    settings.SYNC_SCHEDULE = "30 6 * * 1-5"
    settings.CRONJOBS = [(settings.SYNC_SCHEDULE, "sync.schedule.cron.nightly_sync")]
    assert "another than in the settings" in manage_schedule("show")
    manage_schedule("add")
    (line,) = crontab.lines
    assert line.startswith("30 6 * * 1-5 ")


def test_a_crontab_from_before_the_jobs_moved_is_seen_and_replaced(crontab, settings):
    settings.CRONJOBS = FORMER_CRONJOBS
    crontab.holds(*OTHERS)
    manage_schedule("add")
    former = ours(crontab)
    settings.CRONJOBS = bqs_settings.CRONJOBS
    assert "another than in the settings" in manage_schedule("show")
    manage_schedule("add")
    assert crontab.lines[: len(OTHERS)] == OTHERS
    assert len(ours(crontab)) == len(bqs_settings.CRONJOBS)
    assert not set(ours(crontab)) & set(former)


def test_trap_1_an_edited_schedule_can_be_removed(crontab, settings):
    manage_schedule("add")
    settings.CRONJOBS = [("30 6 * * *", "sync.schedule.cron.nightly_sync", ["other"])]
    assert manage_schedule("remove") == "Removed.\n"
    assert crontab.lines == []


def test_traps_2_and_9_the_line_names_everything_by_its_whole_path(crontab, settings):
    # cron has another folder and hardly an environment; with a real one: test_real_cron.py.
    manage_schedule("add")
    words = shlex.split(crontab.lines[0].partition(" # ")[0])[5:]
    assert words[:2] == [settings.PYTHON_EXECUTABLE, str(settings.BASE_DIR / "manage.py")]
    assert all(Path(word).is_file() for word in words[:2])
    assert words[-3:] == [">>", str(settings.SYNC_JOB_LOG), "2>&1"]


def test_trap_2_add_warns_of_settings_that_cron_will_not_see(
    crontab, settings, tmp_path, monkeypatch
):
    settings.BASE_DIR = tmp_path
    (tmp_path / ".env.example").write_text("SAME=\n# Which\n#DIFFERENT=x\nONLY_HERE=\nUNSET=\n")
    (tmp_path / ".env").write_text("SAME='a $b'\nDIFFERENT=stored\n")
    for name, value in {"SAME": "a $b", "DIFFERENT": "s3cret", "ONLY_HERE": "s3cret"}.items():
        monkeypatch.setenv(name, value)
    warned = io.StringIO()
    call_command("schedule", "add", stdout=io.StringIO(), stderr=warned)
    assert "DIFFERENT, ONLY_HERE" in warned.getvalue()
    assert "s3cret" not in warned.getvalue()
    assert "SAME" not in warned.getvalue()


def test_trap_2_proxies_and_certificates_count_and_what_manage_py_set_itself_does_not(tmp_path):
    """As a person calls it, with a proxy in the shell."""
    crontab = crontab_of(SimpleNamespace(), tmp_path)
    environment = {
        **{name: os.environ[name] for name in ("PATH", "SECRET_KEY") if name in os.environ},
        **{"CRONTAB_EXECUTABLE": str(crontab.program), "SYNC_JOB_LOG": str(tmp_path / "sync.log")},
        **{"HTTPS_PROXY": "http://proxy:3128", "SSL_CERT_FILE": "/etc/ca.pem"},
        "DATABASE_URL": "sqlite://:memory:",
    }
    command = [sys.executable, str(bqs_settings.BASE_DIR / "manage.py"), "schedule", "add"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert "HTTPS_PROXY, SSL_CERT_FILE" in ended.stderr
    assert "proxy:3128" not in ended.stderr
    assert "DATABASE_CONN_MAX_AGE_S" not in ended.stderr


SYSTEMCTL = """#!/bin/sh
echo '[{"next":1795651200000000,"unit":"bqs-sync.timer"},{"next":null,"unit":"bqs-seal.timer"}]'
"""


@pytest.fixture
def systemd(tmp_path, monkeypatch):
    (tmp_path / "systemctl").write_text(SYSTEMCTL)
    (tmp_path / "systemctl").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)


def test_the_timers_of_systemd_are_a_schedule(systemd, settings, tmp_path):
    settings.CRONTAB_EXECUTABLE = str(tmp_path / "no-crontab")
    assert manage_schedule("show") == "bqs-sync.timer of systemd: next Thu 2026-11-26 00:00 UTC.\n"
    assert why_not_scheduled() == ""


def test_timers_and_crontab_together_are_one_too_many(systemd, crontab):
    assert "as well" in manage_schedule("add")
    manage_schedule("remove")
    assert "as well" not in manage_schedule("show")


def test_a_systemd_that_does_not_run_is_none(crontab, tmp_path, monkeypatch):
    (tmp_path / "systemctl").write_text("#!/bin/sh\necho Host is down >&2; exit 1\n")
    (tmp_path / "systemctl").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert "not installed" in manage_schedule("show")


def test_the_crontab_of_an_earlier_version_calls_jobs_that_are_still_there(crontab, settings):
    """Each by the digest of its schedule and name: after an upgrade the nightly sync goes on."""
    settings.CRONJOBS = bqs_settings.CRONJOBS
    manage_schedule("add")
    called = {line.partition(" crontab run ")[2].split()[0] for line in crontab.lines}
    assert called >= CALLED_BY_VERSION_1


def test_trap_4_no_lock_of_the_library_stands_beside_ours():
    assert not Crontab().settings.LOCK_JOBS


def test_trap_3_the_folder_of_the_job_log_is_made(crontab, settings):
    manage_schedule("add")
    assert settings.SYNC_JOB_LOG.parent.is_dir()
    assert str(settings.SYNC_JOB_LOG) in crontab.lines[0]


def test_trap_5_the_zone_is_the_machines_and_neither_django_s_nor_the_environment_s(
    settings, tmp_path
):
    settings.TIME_ZONE = "Asia/Tokyo"
    assert os.environ["TZ"] == "Asia/Tokyo", "Django sets it"
    localtime = tmp_path / "localtime"
    localtime.symlink_to("/usr/share/zoneinfo/America/New_York")
    assert str(cron_zone(localtime)) == "America/New_York"


def test_trap_5_a_machine_without_a_zone_goes_by_utc(tmp_path):
    assert str(cron_zone(tmp_path / "none")) == "UTC"


def test_trap_5_a_zone_that_is_a_copy_has_no_name_but_the_right_time(tmp_path):
    localtime = tmp_path / "localtime"
    localtime.write_bytes(Path("/usr/share/zoneinfo/Asia/Tokyo").read_bytes())
    zone = cron_zone(localtime)
    assert NOON.astimezone(zone).hour == 21


@pytest.mark.parametrize(
    ("zone", "next_utc"),
    [
        ("UTC", "2026-11-25 00:00"),
        ("America/New_York", "2026-11-25 05:00"),
        ("Asia/Tokyo", "2026-11-24 15:00"),
    ],
)
def test_midnight_is_midnight_in_the_zone_of_the_machine(zone, next_utc):
    with time_machine.travel(NOON, tick=False):
        fires = next_run(ZoneInfo(zone))
    assert f"{fires.astimezone(UTC):%Y-%m-%d %H:%M}" == next_utc


def test_show_says_when_it_fires_in_which_zone_and_in_utc(crontab):
    manage_schedule("add")
    with time_machine.travel(NOON, tick=False):
        payload = manage_schedule("show")
    assert str(cron_zone()) in payload
    assert "next" in payload
    assert payload.count("2026-11-2") == 3
    assert "UTC" in payload


@pytest.mark.parametrize("folder", ["with space", "100% sure", "o'neill", "$HOME", "a#b"])
def test_trap_6_paths_survive_the_shell_and_cron(crontab, settings, tmp_path, folder):
    place = tmp_path / folder
    place.mkdir()
    settings.CRONTAB_DJANGO_MANAGE_PATH = str(place / "manage.py")
    (place / "manage.py").write_text("import sys; print('ran', *sys.argv[1:3])")
    settings.SYNC_JOB_LOG = place / "logs" / "sync.log"
    settings.PYTHON_EXECUTABLE = settings.CRONTAB_PYTHON_EXECUTABLE = sys.executable
    manage_schedule("add")
    assert "is installed" in manage_schedule("add")
    (line,) = crontab.lines
    as_cron_runs_it(line)
    assert settings.SYNC_JOB_LOG.read_text() == "ran crontab run\n"


def as_cron_runs_it(line):
    """Five fields off, the rest up to an unescaped % to the shell, with a bare environment."""
    command = line.split(maxsplit=5)[5].replace(r"\%", "\0")
    command = command.partition("%")[0].replace("\0", "%")
    subprocess.run(["/bin/sh", "-c", command], env={"PATH": "/usr/bin:/bin"}, cwd="/", check=True)


def test_trap_7_another_checkout_keeps_its_line(crontab, settings):
    manage_schedule("add")
    (first,) = crontab.lines
    settings.CRONTAB_COMMENT = "bqs of another checkout"
    manage_schedule("add")
    manage_schedule("remove")
    assert crontab.lines == [first]


def test_trap_8_without_the_program_each_action_says_what_to_install(settings, tmp_path):
    settings.CRONTAB_EXECUTABLE = str(tmp_path / "crontab")
    for action in ("add", "show", "remove"):
        with pytest.raises(CommandError, match="apt-get install cron"):
            manage_schedule(action)


@pytest.mark.parametrize("action", ["add", "remove"])
def test_trap_10_a_crontab_that_cannot_be_read_is_not_written_over(crontab, action):
    touched = crontab.table.with_name("touched")
    crontab.becomes(f'[ "$1" = -l ] && {{ echo "disk on fire" >&2; exit 1; }}; touch {touched}')
    with pytest.raises(CommandError, match="disk on fire"):
        manage_schedule(action)
    assert not touched.exists()


def test_a_crontab_that_refuses_the_new_lines_is_an_error(crontab):
    crontab.becomes('[ "$1" = -l ] && exit 0; echo "bad minute" >&2; exit 1')
    with pytest.raises(CommandError, match="not changed: bad minute"):
        manage_schedule("add")


def test_removing_what_is_not_there_writes_nothing(crontab):
    assert "nothing changed" in manage_schedule("remove")
    assert not crontab.table.exists()


@pytest.mark.parametrize("words", NO_SCHEDULES)
def test_a_schedule_that_is_none_is_refused_before_anything_is_written(crontab, settings, words):
    settings.SYNC_SCHEDULE = words
    settings.CRONJOBS = [(words, "sync.schedule.cron.nightly_sync")]
    with pytest.raises(CommandError, match="SYNC_SCHEDULE"):
        manage_schedule("add")
    assert crontab.lines == []


def next_scheduled():
    """As an administrator is told, who can run what the sentence names."""
    answer = any_user(roles=[Role.ADMINISTRATOR]).get("/api/sync-status").json()
    return answer["next_scheduled_at"], answer["not_scheduled_because"]


def test_sync_status_tells_the_next_run_once_it_is_installed(crontab):
    with time_machine.travel(NOON, tick=False):
        before, why_not_before = next_scheduled()
        manage_schedule("add")
        when, why_not = next_scheduled()
    assert (before, "not installed" in why_not_before) == (None, True)
    expected = NOON.astimezone(cron_zone()).replace(hour=0, day=25).astimezone(UTC)
    assert (when, why_not) == (f"{expected:%Y-%m-%dT%H:%M:%SZ}", None)


def test_sync_status_tells_of_a_schedule_that_is_out_of_date(crontab, settings):
    manage_schedule("add")
    settings.CRONJOBS = [("1 1 * * *", "sync.schedule.cron.nightly_sync")]
    when, why_not = next_scheduled()
    assert (when, "schedule add" in why_not) == (None, True)


def test_sync_status_survives_a_machine_without_cron(settings, tmp_path):
    settings.CRONTAB_EXECUTABLE = str(tmp_path / "crontab")
    when, why_not = next_scheduled()
    assert (when, "install cron" in why_not) == (None, True)


def test_sync_status_reads_the_crontab_once_a_minute(crontab):
    with time_machine.travel(NOON, tick=False) as clock:
        next_scheduled()
        crontab.becomes("echo broken >&2; exit 1")
        assert "not installed" in next_scheduled()[1]
        clock.shift(61)
        assert "broken" in next_scheduled()[1]
