"""Add examples to the API's schema: bodies that a test sent and answers that it got.

bqs/tests/api/test_api_examples.py writes the file.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("examples.json")
JSON = "application/json"


@cache
def examples() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    return found


def add_examples(description: dict[str, Any]) -> None:
    """Refer from each body of JSON to the example of its schema."""
    shown = {}
    for name, content in bodies(description):
        if name in examples():
            shown[name] = {"value": examples()[name]}
            content["examples"] = {name: {"$ref": f"#/components/examples/{name}"}}
    description["components"]["examples"] = dict(sorted(shown.items()))


def bodies(description: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what is described of each body, with the name of its example."""
    for operations in description["paths"].values():
        for operation in operations.values():
            for body in (operation.get("requestBody", {}), *operation["responses"].values()):
                if name := example_name(body):
                    yield name, body["content"][JSON]


def example_name(body: dict[str, Any]) -> str:
    """Return the component that a body consists of, with `List` for an array of it."""
    schema = body.get("content", {}).get(JSON, {}).get("schema", {})
    component: str = schema.get("items", schema).get("$ref", "").rpartition("/")[2]
    return component + ("List" if component and "items" in schema else "")
