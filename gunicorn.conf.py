"""gunicorn reads this file by itself when it is started in the project folder."""

import subprocess
import sys
from typing import Any


def on_starting(server: Any) -> None:
    """Begin to count at nought, in a process of its own: this one shall keep no settings.

    Workers read them anew when gunicorn is told to reload.
    """
    code = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'bqs.settings'\n"
    code += "from bqs.metrics.folder import clean; clean()"
    # A fault of the settings is told by the workers.
    subprocess.run([sys.executable, "-c", code], stderr=subprocess.DEVNULL, check=False)  # noqa: S603
