"""What `manage.py demo` runs in: set before settings are read, and stronger than any .env.

A demo therefore never meets the real Oracle or the real database of a `.env` beside it.
"""

import os
import secrets
import socket
from pathlib import Path

DATABASE_FILE = Path(__file__).resolve().parent.parent / "demo.sqlite3"


def prepare_demo_environment() -> None:
    # A database named in the shell, for this very command, is wanted; one in a .env is not.
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{DATABASE_FILE}")
    os.environ.update(
        DEBUG="true",
        DEMO="true",
        SECRET_KEY=secrets.token_urlsafe(50),
        ALLOWED_HOSTS="localhost,127.0.0.1",
        HTTPS_ONLY="false",
        ORACLE_BASE_URL=f"http://127.0.0.1:{_free_port()}",
        ORACLE_USERNAME="simulator",
        ORACLE_PASSWORD="simulator",  # noqa: S106 - the simulator's own, on loopback only
        ORACLE_API_VERSION="11.13.18.05",
        ORACLE_FINDER="MyOpportunitiesFinder;RecordSet='ALLOPTIES'",
        ORACLE_PRACTICE_FIELD="Practice_c",
        ORACLE_GEO_FIELD="Geo_c",
        ORACLE_SECTOR_FIELD="Sector_c",
        ORACLE_EXTRA_FIELDS="BidDueDate_c",
        ORACLE_BACKOFF_S="0.2",
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
