"""`manage.py worker` as a process of its own, beside a site of tests."""

import subprocess
import sys
import time
from contextlib import contextmanager

from sync.tests.migrated_template import PROJECT


@contextmanager
def worker_on(database, **environment):
    """Give it time to leave its sign, by which the site knows of it."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker", "--interval", "0.1"],
        cwd=PROJECT,
        env=database.environment | environment,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + 60
        while not database.rows("SELECT pid FROM worker_signs"):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield process
    finally:
        process.kill()
        process.wait()
