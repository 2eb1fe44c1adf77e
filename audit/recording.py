"""Record audit events: a row in the table, and a line of JSON for log monitoring."""

import json
import logging
from typing import Any

from django.contrib.auth.models import User
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest

from audit.current_request import current_request
from audit.models import AuditEvent, AuditKind

log = logging.getLogger("audit.events")
About = Model | tuple[str, Any]


def record(
    kind: str,
    *,
    request: HttpRequest | None = None,
    actor: User | None = None,
    about: About | None = None,
    **details: Any,
) -> AuditEvent:
    """Write one event; it is there if, and only if, what it tells of is committed.

    Args:
        kind: one of AuditKind.
        request: the one being answered, unless another is named.
        actor: who is signed in, unless somebody is named.
        about: a stored row, or the kind and id of something else.
        details: no secrets, and people by their ids.
    """
    request = request or current_request()
    about_kind, about_id = _named(about)
    event = AuditEvent.objects.create(
        kind=AuditKind(kind),
        actor_id=actor.pk if actor else _signed_in(request),
        address=request.META.get("REMOTE_ADDR", "")[:64] if request else "",
        request_id=getattr(request, "request_id", ""),
        about_kind=about_kind,
        about_id=about_id,
        details=details,
    )
    line = json.dumps(as_dict(event), cls=DjangoJSONEncoder)
    transaction.on_commit(lambda: log.info("%s", line))
    return event


def as_dict(event: AuditEvent) -> dict[str, Any]:
    """Return what a line of JSON says of it."""
    return {
        "id": event.pk,
        "at": event.at,
        "kind": event.kind,
        "actor": event.actor_id,
        "address": event.address,
        "request_id": event.request_id,
        "about": {"kind": event.about_kind, "id": event.about_id},
        "details": event.details,
    }


def _named(about: About | None) -> tuple[str, str]:
    if about is None:
        return "", ""
    if isinstance(about, Model):
        return about._meta.label_lower, str(about.pk)
    kind, pk = about
    return kind, str(pk)


def _signed_in(request: HttpRequest | None) -> int | None:
    user = getattr(request, "user", None)
    pk: int | None = user.pk if user is not None and user.is_authenticated else None
    return pk
