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
    return ", ".join(
        (
            f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
            f"{len(os.sched_getaffinity(0))} cores of {_processor()}",
            f"load {os.getloadavg()[0]:.1f} at the start",
            f"Python {platform.python_version()}",
            f"Django {version('django')}",
            f"PostgreSQL {server.rows('SHOW server_version')[0][0]}",
            f"commit {_commit()}",
        )
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
