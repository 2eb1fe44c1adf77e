"""A release as production has it: unpacked, read-only, run by a user who owns nothing of it."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sync.tests.fresh_clone import PACKAGES
from sync.tests.migrated_template import PROJECT, migrated_file

PAGE = '<!doctype html><title>BQS</title><body data-prefix=""><script src="./assets/a.js"></script>'
NOBODY = "nobody"


def make(folder: Path) -> Path:
    """Make the archive, with a page of our own: the real one may be under construction."""
    project = folder / "project"
    (project / "frontend/dist/assets").mkdir(parents=True, exist_ok=True)
    (project / "frontend/dist/index.html").write_text(PAGE)
    (project / "frontend/dist/assets/a.js").write_text("0")
    files = ("manage.py", "gunicorn.conf.py", "requirements.txt", ".env.example")
    for name in (*files, "README.md", "CHANGELOG.md", "SECURITY.md", "docs", "bqs", *PACKAGES):
        if not (project / name).exists():
            (project / name).symlink_to(PROJECT / name)
    shutil.copytree(PROJECT / "deploy", project / "deploy", dirs_exist_ok=True)
    made = subprocess.run(
        [str(project / "deploy/make_release"), "--as-built", str(folder)],
        env={**os.environ, "SOURCE_DATE_EPOCH": "1790000000"},
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(made.stdout.strip())


@dataclass
class Installed:
    code: Path
    data: Path
    environment: dict[str, str]
    python: str
    user: str | None
    """None where our Python is not for others: then nothing keeps us from writing to the code."""

    def popen(self, *command: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [self.python, *command],
            cwd=self.code,
            env=self.environment | environment,
            user=self.user,
            group=pwd.getpwnam(self.user).pw_gid if self.user else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def manage(self, *arguments: str, **environment: str) -> tuple[int, str]:
        """Return the exit code and what was printed."""
        process = self.popen("manage.py", *arguments, **environment)
        printed, _ = process.communicate(timeout=120)
        return process.returncode, printed


@contextmanager
def installed(archive: Path) -> Iterator[Installed]:
    """Unpack it for everybody to read, with a migrated SQLite in a data folder of the user."""
    python, user = _who_runs_it()
    with tempfile.TemporaryDirectory(prefix="bqs-release-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        subprocess.run(
            ["/bin/tar", "-xzf", str(archive), "-C", folder, "--no-same-owner"], check=True
        )
        code, data = next(home.glob("bqs-*")), home / "data"
        subprocess.run(["/bin/chmod", "-R", "a-w", str(code)], check=True)
        data.mkdir(mode=0o700)
        shutil.copy(migrated_file(), data / "db.sqlite3")
        if user:
            for path in (data, data / "db.sqlite3"):
                shutil.chown(path, user)
        yield Installed(code, data, _environment(data), python, user)
        subprocess.run(["/bin/chmod", "-R", "u+w", str(code)], check=True)


def _environment(data: Path) -> dict[str, str]:
    """Without PATH: neither Node nor anything else is found by it."""
    kept = {name: os.environ[name] for name in ("LANG", "SECRET_KEY") if name in os.environ}
    site_packages = next(path for path in sys.path if path.endswith("site-packages"))
    return {
        **kept,
        "PATH": "/nowhere",
        "PYTHONPATH": site_packages,
        "DATA_FOLDER": str(data),
        "HTTPS_ONLY": "false",
    }


def _who_runs_it() -> tuple[str, str | None]:
    if os.geteuid() == 0:
        for python in (sys.executable, "/usr/bin/python3"):
            if _can_run(python):
                return python, NOBODY
    return sys.executable, None


def _can_run(python: str) -> bool:
    version = f"import sys, django; assert sys.version_info[:2] == {sys.version_info[:2]}"
    try:
        answer = subprocess.run(
            [python, "-c", version], user=NOBODY, env=_environment(Path("/")), cwd="/", check=False
        )
    except OSError:
        return False
    return answer.returncode == 0
