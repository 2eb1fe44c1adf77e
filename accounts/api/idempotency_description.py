"""The Idempotency-Key in the description of the API."""

from typing import Any

from accounts.api.idempotency import HEADER, KEPT_FOR, REPLAYED
from bqs.negotiation import PROBLEM

WRITES = ("post", "put", "patch", "delete")
HOURS = int(KEPT_FOR.total_seconds() // 3600)
PARAMETER = {
    "in": "header",
    "name": HEADER,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"},
    "description": f"Sent again under the same key within {HOURS} hours, it is not done again.",
    "example": "5f0c1e9a-3a52-4b0e-9d0c-2f1d8a7b6c5d",
}
IN_ANSWER = {
    "schema": {"type": "string", "enum": ["true"]},
    "description": "There where the answer is one that was given before.",
}
CONFLICTS = {
    "409": f"The first request with this {HEADER} is still in work; wait `Retry-After` seconds.",
    "422": f"This {HEADER} came with another request before.",
}


TO_PARAMETER = {"$ref": "#/components/parameters/IdempotencyKey"}
TO_HEADER = {"$ref": "#/components/headers/IdempotentReplayed"}
PROBLEM_BODY = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}


def describe_keys(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Describe that every write takes a key, except to log in: a hook of the OpenAPI schema."""
    components = result["components"]
    components.setdefault("parameters", {})["IdempotencyKey"] = PARAMETER
    components.setdefault("headers", {})["IdempotentReplayed"] = IN_ANSWER
    for operations in result["paths"].values():
        for method, operation in operations.items():
            if method in WRITES and {} not in operation["security"]:
                _describe_key_of(operation)
    return result


def _describe_key_of(operation: dict[str, Any]) -> None:
    operation.setdefault("parameters", []).append(TO_PARAMETER)
    responses = operation["responses"]
    for status, response in responses.items():
        if status < "300":
            response.setdefault("headers", {})[REPLAYED] = TO_HEADER
    for status, sentence in CONFLICTS.items():
        responses.setdefault(status, {"description": sentence, "content": PROBLEM_BODY})
    operation["responses"] = dict(sorted(responses.items()))
