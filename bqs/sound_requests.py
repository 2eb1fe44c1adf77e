"""The door of every address: what no database holds is refused before anything looks at it.

So no filter and no form has to know. Bodies of JSON have their door in bqs/json_bodies.py.
"""

import codecs
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db import DataError
from django.db.models import Field
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from bqs.problems import CONTENT_TYPE, problem
from bqs.sound_text import SENTENCES, fault_in

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
CHARSETS = {"utf-8", "ascii"}
UNKNOWN_ROW = (400, "request", "invalid", "Choose rows of the list; what was sent is no id of one.")
OUT_OF_RANGE = (
    400,
    "request",
    "out_of_range",
    "Write another number or date: one cannot be read, or lies outside of what can be stored.",
)
NO_NUMBER = re.compile(r"Field '\w+' expected a number but got ")
log = logging.getLogger(__name__)
Fault = tuple[int, str, str, str]
"""Status, where it is, code, and a sentence that says what to do."""


class SoundRequestsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            faults = list(_faults(request))
        except SuspiciousOperation:
            faults = [(400, "request", "too_many_fields", "Send fewer fields, or shorter ones.")]
        return _refusal(request, faults) if faults else self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, options: Any
    ) -> HttpResponseBase | None:
        """Refuse rows chosen in a list of the admin by what is no id: it would look for them."""
        of_list = getattr(view, "model_admin", None)
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME) if of_list else ()
        if of_list and not all(_is_key(of_list.model._meta.pk, text) for text in chosen):
            return _refusal(request, [UNKNOWN_ROW])
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Both databases know what fits into a column, and Django what is an id."""
        if not isinstance(error, OverflowError | DataError) and not NO_NUMBER.match(f"{error}"):
            return None
        log.warning("%s %s: out of range", request.method, request.path, exc_info=error)
        return _refusal(request, [OUT_OF_RANGE])


def _faults(request: HttpRequest) -> Iterator[Fault]:
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
    # The API takes no forms, and reads its bodies itself.
    if request.content_type in FORMS and not request.path_info.startswith("/api"):
        yield from _flat(request.POST)


def _flat(parameters: Any) -> Iterator[tuple[str, str]]:
    return ((name, text) for name, texts in parameters.lists() for text in texts)


def _is_key(key: "Field[Any, Any]", text: str) -> bool:
    """Raises nothing, other than a query for it."""
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
    """As a problem to a program; no person's browser sends such things."""
    status, place, code, sentence = faults[0]
    if not request.path_info.startswith("/api"):
        text = f"{place}: {sentence}" if status == 400 else sentence
        return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    body: dict[str, Any] = problem(status, sentence, "invalid" if status == 400 else code)
    if status == 400:
        body["errors"] = [{"field": f, "code": c, "detail": told} for _, f, c, told in faults]
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)
