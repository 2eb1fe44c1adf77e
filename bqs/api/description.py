"""Add to the API's schema what operations have in common: errors, headers, parameters."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from accounts.api import idempotency
from bqs.api.examples import add_examples
from bqs.api.negotiation import PROBLEM

WRITES = frozenset({"post", "put", "patch", "delete"})
ID_NAMES = frozenset({"id", "condition_id", "thread_id"})
ANYTHING_OR_NULL = [{}, {"type": "null"}]
PROBLEM_SCHEMA = Path(__file__).with_name("problem_schema.json")
TEXT = {"type": "string"}
BYTES = {"type": "string", "format": "binary"}
HEADERS: dict[str, dict[str, Any]] = {
    "X-Request-ID": {"description": "Names this request in the log and in events.", "schema": TEXT},
    "ETag": {"description": "To be sent back as If-None-Match.", "schema": TEXT},
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}},
    "WWW-Authenticate": {"description": "How to log in: `Token`.", "schema": TEXT},
    "Content-Disposition": {"description": "The name to save the file under.", "schema": TEXT},
    idempotency.REPLAYED: {
        "description": "There where the answer is one that was given before.",
        "schema": {"type": "string", "enum": ["true"]},
    },
    "Location": {"description": "Where to look on.", "schema": TEXT},
}
SESSION_REFUSED = (
    "Your roles do not include the right. Of a session: the CSRF token is wrong, or X-Page-Of "
    "names another person. Of a token: it lacks the scope."
)
# What may be answered by an operation that does not tell of it itself, and its headers.
COMMON: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "304": ("NotModified", "It is as it was at that ETag; there is no body.", ("ETag",)),
    "400": ("Unusable", "Some values cannot be used.", ()),
    "401": ("NotLoggedIn", "Nobody is logged in.", ("WWW-Authenticate",)),
    "403": ("Forbidden", SESSION_REFUSED, ()),
    "404": ("NotThere", "There is nothing at this address.", ()),
    "406": ("NotAcceptable", "`Accept` takes nothing that this can be answered in.", ()),
    "409": (
        "InWork",
        "The first request with this Idempotency-Key is still running.",
        ("Retry-After",),
    ),
    "411": ("WithoutLength", "A chunked body is not read: send its Content-Length.", ()),
    "413": ("TooLarge", "The body is longer than API_MAX_BODY_BYTES.", ()),
    "415": ("NotJson", "The body is of another type than JSON.", ()),
    "422": ("OtherKey", "This Idempotency-Key came with another request before.", ()),
    "429": (
        "TooMany",
        "Too many calls or failed log-ins, or too much that is costly at once.",
        ("Retry-After",),
    ),
    "503": (
        "TookTooLong",
        "It took too long: filter the list. Or the database is away: try again.",
        ("Retry-After",),
    ),
}
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "description": "The ETag of the answer that you have: the same again is a 304.",
    "schema": TEXT,
}
HOURS = int(idempotency.KEPT_FOR.total_seconds() // 3600)
IDEMPOTENCY_KEY = {
    "in": "header",
    "name": idempotency.HEADER,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~][ -~]*$"},
    # No example: the docs page would send it with every request, as the key of them all.
    "description": (
        f"A new one for each request, such as a UUID: within {HOURS} hours, what is sent again "
        "under the same key is not done again, but answered as before."
    ),
}
KEY_HEADERS = {
    **dict.fromkeys(("200", "201", "202", "204"), idempotency.REPLAYED),
    "409": "Retry-After",
}
HEADERS_OF = {"202": ("Location",), "401": ("WWW-Authenticate",), "429": ("Retry-After",)}


def describe_all(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Complete the schema; a postprocessing hook of drf-spectacular."""
    components = result["components"]
    components["schemas"]["Problem"] = json.loads(PROBLEM_SCHEMA.read_text())
    components["parameters"] = {"IfNoneMatch": IF_NONE_MATCH, "IdempotencyKey": IDEMPOTENCY_KEY}
    components["headers"] = HEADERS
    components["responses"] = {
        name: _response(status, description, headers)
        for status, (name, description, headers) in COMMON.items()
    }
    for operations in result["paths"].values():
        for method, operation in operations.items():
            _describe(method, operation)
    _simplify(components["schemas"])
    add_examples(result)
    return result


