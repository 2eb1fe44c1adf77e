"""Many readers of a real server, first alone and then while a full sync writes."""

import json
import re
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from typing import Any

from bench.api.mirror import Mirror
from bench.stand import PROJECT, PeerFailed

# As docs/operations.md says; with threads a long export does not look like a process that hangs.
OPTIONS = ("--no-control-socket", "--workers", "2", "--threads", "4")
# So busy a machine lets a sync take very long, and more of it tells nothing new.
MOST_TIMES = 3
BOUND = re.compile(r"Listening at: http://([\d.:]+)")


def under_sync(mirror: Mirror, token: str, readers: int, seconds: float) -> dict[str, Any]:
    """Raises: PeerFailed, for any answer that is no success too."""
    with serving(mirror.conditions) as host:
        read_at_once([host], token, readers, lambda: time.sleep(min(5, seconds)))
        alone = read_at_once([host], token, readers, lambda: time.sleep(seconds))
        mirror.outdate()
        with mirror.syncing() as sync:
            beside = read_at_once([host], token, readers, lambda: _wait(sync, MOST_TIMES * seconds))
    for told in (alone, beside):
        print(f"{told['requests']} answers, p95 {told['p95_s']:.2f} s", file=sys.stderr)
    name = f"{readers} readers while a full sync writes: p95, times that without"
    return {"name": name, "measured": beside["p95_s"] / alone["p95_s"], "limit": 3}


def _wait(process: subprocess.Popen[bytes], seconds: float) -> None:
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)


@contextmanager
def serving(conditions: dict[str, str]) -> Iterator[str]:
    """gunicorn on a port that is free; yields host and port."""
    server = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "gunicorn", *OPTIONS, "--bind", "127.0.0.1:0", "bqs.wsgi"],
        cwd=PROJECT,
        env=conditions,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        host = _host_of(server)
        # Else a server that logs much would soon wait for a reader, and answer nobody.
        Thread(target=deque, args=(server.stderr, 0), daemon=True).start()
        yield host
    finally:
        server.terminate()
        server.wait()


def _host_of(server: subprocess.Popen[str]) -> str:
    for line in server.stderr or ():
        if found := BOUND.search(line):
            return found[1]
    raise PeerFailed("gunicorn did not start.")


def read_at_once(
    hosts: list[str],
    token: str,
    readers: int,
    meanwhile: Callable[[], None],
    addresses: tuple[str, ...] = (),
) -> dict[str, Any]:
    """What they were answered for as long as something else lasts."""
    process = subprocess.Popen(  # noqa: S603
        [
            sys.executable,
            "-m",
            "bench.api.readers",
            ",".join(hosts),
            token,
            str(readers),
            *addresses,
        ],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        meanwhile()
    finally:
        out, _ = process.communicate()
    told: dict[str, Any] = json.loads(out)
    if told["errors"] or not told["p95_s"]:
        raise PeerFailed(f"Not every reader was answered: {told}")
    return told
