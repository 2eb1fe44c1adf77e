"""Refuse requests with text that no database can store, and compose all other text (NFC).

So no filter and no form has to know. JSON bodies are checked in middleware/json_bodies.py.
"""

import codecs
import logging
import re
from collections.abc import Iterator
from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db import DataError
from django.db.models import Field
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.utils.deprecation import MiddlewareMixin

from bqs.api.problems import CONTENT_TYPE, problem
from bqs.middleware.json_bodies import LEFT_ALONE
from opportunities.domain.composed_text import composed
from opportunities.domain.sound_text import SENTENCES, fault_in

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
MOST_FORM_BYTES = 2_500_000
CHARSETS = {"utf-8", "ascii"}
UNKNOWN_ROW = (400, "request", "invalid", "Choose rows of the list: the id of one is not valid.")
OUT_OF_RANGE = (
    400,
    "request",
    "out_of_range",
    "Write another number or date: one of them is invalid or out of range.",
)
NO_NUMBER = re.compile(r"Field '\w+' expected a number but got ")
log = logging.getLogger(__name__)
Fault = tuple[int, str, str, str]
"""Status, where it is, code, and a sentence that says what to do."""


class SoundRequestsMiddleware(MiddlewareMixin):
    def process_request(self, request: HttpRequest) -> HttpResponseBase | None:
        try:
            faults = list(_faults(request))
        except SuspiciousOperation:
            faults = [(400, "request", "too_many_fields", "Send fewer fields, or shorter ones.")]
        if faults:
            return _refusal(request, faults)
        request.GET = _composed(request.GET)  # type: ignore[assignment]
        if _has_form(request):
            request.POST = _composed(request.POST)  # type: ignore[assignment]
        return None

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, options: Any
    ) -> HttpResponseBase | None:
        """Refuse values other than ids for the rows chosen in a list of the admin."""
        of_list = getattr(view, "model_admin", None)
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME) if of_list else ()
        if of_list and not all(_is_key(of_list.model._meta.pk, text) for text in chosen):
            return _refusal(request, [UNKNOWN_ROW])
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Answer with a 400 where a database refuses a value, or Django an id."""
        if not isinstance(error, OverflowError | DataError) and not NO_NUMBER.match(f"{error}"):
            return None
        log.warning("%s %s: out of range", request.method, request.path, exc_info=error)
        return _refusal(request, [OUT_OF_RANGE])


def _faults(request: HttpRequest) -> Iterator[Fault]:
    # Only the API takes files; Django's own limit leaves room for them, at any address.
    if _has_form(request) and _is_long(request.META.get("CONTENT_LENGTH") or ""):
        yield 413, "request", "body_too_large", "Send fewer fields, or shorter ones."
        return
    # It is what the address is read in, too.
    if not _is_readable((request.content_params or {}).get("charset", "utf-8")):
        yield 400, "Content-Type", "unsupported_charset", "Send the request as UTF-8."
    if fault_in(request.path_info):
        yield 404, "request", "not_found", "There is nothing at this address."
    for place, text in _texts(request):
        if code := fault_in(place) or fault_in(text):
            yield 400, place, code, SENTENCES[code]


def _texts(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, text in request.META.items():
        if name.startswith("HTTP_"):
            yield name.removeprefix("HTTP_").replace("_", "-").title(), text
    for name, text in request.COOKIES.items():
        yield "Cookie", name + text
    yield from _flat(request.GET)
    if _has_form(request):
        yield from _flat(request.POST)


def _has_form(request: HttpRequest) -> bool:
    """Return False for the API, which takes no forms."""
    return request.content_type in FORMS and not request.path_info.startswith("/api")


def _is_long(length: str) -> bool:
    return length.isascii() and length.isdigit() and int(length) > MOST_FORM_BYTES


def _composed(parameters: QueryDict) -> QueryDict:
    if all(name.isascii() and "".join(texts).isascii() for name, texts in parameters.lists()):
        return parameters
    inside = QueryDict(mutable=True, encoding=parameters.encoding)
    for name, texts in parameters.lists():
        kept = texts if LEFT_ALONE in name else [composed(text) for text in texts]
        inside.setlist(composed(name), kept)
    inside._mutable = False
    return inside


def _flat(parameters: Any) -> Iterator[tuple[str, str]]:
    return ((name, text) for name, texts in parameters.lists() for text in texts)


def _is_key(key: "Field[Any, Any]", text: str) -> bool:
    """Tell whether a key can have this text, without the error that a query would raise."""
    try:
        key.clean(text, None)
    except ValidationError:
        return False
    return True


def _is_readable(charset: str) -> bool:
    try:
        return codecs.lookup(charset).name in CHARSETS
    except (LookupError, ValueError):
        return False


def _refusal(request: HttpRequest, faults: list[Fault]) -> HttpResponseBase:
    """Return a problem to programs and plain text to browsers, which hardly send such things."""
    status, place, code, sentence = faults[0]
    if not request.path_info.startswith("/api"):
        text = f"{place}: {sentence}" if status == 400 else sentence
        return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    body: dict[str, Any] = problem(status, sentence, "invalid" if status == 400 else code)
    if status == 400:
        body["errors"] = [
            {"field": f, "code": c, "detail": sentence} for _, f, c, sentence in faults
        ]
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)
