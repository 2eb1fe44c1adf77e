"""Hold a process that stays, and let it poll."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bench.stand import PROJECT, PeerFailed, Stand, environment

Poll = Callable[[], dict[str, float]]


@contextmanager
def polling(place: Stand, database: str) -> Iterator[Poll]:
    """Yield what lets it poll once; its first run and its first look are behind it."""
    addresses = {"ORACLE_BASE_URL": place.oracle.url, "DATABASE_URL": place.server.url(database)}
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.polls"],
        cwd=PROJECT,
        env=environment({"DJANGO_SETTINGS_MODULE": "bqs.settings", **addresses}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    orders: Any = process.stdin
    answers: Any = process.stdout

    def poll() -> dict[str, float]:
        orders.write("\n")
        orders.flush()
        if not (line := answers.readline()):
            raise PeerFailed("The process that stays has ended; see above.")
        took: dict[str, float] = json.loads(line)
        return took

    with process:
        try:
            poll()
            poll()
            yield poll
        finally:
            process.terminate()
