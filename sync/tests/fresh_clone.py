"""The project as `git clone` leaves it: no `.env`, no database, nothing set in the environment."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copy, copytree, ignore_patterns

from sync.discovery.env_file import settings_in
from sync.tests import warm_python
from sync.tests.migrated_template import IS_POSTGRES, PROJECT
from sync.tests.scratch_database import scratch_database

PACKAGES = {app.parent.name for app in PROJECT.glob("*/apps.py")} - {"bqs"}
OF_THE_SYSTEM = ("PATH", "HOME", "LANG", "TZ", "TMPDIR", "PYTHONPATH", "COVERAGE_PROCESS_CONFIG")


@dataclass
class FreshClone:
    folder: Path
    environment: Mapping[str, str]

    @property
    def env_file(self) -> Path:
        return self.folder / ".env"

    @property
    def settings(self) -> dict[str, str]:
        return settings_in(self.env_file)

    def manage(
        self, command: str, *arguments: str, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run manage.py to its end, with more environment variables."""
        return warm_python.run(
            command, *arguments, cwd=self.folder, env={**self.environment, **environment}
        )

    def python_manage(
        self, command: str, *arguments: str, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """The same by a Python that begins with nothing, as a person's does."""
        return subprocess.run(
            [sys.executable, "manage.py", command, *arguments],
            cwd=self.folder,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )


@contextmanager
def fresh_clone(*, with_a_database: bool = True) -> Iterator[FreshClone]:
    """
    Args:
        with_a_database: migrated already, which saves seconds; on PostgreSQL there is always one.
    """
    environment = {name: os.environ[name] for name in OF_THE_SYSTEM if name in os.environ}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bqs-clone-")))
        for file in ("manage.py", ".env.example"):
            copy(PROJECT / file, folder)
        copytree(PROJECT / "bqs", folder / "bqs", ignore=ignore_patterns("tests"))
        for package in PACKAGES:
            (folder / package).symlink_to(PROJECT / package)
        if with_a_database or IS_POSTGRES:
            environment["DATABASE_URL"] = stack.enter_context(scratch_database()).url
        yield FreshClone(folder, environment)
