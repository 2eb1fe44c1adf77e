"""Two hosts of one site on this machine: a copy of the project each, a web server and a worker."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.tests.migrated_template import PROJECT
from sync.tests.web_server import Gunicorn

LEFT_OUT = (".git*", ".venv", ".env", ".*_cache", "__pycache__", "frontend", "docs", "bench")


class Host:
    """A checkout with a DATA_FOLDER of its own; attachments are in a folder that all share."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._project = folder / "bqs"
        shutil.copytree(PROJECT, self._project, ignore=shutil.ignore_patterns(*LEFT_OUT))
        self.environment = {**environment, "DATA_FOLDER": str(folder / "data")}
        self.web = Gunicorn(self.environment, "--workers", "2", project=self._project)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Begin a command of manage.py."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=self._project,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def start_worker(self) -> None:
        self._worker = subprocess.Popen(
            [sys.executable, "manage.py", "worker", "--interval", "0.1"],
            cwd=self._project,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill_worker(self) -> None:
        self._worker.kill()
        self._worker.wait()


@contextmanager
def two_hosts(folder: Path, environment: dict[str, str]) -> Iterator[list[Host]]:
    hosts = [Host(folder / name, environment) for name in ("north", "south")]
    for host in hosts:
        host.web.start()
        host.start_worker()
    try:
        yield hosts
    finally:
        for host in hosts:
            host.kill_worker()
            host.web.kill()
