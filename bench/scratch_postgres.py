"""A PostgreSQL server of the benchmark's own: default settings, a temporary folder."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2  # type: ignore[import-untyped]

from bench.processes import cpu_s

# PostgreSQL refuses to run as root.
USER = "postgres" if os.geteuid() == 0 else None
GRACE_S = 10


class NoPostgres(Exception):
    """This machine has no PostgreSQL server to start."""


@dataclass(frozen=True)
class Server:
    port: int

    def url(self, database: str) -> str:
        # Anybody is let in, but dlt does not go without a password.
        return f"postgresql://bench:bench@127.0.0.1:{self.port}/{database}"

    def rows(self, sql: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        with closing(psycopg2.connect(self.url(database))) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall() if cursor.description else []

    def cpu_s(self) -> float:
        """Return what it has computed so far."""
        ((folder,),) = self.rows("SHOW data_directory")
        return cpu_s(int((Path(folder) / "postmaster.pid").read_text().splitlines()[0]))

    def create(self, name: str, template: str = "template1") -> None:
        self.rows(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    @contextmanager
    def database(self, name: str, template: str) -> Iterator[str]:
        """A copy of the template for as long as the block lasts."""
        self.create(name, template)
        try:
            yield name
        finally:
            self.rows(f'DROP DATABASE "{name}" WITH (FORCE)')

    def settle(self, database: str) -> None:
        """Wait until nobody is connected, so that its counters are complete; then checkpoint."""
        others = "SELECT 1 FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = "
        deadline = time.monotonic() + GRACE_S
        while self.rows(f"{others}'{database}'") and time.monotonic() < deadline:
            time.sleep(0.02)
        self.rows("CHECKPOINT")


@contextmanager
def scratch_postgres() -> Iterator[Server]:
    """Raises: NoPostgres."""
    programs = server_programs()
    with tempfile.TemporaryDirectory(prefix="bqs-bench-") as folder:
        if USER:
            shutil.chown(folder, USER)
        cluster, port = Path(folder) / "cluster", _free_port()
        _run(programs / "initdb", "-D", cluster, "-U", "bench", "-A", "trust",
             "-E", "UTF8", "--locale", "C.UTF-8", cwd=folder)  # fmt: skip
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        _run(programs / "pg_ctl", "start", "-w", "-D", cluster, "-l", Path(folder) / "log",
             "-o", options, cwd=folder)  # fmt: skip
        try:
            yield Server(port)
        finally:
            _run(programs / "pg_ctl", "stop", "-m", "immediate", "-D", cluster, cwd=folder)


def server_programs() -> Path:
    """The folder of initdb: Debian keeps it off the PATH; the newest version is taken.

    Raises: NoPostgres.
    """
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    on_path = shutil.which("initdb")
    if not debian and not on_path:
        raise NoPostgres("No PostgreSQL server here: install the package postgresql.")
    return debian[-1].parent if debian else Path(str(on_path)).parent


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _run(*command: str | Path, cwd: str) -> None:
    subprocess.run(command, cwd=cwd, user=USER, stdout=subprocess.DEVNULL, check=True)  # noqa: S603
