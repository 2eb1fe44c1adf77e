"""manage.py as a process of its own, forked from a Python that has Django in memory already.

Two thirds of the time of a short command is the import of libraries, the same each time. What a
process of ours does is its own: settings, apps, database and files are read after the fork.
Serves one process after another; whatever has to be killed, or runs beside another, is started
by subprocess.
"""

import atexit
import importlib
import json
import os
import runpy
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
# What reads no settings when it is imported.
LIBRARIES = (
    *("asyncio", "requests", "rich.console", "rich.table", "orjson"),
    *("django.core.management", "django.db.backends.sqlite3.base", "django.db.models"),
    *("django.db.backends.postgresql.base", "django.contrib.admin", "django.forms", "django.test"),
    *("django.template.defaulttags", "django.template.loader_tags", "django.views.defaults"),
    *("django.contrib.auth.hashers", "django.contrib.postgres.indexes"),
)
LONGEST = 1_000_000


def run(
    *arguments: str, cwd: Path, env: Mapping[str, str], timeout_s: float = 120
) -> subprocess.CompletedProcess[str]:
    """What `python manage.py …` does with nobody at its terminal, to its end."""
    with (
        tempfile.TemporaryFile("w+") as out,
        tempfile.TemporaryFile("w+") as err,
        open(os.devnull) as nothing,
    ):
        order = {"arguments": arguments, "cwd": str(cwd), "env": dict(env)}
        files = [each.fileno() for each in (nothing, out, err)]
        door = _warm()
        door.settimeout(timeout_s)
        socket.send_fds(door, [json.dumps(order).encode()], files)
        code = int(door.recv(100))
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(arguments, code, out.read(), err.read())


@cache
def _warm() -> socket.socket:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    process = subprocess.Popen(
        [sys.executable, "-m", "sync.tests.warm_python", str(theirs.fileno())],
        cwd=PROJECT,
        pass_fds=[theirs.fileno()],
    )
    theirs.close()

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


def serve(door: socket.socket) -> None:
    """Returns in each child, to end as any Python does, and at the end of who asks."""
    for name in LIBRARIES:
        importlib.import_module(name)
    while True:
        order, files, _, _ = socket.recv_fds(door, LONGEST, 3)
        if not order:
            return
        if not (child := os.fork()):
            door.close()
            return _become(json.loads(order), files)
        for each in files:
            os.close(each)
        _, status = os.waitpid(child, 0)
        door.send(str(os.waitstatus_to_exitcode(status)).encode())


def _become(order: dict[str, Any], files: list[int]) -> None:
    for place, each in enumerate(files):
        os.dup2(each, place)
        os.close(each)
    os.environ.clear()
    os.environ.update(order["env"])
    os.chdir(order["cwd"])
    # Ours are another project's where it is a clone.
    ours = [name for name in sys.modules if name.partition(".")[0] == "sync"]
    for name in ours:
        del sys.modules[name]
    sys.path[0] = order["cwd"]
    sys.argv = ["manage.py", *order["arguments"]]
    runpy.run_path("manage.py", run_name="__main__")


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
