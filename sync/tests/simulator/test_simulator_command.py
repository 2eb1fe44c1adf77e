import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sync.tests.in_background import IN_BACKGROUND
from sync.tests.misbehaving_oracle.faults import FAULTS
from sync.tests.misbehaving_oracle.habits import VARIATIONS
from sync.tests.simulator_process import GRACE_S, PROJECT, OracleSimulator

MODULE = (sys.executable, "-m", "sync.tests.misbehaving_oracle")
COMMAND = (sys.executable, "manage.py", "oracle_simulator")
GREETING = r"Oracle simulator: http://127\.0\.0\.1:\d+ \({} opportunities, user {}\)\n"


@contextmanager
def running(*command: str) -> Iterator[subprocess.Popen[str]]:
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        [*IN_BACKGROUND, *command], cwd=PROJECT, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def greeting(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline()


def refused(*arguments: str) -> tuple[int, str]:
    run = subprocess.run([*MODULE, *arguments], cwd=PROJECT, capture_output=True, text=True)
    return run.returncode, run.stderr


def test_the_management_command_greets_and_ends_at_once_and_quietly() -> None:
    with running(*COMMAND, "--port", "0", "--rows", "3") as process:
        assert re.fullmatch(GREETING.format(3, "simulator"), greeting(process))
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=GRACE_S) == ("", "")
        assert process.returncode == 0


def test_it_ends_quietly_on_sigterm() -> None:
    with running(*MODULE, "--port", "0", "--username", "me") as process:
        assert re.fullmatch(GREETING.format(2000, "me"), greeting(process))
        process.terminate()
        assert process.communicate(timeout=GRACE_S) == ("", "")
        assert process.returncode == 0


def test_it_ends_quietly_on_sigterm_while_it_waits_for_the_end_of_stdin() -> None:
    with running(*MODULE, "--port", "0", "--until-stdin-closes") as process:
        greeting(process)
        process.terminate()
        assert process.wait(timeout=GRACE_S) == 0
        assert process.communicate() == ("", "")


def test_it_ends_with_the_process_that_started_it() -> None:
    with running(*MODULE, "--port", "0", "--until-stdin-closes") as process:
        greeting(process)
        assert process.communicate(timeout=GRACE_S) == ("", "")


def test_it_listens_on_loopback_only() -> None:
    with OracleSimulator() as oracle:
        listening = Path(f"/proc/{os.getpid()}/net/tcp").read_text()
        port = int(oracle.url.rpartition(":")[2])
        assert f" 0100007F:{port:04X} 00000000:0000 0A" in listening
        assert f" 00000000:{port:04X} 00000000:0000 0A" not in listening


def test_a_port_in_use_is_said_in_a_sentence() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        expected = f"Cannot listen on 127.0.0.1:{port}: Address already in use. Try --port 0.\n"
        assert refused("--port", str(port)) == (1, expected)


def test_a_port_that_cannot_be_is_said_in_a_sentence() -> None:
    assert refused("--port", "65536") == (1, "There is no port 65536: give 0 to 65535.\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--rows", "-1"], "'-1' is no number of rows"),
        (["--drift", "-1"], "'-1' is no duration"),
        (["--fault", "nonsense"], "There is no fault 'nonsense'. Known are: absent-field"),
        (["--fault", "hang:seconds=x"], "Option seconds of fault hang needs a number"),
        (["--tenant", "nonsense"], "There is no variation 'nonsense'. Known are: bearer"),
        (["--tenant", "limit:most=x"], "Option most of variation limit needs a number"),
    ],
)
def test_arguments_that_make_no_sense_are_refused(arguments: list[str], sentence: str) -> None:
    code, error = refused(*arguments)
    assert code == 2
    assert sentence in error


def test_the_help_explains_every_fault() -> None:
    run = subprocess.run([*MODULE, "--help"], cwd=PROJECT, capture_output=True, text=True)
    assert all(f"{fault.name} " in run.stdout for fault in FAULTS.values())
    assert all(fault.meaning in run.stdout for fault in FAULTS.values())


def test_the_help_explains_every_variation() -> None:
    run = subprocess.run([*MODULE, "--help"], cwd=PROJECT, capture_output=True, text=True)
    assert all(f"{name} " in run.stdout for name in VARIATIONS)
    assert all(each.meaning in run.stdout for each in VARIATIONS.values())


def test_a_tenant_can_be_chosen_on_the_command_line() -> None:
    habits = ("--tenant", "limit:most=2", "--tenant", "missing:attributes=Geo_c+WinProb")
    with OracleSimulator("--rows", "5", *habits) as oracle:
        assert len(oracle.items()) == 2
        assert oracle.ask(fields="Geo_c").status_code == 400


def test_arguments_reach_the_simulator() -> None:
    switches = ("--fault", "empty:times=1", "--fault", "error-503:after=1", "--latency-ms", "30")
    with OracleSimulator("--rows", "2", *switches) as oracle:
        began = time.monotonic()
        assert oracle.ask().json()["count"] == 0
        assert time.monotonic() - began > 0.03
        assert oracle.ask().status_code == 503
        assert len(oracle.rows()) == 2


def test_rows_drift_while_it_runs() -> None:
    with OracleSimulator("--rows", "50", "--drift", "0.02") as oracle:
        deadline = time.monotonic() + 5
        while len(oracle.rows()) == 50:
            assert time.monotonic() < deadline
        assert len(oracle.items(limit=500)) > 50
