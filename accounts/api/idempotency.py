"""A write sent again under its Idempotency-Key is not done again: it gets the answer it had."""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache, partial
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.models import IdempotencyKey
from opportunities.access.roles import user_of

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
SOUND = re.compile(r"[!-~][ -~]{0,254}")
KEPT_FOR = timedelta(hours=24)
KEPT_HEADERS = ("Content-Type", "Location")
# Whoever logs in, gets a right, or waits is to be answered anew; so is who met a fault of ours.
NOT_KEPT = frozenset({401, 403, 429})
SERVER_ERROR = 500
Handler = Callable[..., Any]


class KeyInWork(APIException):
    status_code = 409
    default_code = "idempotency_key_in_work"
    default_detail = (
        "The first request with this Idempotency-Key is still running. Try again in a moment."
    )
    wait = 1


class KeyReused(APIException):
    status_code = 422
    default_code = "idempotency_key_reused"
    default_detail = (
        "This Idempotency-Key was used for another request. Send a new key with each new request."
    )


class AnswerNotKept(APIException):
    status_code = 409
    default_code = "answer_not_kept"
    default_detail = (
        "This is done already. The answer held a secret, which is not kept: revoke what was made, "
        "and make another under a new Idempotency-Key."
    )


class IdempotencyMiddleware(MiddlewareMixin):
    """Puts OnceOnly before the view of every write that brings a key."""

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        is_of_api = hasattr(view, "cls") and issubclass(view.cls, APIView)
        if not is_of_api or request.method in SAFE_METHODS or HEADER not in request.headers:
            return None
        answer: HttpResponseBase = once_only(view.cls).as_view(**view.initkwargs)(
            request, *args, **kwargs
        )
        return answer


class OnceOnly(APIView):
    """Put before a view's own class: it runs the handler unless an answer is stored under the key.

    What it writes and the answer are one transaction, so that neither is there without the other;
    a sync is a process of its own, which writes in its own.
    """

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Go on with once() instead of the handler, past log-in, rights and throttles."""
        # Read before the check of the CSRF token might, as a form.
        sent = fingerprint_of(request._request)
        super().initial(request, *args, **kwargs)
        name = (request.method or "").lower()
        if handler := getattr(self, name, None):
            setattr(self, name, partial(self.once, handler, sent))

    def once(
        self, handler: Handler, sent: str, request: Request, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        key = _key_of(request)
        with _taken(user_of(request), key, lock=not self._starts_a_process) as row:
            if row.status is not None:
                return self._replayed(row, sent)
            answer: HttpResponse = self._answer(handler, request, *args, **kwargs)
            self._keep(row, sent, answer)
            return answer

    def _replayed(self, row: IdempotencyKey, sent: str) -> HttpResponse:
        if row.fingerprint != sent:
            raise KeyReused
        if not row.body and getattr(self, "answers_with_secret", False):
            raise AnswerNotKept
        answer = HttpResponse(row.body, status=row.status)
        # An answer without a body has no type.
        del answer["Content-Type"]
        for name, value in {**row.headers, REPLAYED: "true"}.items():
            answer[name] = value
        return answer

    def _answer(self, handler: Handler, request: Request, *args: Any, **kwargs: Any) -> Any:
        """Return the answer as dispatch() makes it, refusals included. Raises: bugs."""
        try:
            answer = handler(request, *args, **kwargs)
        except Exception as error:
            answer = self.handle_exception(error)
        answer = self.finalize_response(request, answer, *args, **kwargs)
        return answer.render() if hasattr(answer, "render") else answer

    def _keep(self, row: IdempotencyKey, sent: str, answer: Any) -> None:
        status = answer.status_code
        if status >= SERVER_ERROR:
            if not self._starts_a_process:
                transaction.set_rollback(True)
            return
        # That another sync runs says nothing of this one, which may be the same sent twice at once.
        if status in NOT_KEPT or (status == 409 and self._starts_a_process):
            return
        is_secret = status < 300 and getattr(self, "answers_with_secret", False)
        row.fingerprint, row.status = sent, status
        row.body = "" if is_secret else answer.content.decode()
        row.headers = {name: answer[name] for name in KEPT_HEADERS if name in answer}
        row.save()

    @property
    def _starts_a_process(self) -> bool:
        return getattr(self, "starts_a_process", False)


@cache
def once_only(view: type[APIView]) -> type[APIView]:
    return type(view.__name__, (OnceOnly, view), {})


def fingerprint_of(request: HttpRequest) -> str:
    """Return a digest of method, address and body: a key belongs to all three."""
    where = f"{request.method} {request.path_info}?{request.META.get('QUERY_STRING', '')}\n"
    return hashlib.sha256(where.encode(errors="surrogateescape") + request.body).hexdigest()


def _key_of(request: Request) -> str:
    """Raises: ValidationError."""
    key = request.headers[HEADER]
    if not request.user.is_authenticated:
        raise ValidationError({HEADER: ["You are not signed in yet. Leave out the key."]})
    if not SOUND.fullmatch(key):
        raise ValidationError({HEADER: ["Write 1 to 255 printable ASCII characters."]})
    return key


@contextmanager
def _taken(user: Any, key: str, lock: bool) -> Iterator[IdempotencyKey]:
    """Hold the key's row, so that others with the same key find it taken until the end.

    By a lock, because that also ends with a process that dies. On SQLite they wait for it.
    Raises: KeyInWork.
    """
    IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
    row, _ = IdempotencyKey.objects.get_or_create(user=user, key=key)
    if not lock:
        yield row
        return
    with transaction.atomic():
        rows = IdempotencyKey.objects.select_for_update(skip_locked=True)
        found = rows.filter(pk=row.pk).first()
        if found is None:
            raise KeyInWork
        yield found
