"""From an edit in Oracle to a page that is open meanwhile, while a process follows Oracle."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median, quantiles

from bench.api.mirror import Mirror
from bench.api.under_sync import serving
from bench.browser.__main__ import told_by_browser
from bench.stand import PROJECT
from bench.targets import Target

EVERY_S = "2"
WANTED_S = 5


def edits_to_screen(mirror: Mirror, edits: int) -> Iterator[Target]:
    """Keep an inbox open and edit one of its deals so often. Raises: PeerFailed."""
    with serving(mirror.conditions) as host, _following(mirror):
        seconds = told_by_browser(mirror, host, "edit-to-screen.ts", edits)
    yield Target(
        f"from an edit in Oracle to an open page, polled each {EVERY_S} s: p95",
        quantiles(seconds, n=20, method="inclusive")[-1],
        WANTED_S,
        "s",
        ours=f"median {median(seconds):.1f} s of {edits} edits",
    )


@contextmanager
def _following(mirror: Mirror) -> Iterator[None]:
    command = (sys.executable, "manage.py", "sync_oracle", "--follow", EVERY_S)
    follower = subprocess.Popen(command, cwd=PROJECT, env=mirror.conditions, stdout=sys.stderr)  # noqa: S603
    try:
        yield
    finally:
        follower.terminate()
        follower.wait()
