"""A client that openapi-python-client makes of docs/openapi.yaml reads every answer."""

import importlib
import json
import re
import sys
from datetime import UTC, datetime

import pytest
from openapi_python_client import generate
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser.errors import ErrorLevel

from accounts.tokens.tokens import issue_token
from bqs.tests.described_answers import FILE
from bqs.tests.every_get import places_of, the_gets
from bqs.tests.every_state import make_every_state
from sync.tests.reliability.depth import NIGHTLY

pytestmark = [NIGHTLY, pytest.mark.django_db(transaction=True), pytest.mark.any_database]
# What the generator knows to be bytes; the schema says of what kind they are.
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTES = {SPREADSHEET: "application/octet-stream"}


def queries(models):
    """Beside none: by the words and moments that the client has of its own."""
    group, order = models.OpportunitiesListGroup, models.OpportunitiesListOrderingItem
    return {
        "opportunities_assessments_compare_retrieve": [{"older": 1, "newer": 1}],
        "opportunities_list": [
            {"page_size": 500},
            # One only: of several it makes several parameters, and the schema says commas.
            {"page_size": 2, "ordering": [order.VALUE_1], "overdue": False},
            {"group": group.WORKFLOW_STATUS, "decided_from": datetime(2020, 1, 1, tzinfo=UTC)},
        ],
    }


@pytest.fixture
def package(tmp_path, monkeypatch):
    config = Config.from_sources(
        ConfigFile(post_hooks=[], content_type_overrides=BYTES, package_name_override="bqs_client"),
        MetaType.NONE,
        FILE,
        "utf-8",
        overwrite=False,
        output_path=tmp_path / "bqs_client",
    )
    told = generate(config=config)
    assert not [each for each in told if each.level >= ErrorLevel.WARNING], told
    monkeypatch.syspath_prepend(tmp_path)
    yield "bqs_client"
    for name in [each for each in sys.modules if each.partition(".")[0] == "bqs_client"]:
        del sys.modules[name]


def test_a_generated_client_reads_every_answer(live_server, package):
    _, token = issue_token(make_every_state(), "The client")
    maker = importlib.import_module(f"{package}.client").AuthenticatedClient
    asked = queries(importlib.import_module(f"{package}.models"))
    login = {"token": token, "prefix": "Token", "raise_on_unexpected_status": True}
    with maker(base_url=live_server.url, **login) as client:
        for path, operation in the_gets():
            call = the_call(package, operation)
            for place in places_of(path):
                for query in asked.get(operation["operationId"], [{}]):
                    answer = call(*place, client=client, **query)
                    assert answer.status_code == 200, (path, place, answer.content)
                    assert_read(answer, path)


def the_call(package, operation):
    tag = operation["tags"][0].replace("-", "_")
    module = importlib.import_module(f"{package}.api.{tag}.{operation['operationId']}")
    return module.sync_detailed


def assert_read(answer, path):
    """All of it, and nothing was lost on the way into the client's own classes."""
    assert answer.parsed is not None, path
    if hasattr(answer.parsed, "to_dict"):
        told, read = json.loads(answer.content), answer.parsed.to_dict()
        assert _plain(read) == _plain(told), path


def _plain(told):
    """Without the ways a moment can be written."""
    text = json.dumps(told, sort_keys=True)
    return re.sub(r"(:\d\d)(\.\d+)?(Z|\+00:00)\"", r'\1"', text)
