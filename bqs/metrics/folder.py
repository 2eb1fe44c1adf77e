"""Keep the folder in which all processes count: Prometheus' library reads its name from here."""

import os
from pathlib import Path

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def count_in(folder: Path) -> None:
    """Let this process, and all that it starts, count there. Raises: OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ[VARIABLE] = str(folder)


def metrics_are_on() -> bool:
    """Return whether anybody may read them."""
    from django.conf import settings

    return bool(settings.METRICS_TOKEN or settings.METRICS_ADDRESSES)


def clean() -> None:
    """Forget what processes of an earlier start have counted."""
    from django.conf import settings

    for file in settings.METRICS_FOLDER.glob("*.db"):
        file.unlink(missing_ok=True)
