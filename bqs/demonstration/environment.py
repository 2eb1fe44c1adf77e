"""Prepare the environment of `manage.py demo`, before settings are read and above any .env.

So a demo never meets the real Oracle, database or mail server of a `.env` beside it.
"""

import os
import secrets
import socket
from pathlib import Path

from bqs import env

PROJECT = Path(__file__).resolve().parents[2]
# What leads out of this machine or writes beside the demo; not even the shell may name it.
OUTSIDE = (
    *("ORACLE_", "EMAIL_", "ATTACHMENT_SCANNER"),
    *("SEAL_HEADS_", "SYNC_DATABASE_URL", "SYNC_JOB_LOG"),
)
# How much of the simulated Oracle is read at once is for whoever watches a sync.
HARMLESS = "ORACLE_PAGE_SIZE"
LOOPBACK = "127.0.0.1,localhost"
DATABASE_FILE, ENV_FILE = PROJECT / "demo.sqlite3", PROJECT / ".env"


def prepare_demo_environment() -> None:
    # Use a database named in the shell for this command, but not one of a .env.
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{DATABASE_FILE}")
    # Blank, a setting has its default: those of a .env are for another site.
    env.load_defaults(PROJECT / ".env.example")
    for name in env.defaults:
        os.environ.setdefault(name, "")
        if name.startswith(OUTSIDE) and name != HARMLESS:
            os.environ[name] = ""
    # The simulator is on this machine; only what builds the frontend may need a proxy.
    os.environ.update(NO_PROXY=LOOPBACK, no_proxy=LOOPBACK)
    os.environ.update(
        DEBUG="true",
        DEMO="true",
        SECRET_KEY=secrets.token_urlsafe(50),
        ALLOWED_HOSTS="localhost,127.0.0.1",
        HTTPS_ONLY="false",
        ORACLE_BASE_URL=f"http://127.0.0.1:{_free_port()}",
        ORACLE_USERNAME="simulator",
        ORACLE_PASSWORD="simulator",  # noqa: S106 - the simulator's own, on loopback only
        ORACLE_EXTRA_FIELDS="BidDueDate_c",
        ORACLE_BACKOFF_S="0.2",
    )


def prepare_first_contact() -> None:
    """Let `manage.py check_oracle` work in a fresh clone, before there is a `.env`."""
    env.load(ENV_FILE)
    if not os.environ.get("SECRET_KEY"):  # --write puts it into the file.
        os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
