"""Warn in `manage.py check` of settings that do not stop a start."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.core.files.storage import storages

from bqs import env
from opportunities.api.client_address import knows_clients

UNWRITABLE = "bqs.W004"


def check_files(**given: Any) -> list[CheckMessage]:
    """Name our files that others on this machine can read; whose they are decides."""
    return [
        Warning(f"{path} can be read by others: chmod 600 {path}", id="bqs.W003")
        for path in _private_files()
        if path.is_file() and path.stat().st_mode & 0o077
    ]


def _private_files() -> list[Path]:
    return [
        *sorted(settings.BASE_DIR.glob(".env")),
        *sorted(settings.BASE_DIR.glob(".env.bak-*")),
        *_databases(),
        settings.SYNC_JOB_LOG,
    ]


def _databases() -> list[Path]:
    """Return the files of SQLite."""
    names = (str(each["NAME"]) for each in settings.DATABASES.values())
    return [Path(name) for name in names if Path(name).is_absolute()]


def check_folders(**given: Any) -> list[CheckMessage]:
    """Name the folders that our user cannot write to: a sync, or an upload, would stumble there."""
    sentence = "{} cannot be written to: chown it to the user that BQS runs as, or set DATA_FOLDER."
    return [Warning(sentence.format(folder), id=UNWRITABLE) for folder in unwritable_folders()]


def unwritable_folders() -> list[Path]:
    """Return those of SQLite, its lock, attachments and logs that our user cannot write to."""
    attachments = Path(storages["attachments"].path(""))
    used = {*(file.parent for file in (*_databases(), settings.SYNC_JOB_LOG)), attachments}
    return [each for each in sorted(used) if not os.access(_nearest(each), os.W_OK | os.X_OK)]


def _nearest(folder: Path) -> Path:
    """Return it, or where it would be made."""
    return next(each for each in (folder, *folder.parents) if each.exists())


def check_names(**given: Any) -> list[CheckMessage]:
    """Name the environment's variables that look like a slip of the pen for one of ours."""
    return [
        Warning(f"{name} is not a setting: did you mean {meant}?", id="bqs.W001")
        for name, meant in env.lookalikes(os.environ)
    ]


def check_proxies(**given: Any) -> list[CheckMessage]:
    """Warn where nobody's address is known, so that no delay can go by it."""
    if knows_clients():
        return []
    hint = "Set it to the address that your proxy comes from, such as 127.0.0.1 or 10.0.0.0/8."
    sentence = (
        "BEHIND_HTTPS_PROXY is set without TRUSTED_PROXIES: everybody seems to come from the "
        "proxy. Failed sign-ins are then slowed by name only, and the trail names the proxy."
    )
    return [Warning(sentence, hint, id="bqs.W002")]
