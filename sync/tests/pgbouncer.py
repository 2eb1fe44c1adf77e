"""PgBouncer before the server that the tests run on, as a process of its own."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from django.db import connection

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
USER = "postgres"  # PgBouncer refuses to be root.
LONGEST_START_S = 10
CONFIGURATION = """
[databases]
* = {server}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = {mode}
default_pool_size = 5
ignore_startup_parameters = extra_float_digits,options
"""


@contextmanager
def pgbouncer(database_url: str, mode: str) -> Iterator[str]:
    """Yield the address of the same database through a pooler in this mode."""
    assert PROGRAM
    port = _free_port()
    folder = Path(tempfile.mkdtemp(prefix="bqs-pgbouncer-"))
    file = folder / "pgbouncer.ini"
    file.write_text(CONFIGURATION.format(server=_server(database_url), port=port, mode=mode))
    as_root = os.geteuid() == 0
    if as_root:
        # Whatever we make is its owner's alone.
        shutil.chown(folder, USER)
        shutil.chown(file, USER)
    process = subprocess.Popen(
        [PROGRAM, str(file)], stderr=subprocess.DEVNULL, user=USER if as_root else None
    )
    try:
        address = f"postgresql://pooled@127.0.0.1:{port}{urlsplit(database_url).path}"
        _await(address)
        yield address
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder)


def _server(database_url: str) -> str:
    """In libpq's words, as the connection of the tests has it."""
    found = (
        psycopg2.extensions.parse_dsn(connection.connection.dsn) if connection.connection else {}
    )
    info = connection.connection.info
    words = {
        "host": info.host,
        "port": info.port,
        "user": info.user,
        "password": info.password or found.get("password", ""),
    }
    return " ".join(f"{name}={value}" for name, value in words.items() if value)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(address: str) -> None:
    deadline = time.monotonic() + LONGEST_START_S
    while True:
        try:
            psycopg2.connect(address).close()
            return
        except psycopg2.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