def _describe(method: str, operation: dict[str, Any]) -> None:
    parameters = operation.get("parameters", [])
    for parameter in parameters:
        if parameter["in"] == "path" and parameter["name"] in ID_NAMES:
            parameter["schema"] = {"type": "string", "pattern": "^[0-9]{1,18}$"}
        _without_null(parameter["schema"])
    responses = operation["responses"]
    for status, response in responses.items():
        _complete(status, response, method, _takes_key(method, operation))
    for status in _possible(method, operation):
        responses.setdefault(status, _ref("responses", COMMON[status][0]))
    more = [_ref("parameters", "IfNoneMatch")] if "304" in responses else []
    if _takes_key(method, operation):
        more = [_ref("parameters", "IdempotencyKey")]
    if more:
        operation["parameters"] = [*parameters, *more]
    operation["responses"] = dict(sorted(responses.items()))


def _without_null(schema: dict[str, Any]) -> None:
    """Remove null from a filter's type: a column may be empty, but an address has no null."""
    words = schema.get("items", schema)
    if isinstance(words.get("type"), list):
        words["type"] = words["type"][0]


def _possible(method: str, operation: dict[str, Any]) -> Iterator[str]:
    """Yield the statuses of COMMON that an operation may answer with."""
    parameters = operation.get("parameters", [])
    places = {each["in"] for each in parameters}
    # Whoever sends a body where none is wanted can send too long a one.
    yield from ("406", "411", "413", "429", "503")
    # Where none is needed, too, a token that is sent has to be a good one.
    if operation["security"] != [{}]:
        yield from ("401", "403")
    if _takes_key(method, operation):
        yield from ("400", "409", "422")
    if "requestBody" in operation:
        yield "415"
    if "query" in places or "requestBody" in operation:
        yield "400"
    # A page after the last is not there either.
    if "path" in places or any(each["name"] == "page" for each in parameters):
        yield "404"
    if method == "get" and not _is_file(operation["responses"]["200"]):
        yield "304"


def _takes_key(method: str, operation: dict[str, Any]) -> bool:
    """Every write but to log in."""
    return method in WRITES and operation["security"] != [{}]


def _complete(status: str, response: dict[str, Any], method: str, takes_key: bool) -> None:
    """Add what all answers of a kind have to what a view describes of its own."""
    headers = [*HEADERS_OF.get(status, ())]
    if takes_key and status in KEY_HEADERS:
        headers.append(KEY_HEADERS[status])
    if status >= "400":
        response.setdefault("content", _problem())
    elif _is_file(response):
        headers.append("Content-Disposition")
        for kind, content in response["content"].items():
            content["schema"] = TEXT if kind.startswith("text/") else BYTES
    elif method == "get":
        headers.append("ETag")
    response["headers"] = {**_headers(headers), **response.get("headers", {})}


def _response(status: str, description: str, headers: tuple[str, ...]) -> dict[str, Any]:
    described = {"description": description, "headers": _headers(headers)}
    return described | ({"content": _problem()} if status >= "400" else {})


def _headers(names: Any) -> dict[str, Any]:
    return {name: _ref("headers", name) for name in ("X-Request-ID", *names)}


def _is_file(response: dict[str, Any]) -> bool:
    """Streamed, so that it has no ETag."""
    content = response.get("content", {})
    return bool(content) and "application/json" not in content


def _problem() -> dict[str, Any]:
    return {PROBLEM: {"schema": _ref("schemas", "Problem")}}


def _ref(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}


def _simplify(schema: Any) -> None:
    """Simplify "anything or null": `oneOf` refuses null, which is both."""
    if isinstance(schema, dict):
        if schema.get("oneOf") == ANYTHING_OR_NULL:
            del schema["oneOf"]
        schema = schema.values()
    elif not isinstance(schema, list):
        return
    for each in schema:
        _simplify(each)
