"""Post events to programs, signed so that they know who posts."""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

import requests
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from urllib3.exceptions import HTTPError

from notifications.channels.endpoints import endpoint_of
from notifications.channels.guard import guarded
from notifications.models import Endpoint
from opportunities.lists.presentation import person
from outbox.channels import NotDelivered
from outbox.models import Delivery, Event

TIMEOUT_S = 10
MOST_SHOWN = 500
MINUTES = (1, 5, 15, 30, 60, 120, 240, 480, 489)
"""Between the tries: a day in all."""


class Webhook:
    pauses: ClassVar = [timedelta(minutes=each) for each in MINUTES]

    def deliver(self, delivery: Delivery) -> None:
        endpoint = endpoint_of(delivery)
        answer = post(endpoint, payload(delivery.event), delivery.pk)
        if answer.status == requests.codes.gone:
            Endpoint.objects.filter(pk=endpoint.pk).update(is_active=False)
            words = f"{answer}\nThe receiver wants no more: the endpoint is switched off."
            raise NotDelivered(words, is_final=True)
        if not answer.is_good:
            raise NotDelivered(str(answer))


def payload(event: Event) -> dict[str, Any]:
    return {
        "id": event.pk,
        "event": event.name,
        "at": event.at,
        "deal": event.deal,
        "actor": person(event.actor),
        "body": event.body,
    }


@dataclass(frozen=True)
class Answer:
    status: int
    text: str

    def __str__(self) -> str:
        return f"{self.status} {self.text}".strip()

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300


def post(endpoint: Endpoint, payload: dict[str, Any], delivery_id: UUID) -> Answer:
    """Return what the receiver answered; a redirect is an answer like others.

    Raises: NotDelivered, where there is none, and for good where nothing would sign it.
    """
    if not endpoint.secret:
        raise NotDelivered("It has no secret to sign with: renew it in the admin.", is_final=True)
    body = json.dumps(payload, cls=DjangoJSONEncoder)
    with guarded(TIMEOUT_S) as guard, requests.Session() as session:
        # Without a proxy, which the guard would refuse.
        session.trust_env = settings.WEBHOOK_ALLOW_PRIVATE
        try:
            answer = session.post(
                endpoint.address,
                data=body.encode(),
                headers=_headers(endpoint, body, delivery_id),
                timeout=TIMEOUT_S,
                allow_redirects=False,
                stream=True,
            )
            return Answer(answer.status_code, _beginning_of(answer))
        except requests.RequestException as error:
            # Without the error itself, which names the whole address.
            raise NotDelivered(guard.fault or _reason_of(error)) from None


def _headers(endpoint: Endpoint, body: str, delivery_id: UUID) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "Accept-Encoding": "identity",
        "User-Agent": f"BQS/{settings.VERSION}",
        "X-BQS-Delivery": str(delivery_id),
        "X-BQS-Signature": signature(endpoint, body, int(time.time())),
    }


def signature(endpoint: Endpoint, body: str, at: int) -> str:
    """Return the time and a digest by each secret: two of them while one replaces the other."""
    signed = f"{at}.{body}".encode()
    secrets = filter(None, [endpoint.secret, endpoint.former_secret])
    digests = [hmac.new(each.encode(), signed, hashlib.sha256).hexdigest() for each in secrets]
    return ",".join([f"t={at}", *(f"v1={digest}" for digest in digests)])


def _beginning_of(answer: requests.Response) -> str:
    """Read once: a receiver that goes on for ever keeps nobody waiting."""
    try:
        text = answer.raw.read1(4 * MOST_SHOWN).decode(errors="replace")
    except HTTPError:
        return ""
    return text.replace("\0", "")[:MOST_SHOWN]


def _reason_of(error: requests.RequestException) -> str:
    if isinstance(error, requests.ReadTimeout):
        return f"No answer within {TIMEOUT_S} seconds."
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return f"{type(error).__name__}: {reason or 'the connection was lost'}"
