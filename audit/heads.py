"""Write the last seal outside the database, so that whoever seals anew is found out."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction
from django.utils import timezone

from audit.models import AuditEvent, AuditKind, Seal
from audit.recording import record
from audit.sealing import head_of_all, wait_for_turn


class Head(NamedTuple):
    position: int
    hash: str
    at: datetime


def line_of(seal: Seal) -> str:
    described = {"at": seal.sealed_at.isoformat(), "position": seal.position, "hash": seal.hash}
    return json.dumps(described)


def heads_in(file: Path) -> list[Head]:
    """Read the file. Raises: ValueError, OSError."""
    described = [json.loads(line) for line in file.read_text().splitlines() if line.strip()]
    heads = [
        Head(int(each["position"]), each["hash"], datetime.fromisoformat(each["at"]))
        for each in described
    ]
    return sorted(heads)


def heads_on_record() -> list[Head]:
    """Return each day's head from the audit: whoever seals anew must forge these as well."""
    events = AuditEvent.objects.filter(kind=AuditKind.HEAD_WRITTEN).order_by("id")
    return [Head(each.details["position"], each.details["hash"], each.at) for each in events]


def append_head(file: Path, seal: Seal) -> None:
    """Add a line to the file. Raises: OSError."""
    with file.open("a") as heads:
        heads.write(f"{line_of(seal)}\n")


def write_head_of_the_day() -> None:
    """Write the head where the settings say, once a day; the audit has it in any case.

    A mail that fails is tried again each minute; the file has the day's head by then. Of several
    hosts one does so; on SQLite, which has one, whoever writes would wait for the mail server.

    Raises: OSError, where the file or the mail server refuses.
    """
    if connection.vendor != "postgresql":
        return _write_head()
    with transaction.atomic():
        wait_for_turn()
        _write_head()


def _write_head() -> None:
    head = head_of_all()
    if head is None or _is_written_today():
        return
    file = settings.DATA_FOLDER / settings.SEAL_HEADS_FILE
    if settings.SEAL_HEADS_FILE and not _is_in(file, head):
        append_head(file, head)
    if settings.SEAL_HEADS_MAIL:
        _mail(head, settings.SEAL_HEADS_MAIL)
    record(AuditKind.HEAD_WRITTEN, position=head.position, hash=head.hash)


def _is_written_today() -> bool:
    last: AuditEvent | None = (
        AuditEvent.objects.filter(kind=AuditKind.HEAD_WRITTEN).order_by("-at").first()
    )
    return last is not None and _is_today(last.at)


def _is_in(file: Path, head: Seal) -> bool:
    """Tell whether the file ends with this head, or with another one that was sealed today."""
    last = heads_in(file)[-1:] if file.exists() else []
    return any(each.hash == head.hash or _is_today(each.at) for each in last)


def _is_today(moment: datetime) -> bool:
    return timezone.localdate(moment) == timezone.localdate()


def _mail(head: Seal, addresses: Sequence[str]) -> None:
    words = (
        f"{line_of(head)}\n\nKeep this mail. To check that the trail is unchanged, save the line "
        "in a file and run manage.py verify_trail --against FILE.\n"
    )
    send_mail("BQS: today's head of the seals", words, None, list(addresses))
