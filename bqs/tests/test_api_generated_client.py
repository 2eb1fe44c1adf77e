"""A client that openapi-python-client makes of docs/openapi.yaml reads every answer."""

import importlib
import json
import re
import sys
from datetime import UTC, datetime

import pytest
import yaml
from openapi_python_client import generate
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser.errors import ErrorLevel

from accounts.models import SavedView
from accounts.tokens import issue_token
from assessments.models import Assessment, AssessmentTemplate
from bqs.tests.described_answers import FILE
from bqs.tests.every_state import make_every_state
from opportunities.models import Opportunity
from sync.models import SyncLog

pytestmark = pytest.mark.django_db(transaction=True)
# What the generator knows to be bytes; the schema says of what kind they are.
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTES = {SPREADSHEET: "application/octet-stream"}


def queries(models):
    """Beside none: by the words and moments that the client has of its own."""
    group, order = models.OpportunitiesListGroup, models.OpportunitiesListOrderingItem
    return {
        "oracle_opportunity_retrieve": [{}, {"refresh": True}],
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


def the_gets():
    paths = yaml.load(FILE.read_text(), yaml.CSafeLoader)["paths"]
    return [(path, each["get"]) for path, each in paths.items() if "get" in each]


def the_call(package, operation):
    tag = operation["tags"][0].replace("-", "_")
    module = importlib.import_module(f"{package}.api.{tag}.{operation['operationId']}")
    return module.sync_detailed


def places_of(path):
    """What stands in the braces of this path: of everything there is."""
    if "{" not in path:
        return [()]
    if "/assessments/" in path:
        versions = Assessment.objects.exclude(version_no=0).values_list("opportunity", "version_no")
        places = [(str(pk), number) for pk, number in versions]
        return places if "version_no" in path else [(pk,) for pk, _ in places]
    rows = {
        "opportunities": Opportunity,
        "assessment-templates": AssessmentTemplate,
        "saved-views": SavedView,
        "sync-history": SyncLog,
    }
    name = path.split("/")[2]
    if name == "oracle-opportunity":
        return list(Opportunity.objects.values_list("remote_id"))[:3]
    found = rows[name].objects.order_by("pk")
    # What happened to a deal is told of those that have a story; the last has none.
    numbers = [*found.values_list("pk", flat=True)]
    is_told_of_a_deal = name == "opportunities" and path != "/api/opportunities/{id}"
    return [(str(pk),) for pk in ([*numbers[:12], numbers[-1]] if is_told_of_a_deal else numbers)]


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
