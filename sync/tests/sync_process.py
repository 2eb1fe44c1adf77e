"""`manage.py sync_oracle` as a process of its own, on a database of its own."""

import subprocess
import sys
from typing import Any

from sync.tests import warm_python
from sync.tests.migrated_template import PROJECT
from sync.tests.scratch_database import ScratchDatabase
from sync.tests.simulator_process import OracleSimulator


def sync_process(
    database: ScratchDatabase,
    oracle: OracleSimulator,
    *arguments: str,
    stdout: Any = subprocess.PIPE,
    stderr: Any = subprocess.PIPE,
    **variables: str,
) -> subprocess.CompletedProcess[str]:
    """Run it to its end, with more environment variables."""
    environment = {**database.environment, "ORACLE_BASE_URL": oracle.url, **variables}
    # A Python that runs already has its encoding.
    if stdout == stderr == subprocess.PIPE and "PYTHONIOENCODING" not in variables:
        return warm_python.run("sync_oracle", *arguments, cwd=PROJECT, env=environment)
    return subprocess.run(
        [sys.executable, "manage.py", "sync_oracle", *arguments],
        cwd=PROJECT,
        env=environment,
        stdout=stdout,
        stderr=stderr,
        text=True,
        timeout=120,
    )
