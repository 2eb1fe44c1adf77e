"""Add attachments, remove them and put them back; each writes an event."""

import hashlib
import logging
from collections.abc import Callable
from typing import IO, Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import File
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from opportunities.access.roles import UserAccess, access_of
from opportunities.attachments.file_types import FileRefused, clean_name, type_of
from opportunities.attachments.scanning import scan
from opportunities.domain.errors import Forbidden, GuardFailed
from opportunities.history.audit_trail import write_event
from opportunities.models import Attachment, Channel, NonTransitionEvent, Opportunity
from opportunities.workflow.transitions import locked

log = logging.getLogger(__name__)
MEGABYTE = 1_000_000
FOR_WHOM = "Only people who work on bids and its sales owner can attach files and links."


def attach_file(
    *,
    opportunity: Opportunity,
    by: User,
    name: str,
    file: IO[bytes],
    size: int,
    channel: Channel,
    request_id: str,
) -> Attachment:
    """Check, scan and keep a file. Raises: FileRefused, TransitionRefused."""
    # Before the scan, which takes a while; again below, where the row is locked.
    _check_right(opportunity, access_of(by))
    if size > settings.ATTACHMENT_MAX_MB * MEGABYTE:
        sentence = f"Attach a smaller file, of at most {settings.ATTACHMENT_MAX_MB} MB."
        raise FileRefused("too_large", sentence)
    attachment = Attachment(name=clean_name(name), size=size, stored_as=uuid4().hex)
    attachment.content_type = type_of(attachment.name, file).content_type
    scan(file)
    attachment.sha256 = _digest_of(file)
    return _add(opportunity, by, attachment, channel, request_id, lambda: _store(attachment, file))


def attach_link(
    *, opportunity: Opportunity, by: User, title: str, url: str, channel: Channel, request_id: str
) -> Attachment:
    return _add(opportunity, by, Attachment(name=title, url=url), channel, request_id, lambda: None)


@transaction.atomic
def attachment_remove(
    *, attachment: Attachment, by: User, channel: Channel, request_id: str
) -> None:
    """Take it off the list; row and file stay on record. Raises: TransitionRefused."""
    row = _of_remover(attachment, by)
    if attachment.removed_at is None:
        attachment.removed_at, attachment.removed_by = timezone.now(), by
        attachment.save(update_fields=["removed_at", "removed_by"])
        _write(row, NonTransitionEvent.DETACH, attachment, by, channel, request_id)


@transaction.atomic
def attachment_restore(
    *, attachment: Attachment, by: User, channel: Channel, request_id: str
) -> None:
    """Put a removed one back on the list. Raises: TransitionRefused."""
    row = _of_remover(attachment, by)
    if attachment.removed_at is not None:
        attachment.removed_at = attachment.removed_by = None
        attachment.save(update_fields=["removed_at", "removed_by"])
        _write(row, NonTransitionEvent.ATTACH, attachment, by, channel, request_id)


def may_remove(attachment: Attachment, opportunity: Opportunity, access: UserAccess) -> bool:
    """Allow whoever added it, and the desk."""
    is_own = attachment.added_by_id == access.user.pk and access.may_comment(opportunity)
    return is_own or (access.may_work and access.runs_desk_for(opportunity))


@transaction.atomic
def _add(
    opportunity: Opportunity,
    by: User,
    attachment: Attachment,
    channel: Channel,
    request_id: str,
    store: Callable[[], None],
) -> Attachment:
    access = access_of(by)
    row = locked(opportunity, access)
    _check_right(row, access)
    _check_total(row, attachment.size)
    attachment.opportunity, attachment.added_by = row, by
    attachment.save()
    _write(row, NonTransitionEvent.ATTACH, attachment, by, channel, request_id)
    # Last: what fails before it leaves no file behind.
    store()
    return attachment


def _digest_of(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while part := file.read(MEGABYTE):
        digest.update(part)
    return digest.hexdigest()


def _store(attachment: Attachment, file: IO[bytes]) -> None:
    file.seek(0)
    try:
        storages["attachments"].save(attachment.stored_as, File(file))
    except OSError as error:
        log.exception("A file could not be stored in ATTACHMENT_FOLDER")
        sentence = "The file could not be stored, so it was not attached. Ask an administrator."
        raise FileRefused("not_stored", sentence) from error


def _check_right(row: Opportunity, access: UserAccess) -> None:
    if not access.may_comment(row):
        raise Forbidden("right", FOR_WHOM)


def _check_total(row: Opportunity, size: int) -> None:
    kept = row.attachments.aggregate(total=Sum("size", default=0))["total"]
    if kept + size > settings.ATTACHMENT_TOTAL_MB * MEGABYTE:
        most = settings.ATTACHMENT_TOTAL_MB
        sentence = f"Attachments can have {most} MB per opportunity. Link to larger files instead."
        raise GuardFailed("within_attachment_total", sentence)


def _of_remover(attachment: Attachment, by: User) -> Opportunity:
    access = access_of(by)
    row = locked(attachment.opportunity, access)
    attachment.refresh_from_db()
    if not may_remove(attachment, row, access):
        whom = "whoever added it, an SA lead of the practice or a bid manager"
        raise Forbidden("right", f"Only {whom} can remove or restore it.")
    return row


def _write(
    row: Opportunity,
    action: NonTransitionEvent,
    attachment: Attachment,
    by: User,
    channel: Channel,
    request_id: str,
) -> None:
    told: dict[str, Any] = {"attachment": attachment.name}
    if attachment.url:
        told["url"] = attachment.url
    if attachment.sha256:
        told["sha256"] = attachment.sha256
    is_added = action == NonTransitionEvent.ATTACH
    write_event(
        row,
        action,
        actor=by,
        at=timezone.now(),
        channel=channel,
        changes={name: ["", value] if is_added else [value, ""] for name, value in told.items()},
        request_id=request_id,
    )
