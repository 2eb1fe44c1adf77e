"""Where and with what it was measured."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.scratch_postgres import Server


def described(server: Server) -> str:
    """One line; the load before the start tells whether others were at work meanwhile."""
    return in_words(facts(server))


def facts(server: Server) -> dict[str, str]:
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M}",
        "commit": _commit(),
        "load": f"{os.getloadavg()[0]:.1f}",
        "machine": ", ".join(
            (
                f"{len(os.sched_getaffinity(0))} cores of {_processor()}",
                f"Python {platform.python_version()}",
                f"Django {version('django')}",
                f"PostgreSQL {server.rows('SHOW server_version')[0][0]}",
            )
        ),
    }


def in_words(facts: dict[str, str]) -> str:
    return (
        f"{facts['date']} UTC, {facts['machine']}, load {facts['load']} at the start, "
        f"commit {facts['commit']}"
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(": ")[2]
    return platform.machine()


def _commit() -> str:
    command = ("git", "describe", "--always", "--dirty")
    found = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return found.stdout.strip() or "unknown"
