"""Find this machine's Node without Django: CI does so before anything is installed."""

import re
import shutil
import subprocess
from pathlib import Path

# What Vite wants; see "engines" in frontend/package.json.
OLDEST_NODE = (20, 19)


def own_folder() -> Path | None:
    """Return the folder of the machine's Node if it is new enough."""
    own = shutil.which("node")
    return Path(own).parent if own and _version_of(own) >= OLDEST_NODE else None


def _version_of(node: str) -> tuple[int, ...]:
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    return tuple(int(part) for part in re.findall(r"\d+", version.stdout)[:2])
