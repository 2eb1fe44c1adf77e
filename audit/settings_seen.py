"""Record that a process runs with other settings than the one of its kind before."""

import logging
import socket
from collections.abc import Callable
from threading import Thread

from django.db import Error as DatabaseFailure
from django.db import connection
from django.utils.crypto import salted_hmac

from audit.models import AuditEvent, AuditKind
from audit.recording import record

log = logging.getLogger(__name__)
Settings = dict[str, str]
ABOUT = "process"


Reader = Callable[[Callable[[str], str]], Settings]
_readers: list[Reader] = []


def register_settings(reader: Reader) -> None:
    """Let somebody who knows the settings tell them, the secret ones by the digest given."""
    _readers[:] = [reader]


def note_settings(process: str) -> None:
    """Compare with what was seen last; a database that is away keeps nobody from working."""
    try:
        _note(process, _readers[0](_digest))
    except DatabaseFailure as error:
        log.warning("The settings are not on record, as the database failed: %s", error)


def note_settings_beside(process: str) -> None:
    """Do so in a thread: a server starts at once, whether there is a database or not."""

    def note() -> None:
        note_settings(process)
        connection.close()

    Thread(target=note, daemon=True).start()


def _note(process: str, found: Settings) -> None:
    """Compare by host: two whose settings differ would else note them in turn, each minute."""
    seen = AuditEvent.objects.filter(about_kind=ABOUT, about_id=process).order_by("-id")
    told, host = seen.values_list("details", flat=True), socket.gethostname()
    last = told.filter(details__host=host).first() or told.first()
    former: Settings = last["settings"] if last else {}
    if last and former == found:
        return
    names = former.keys() | found.keys()
    changed = sorted(name for name in names if former.get(name) != found.get(name))
    about = (ABOUT, process)
    record(AuditKind.SETTINGS_SEEN, about=about, host=host, changed=changed, settings=found)


def _digest(secret: str) -> str:
    """Return what tells one secret from another; only our key could test a guess."""
    return salted_hmac("audit.settings", secret).hexdigest()[:12]
