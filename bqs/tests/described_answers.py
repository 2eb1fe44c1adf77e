"""Every answer of the API that any test gets, held against docs/openapi.yaml."""

import gzip
import json
import re
from functools import cache, cached_property
from pathlib import Path

import jsonschema_rs
import yaml
from django.urls import resolve

FILE = Path(__file__).parents[2] / "docs" / "openapi.yaml"
# What an answer has, if it has it, its schema has to tell of.
TOLD_HEADERS = (
    "ETag",
    "Retry-After",
    "Location",
    "Content-Disposition",
    "Idempotent-Replayed",
    "WWW-Authenticate",
    "X-Request-ID",
)


class NotAsDescribed(AssertionError):
    """An answer that a client made from the schema would stumble over."""


class DescribedAnswersMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path_info.startswith("/api/") and response.status_code not in (405, 500):
            check(request, response)
        return response


def check(request, response):
    match = request.resolver_match or resolve(request.path_info)
    address = _shape(f"/{match.route}")
    operation = the_schema().operations.get((request.method.lower(), address))
    if operation is None:
        return
    told = operation.get(str(response.status_code))
    if told is None:
        raise _fault(request, response, "The schema does not tell of this status.")
    present = {name for name in TOLD_HEADERS if name in response.headers}
    if response.status_code >= 400:
        # Refusals have them, too; of those nobody makes use.
        present -= {"ETag", "Idempotent-Replayed"}
    if not told.headers - _optional(response) <= present <= told.headers:
        raise _fault(request, response, f"Headers {present}, told of are {told.headers}.")
    if not response.streaming and response.content:
        _check_body(request, response, told)


def _optional(response):
    return {"Idempotent-Replayed"} | ({"Retry-After"} if response.status_code == 409 else set())


def _check_body(request, response, told):
    kind = response.headers["Content-Type"].partition(";")[0]
    if kind not in told.bodies:
        raise _fault(request, response, f"{kind} is none of {[*told.bodies]}.")
    if not kind.endswith("json"):
        return
    text = response.content
    if response.headers.get("Content-Encoding") == "gzip":
        text = gzip.decompress(text)
    for error in told.bodies[kind].iter_errors(json.loads(text)):
        raise _fault(request, response, f"{error.instance_path}: {error.message}")


def _fault(request, response, sentence):
    where = f"{request.method} {request.get_full_path()} answered {response.status_code}"
    return NotAsDescribed(f"{where}: {sentence} Mend the answer or bqs/api/description.py.")


def _shape(path):
    return re.sub(r"<[^>]+>|\{[^}]+\}", "{}", path)


@cache
def description():
    """Return docs/openapi.yaml, read once by each process; nobody changes it."""
    return yaml.load(FILE.read_text(), yaml.CSafeLoader)


@cache
def the_schema():
    return Schema(description())


class Schema:
    def __init__(self, told):
        self.description = _strict(told)
        self.operations = {
            (method, _shape(path)): {
                status: Answer(self, response) for status, response in each["responses"].items()
            }
            for path, operations in self.description["paths"].items()
            for method, each in operations.items()
        }

    def validator(self, schema):
        whole = {**schema, "components": self.description["components"]}
        return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)

    def found(self, each):
        """What is meant by it, where it says only where it stands."""
        while "$ref" in each:
            *_, kind, name = each["$ref"].split("/")
            each = self.description["components"][kind][name]
        return each


class Answer:
    """Read when the first of its kind comes."""

    def __init__(self, schema, response):
        self._schema, self._response = schema, response

    @cached_property
    def headers(self):
        return {*self._schema.found(self._response).get("headers", {})}

    @cached_property
    def bodies(self):
        content = self._schema.found(self._response).get("content", {})
        return {kind: self._schema.validator(each["schema"]) for kind, each in content.items()}


def _strict(schema):
    """As it is, but nothing is allowed that is not told of."""
    if isinstance(schema, list):
        return [_strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    whole = {name: _strict(each) for name, each in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        whole.setdefault("additionalProperties", False)
    return whole
