"""The Python that has dlt: an environment of its own, made at its first use and kept."""

import hashlib
import subprocess
import venv
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("requirements.txt")


def dlt_python() -> str:
    digest = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:12]
    folder = Path.home() / ".cache" / "bqs-bench" / digest
    python, complete = folder / "bin" / "python", folder / "complete"
    if not complete.exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run(  # noqa: S603
            [python, "-m", "pip", "install", "--quiet", "-r", REQUIREMENTS], check=True
        )
        complete.touch()
    return str(python)
