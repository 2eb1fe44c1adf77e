"""The Python that has dlt: an environment of its own, made at its first use and kept."""

import hashlib
import subprocess
import venv
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("requirements.txt")


def dlt_python() -> str:
    if python := kept_python():
        return python
    folder = _folder()
    venv.create(folder, with_pip=True, clear=True)
    subprocess.run(  # noqa: S603
        [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "-r", REQUIREMENTS],
        check=True,
    )
    (folder / "complete").touch()
    return str(folder / "bin" / "python")


def kept_python() -> str | None:
    """Return the one that was made before."""
    folder = _folder()
    return str(folder / "bin" / "python") if (folder / "complete").exists() else None


def _folder() -> Path:
    digest = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:12]
    return Path.home() / ".cache" / "bqs-bench" / digest


if __name__ == "__main__":
    print(dlt_python())
