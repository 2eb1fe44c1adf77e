"""The database that is read, and how programs are started on it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.peers import peer
from bench.runs import FIRST
from bench.stand import PROJECT, PeerFailed, Stand, environment

# Limits would be measured else, and a redirect to https.
CONDITIONS = {
    "DJANGO_SETTINGS_MODULE": "bqs.settings",
    "API_THROTTLE": "1000000/min",
    "HTTPS_ONLY": "false",
}


@dataclass(frozen=True)
class Mirror:
    place: Stand
    database: str

    @property
    def conditions(self) -> dict[str, str]:
        address = {"DATABASE_URL": self.place.server.url(self.database)}
        return environment({**CONDITIONS, **address, "ORACLE_BASE_URL": self.place.oracle.url})

    def run(self, module: str, *options: object) -> str:
        """What it prints. Raises: PeerFailed."""
        return self.carry_out("-m", module, *map(str, options))

    def carry_out(self, *command: str) -> str:
        done = subprocess.run(  # noqa: S603
            [sys.executable, *command],
            cwd=PROJECT,
            env=self.conditions,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise PeerFailed(f"{' '.join(command)} ended with {done.returncode}; see above.")
        return done.stdout

    @contextmanager
    def syncing(self) -> Iterator[subprocess.Popen[bytes]]:
        """A full sync, which has ended well afterwards. Raises: PeerFailed."""
        process = subprocess.Popen(  # noqa: S603
            peer("ours").command,
            cwd=PROJECT,
            env=self.conditions,
            stdout=subprocess.DEVNULL,
        )
        try:
            yield process
            if process.wait():
                raise PeerFailed(f"The sync ended with {process.returncode}; see above.")
        finally:
            process.kill()
            process.wait()

    def tidy(self) -> None:
        self.place.server.rows("VACUUM ANALYZE", self.database)

    def outdate(self) -> None:
        """Else a sync would find nothing to write, and hardly be felt."""
        self.place.server.rows(
            "UPDATE opportunities SET customer = customer || ' (formerly)'", self.database
        )
        self.tidy()


@contextmanager
def filled(place: Stand) -> Iterator[Mirror]:
    """A database with all rows of Oracle, and people's work on them."""
    ours = peer("ours")
    with place.database(ours) as database:
        place.run(FIRST, ours, database)
        mirror = Mirror(place, database)
        mirror.carry_out("manage.py", "make_search_index")
        mirror.run("bench.api.work", "fill")
        mirror.tidy()
        yield mirror
