"""A PostgreSQL server of its own, for a test to stop and start as it likes."""

import os
import shutil
import subprocess
import tempfile
from glob import glob
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from sync.tests.scratch_database import ScratchDatabase

USER = "postgres"
PORT = 5499  # Of a socket in the cluster's own folder: nobody else can have it.
BINARIES = os.pathsep.join([os.environ.get("PATH", ""), *glob("/usr/lib/postgresql/*/bin")])


def can_start() -> bool:
    """Whether the server's programs are here, and a user that may run them."""
    return bool(shutil.which("initdb", path=BINARIES) and shutil.which("pg_ctl", path=BINARIES))


class PostgresCluster:
    def __enter__(self) -> Self:
        self._folder = Path(tempfile.mkdtemp(prefix="bqs-cluster-"))
        if _is_root():  # Which PostgreSQL refuses to run as.
            shutil.chown(self._folder, USER)
        self._run("initdb", "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()
        shutil.rmtree(self._folder)

    @property
    def database(self) -> ScratchDatabase:
        host = quote(str(self._folder), safe="")
        return ScratchDatabase(f"postgresql://{USER}@{host}:{PORT}/{USER}")

    def start(self) -> None:
        """And wait until it has recovered."""
        options = f"-p {PORT} -k {self._folder} -c listen_addresses='' -c fsync=off"
        self._run("pg_ctl", "start", "-w", "-o", options, "-l", str(self._folder / "server.log"))

    def stop(self) -> None:
        """At once, as by a power cut."""
        self._run("pg_ctl", "stop", "-m", "immediate", "-w")

    def _run(self, program: str, *arguments: str) -> None:
        path = shutil.which(program, path=BINARIES)
        assert path, f"{program} is not installed"
        who: dict[str, Any] = {"user": USER, "group": USER, "extra_groups": []}
        subprocess.run(
            [path, "-D", str(self._folder / "data"), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
            timeout=60,
            **(who if _is_root() else {}),
        )


def _is_root() -> bool:
    return os.geteuid() == 0
