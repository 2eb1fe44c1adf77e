"""What a company puts between us and Oracle: its own certificates, its own proxy."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import trustme

GRACE_S = 20


@dataclass(frozen=True)
class Certificates:
    authority: str
    """PEM file with what has to be trusted."""
    server: str
    """PEM file with the key and the certificate of 127.0.0.1."""


def certificates(folder: Path) -> Certificates:
    authority = trustme.CA()
    of_server = authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem
    made = Certificates(str(folder / "authority.pem"), str(folder / "server.pem"))
    authority.cert_pem.write_to_path(made.authority)
    of_server.write_to_path(made.server)
    return made


@contextmanager
def proxy(*arguments: str) -> Iterator[str]:
    """Its host and port, while it runs as a process of its own."""
    with TemporaryDirectory() as folder:
        port_file = Path(folder) / "port"
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "proxy", "--hostname", "127.0.0.1", "--port", "0"),
                *("--port-file", str(port_file), "--num-workers", "1", "--num-acceptors", "1"),
                *arguments,
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # It starts more processes, which end with it.
            start_new_session=True,
        )
        try:
            yield f"127.0.0.1:{_port(port_file)}"
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _port(file: Path) -> int:
    ends_at = time.monotonic() + GRACE_S
    while not (file.exists() and file.read_text().strip()):
        assert time.monotonic() < ends_at, "The proxy did not start."
        time.sleep(0.05)
    return int(file.read_text())
