"""The examples of the API's documentation are bodies that it took and answers that it gave.

Write them anew: API_EXAMPLES=write python -m pytest bqs/tests/api/test_api_examples.py
"""

import json
import os
import re
from collections import defaultdict

import pytest
from django.contrib.auth.models import Group, User
from rest_framework.test import APIClient

from assessments.models import Condition, ReviewThread
from bqs.api.examples import FILE, JSON, bodies, example_name, examples
from bqs.tests.described_answers import the_schema
from bqs.tests.every_get import places_of, the_gets
from bqs.tests.every_state import make_every_state
from opportunities.access.roles import Role
from opportunities.models import Opportunity
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import UserFactory

pytestmark = pytest.mark.any_database
IS_WRITING = os.environ.get("API_EXAMPLES") == "write"
QUERIES = {
    "/api/opportunities": {"group": "sector", "page_size": 1},
    "/api/opportunities/{id}/assessments/compare": {"older": 1, "newer": 1},
}
LONGEST_LIST = 1
# A page about secrets shows none that ever worked.
SECRETS = {"token": "bqs_7s4Jm1o0q0R1b8yqk3u5F2n6t9w8x7y4z1a2b3c4d5e", "csrf_token": "pX9tq2Yc0kQk"}


@pytest.mark.skipif(not IS_WRITING, reason="writes a file of the project")
@pytest.mark.django_db
def test_write_the_examples():
    recorder = Recorder(make_every_state())
    for path in [path for path, _ in the_gets() if "export" not in path]:
        for place in places_of(path):
            recorder.send("get", path, place, QUERIES.get(path))
    send_writes(recorder)
    text = json.dumps(recorder.best(), indent=1, ensure_ascii=False, sort_keys=True)
    FILE.write_text(text + "\n", encoding="utf-8")


@pytest.mark.parametrize("name", [*examples()])
def test_an_example_is_what_its_schema_describes(name):
    schema = {"$ref": f"#/components/schemas/{name}"}
    if name not in the_schema().description["components"]["schemas"]:
        items = {"$ref": f"#/components/schemas/{name.removesuffix('List')}"}
        schema = {"type": "array", "items": items}
    errors = the_schema().validator(schema).iter_errors(examples()[name])
    assert [f"{error.instance_path}: {error.message}" for error in errors] == [], __doc__


def send_writes(recorder):
    """Send one body of each kind that has fields to explain."""
    login = {"username": recorder.user.username, "password": "correct horse battery"}
    recorder.user.set_password(login["password"])
    recorder.user.save()
    recorder.user.groups.set(Group.objects.all())
    recorder.client = client_of(User.objects.get(pk=recorder.user.pk))
    deals = {deal.workflow_status: deal for deal in Opportunity.objects.order_by("-pk")}
    new, begun = deals["NEW"], deals["IN_ASSESSMENT"]
    version = {"lock_version": new.lock_version}
    condition = Condition.objects.filter(state="OPEN").first()
    place = (condition.decision.opportunity_id, condition.pk)
    before = recorder.client.get("/api/changes").json()["next"]
    at_new = (new.pk,)
    held = {"ids": [str(new.pk)], "reason": "They moved the budget.", "review_on": "2027-03-01"}
    recorder.send("patch", "/api/opportunities/{id}", at_new, {**version, "sa_notes": "Call them."})
    recorder.send("post", "/api/opportunities/{id}/comments", at_new, {"text": "They called."})
    link = {"title": "Tender portal", "url": "https://example.com/tender/4711"}
    recorder.send("post", "/api/opportunities/{id}/links", at_new, link)
    recorder.send("get", "/api/opportunities/{id}/attachments", at_new)
    recorder.send("post", "/api/opportunities/bulk/hold", (), held)
    recorder.send("get", "/api/changes", (), {"after": before, "limit": 1})
    recorder.send("post", "/api/opportunities/{id}/conditions/{condition_id}/settle", place,
                  {"state": "MET", "reason": "Signed today."})  # fmt: skip
    thread = ReviewThread.objects.select_related("assessment").first()
    recorder.send("post", "/api/opportunities/{id}/review-threads/{thread_id}",
                  (thread.assessment.opportunity_id, thread.pk),
                  {"state": "SETTLED", "text": "Their CIO confirms it."})  # fmt: skip
    recorder.send("put", "/api/me/preferences", (), {"preferences": {"theme": "dark"}})
    recorder.send("post", "/api/tokens", (), {"name": "Weekly report"})
    deputy = str(UserFactory(roles=list(Role)).pk)
    away = {"starts": "2027-08-02", "ends": "2027-08-20", "deputy": deputy}
    recorder.send("post", "/api/me/absences", (), away)
    switches = recorder.client.get("/api/me/notifications").json()
    del switches["events"]
    recorder.send("put", "/api/me/notifications", (), switches)
    recorder.send(
        "post", "/api/saved-views", (), {"name": "My open deals", "query": "assigned_sa=me"}
    )
    recorder.send("patch", "/api/saved-views/{id}", (recorder.user.saved_views.first().pk,),
                  {"lock_version": 0, "is_shared": True})  # fmt: skip
    recorder.client = client_of(begun.assigned_sa)
    seen = recorder.client.get(f"/api/opportunities/{begun.pk}/assessment-draft").json()[
        "lock_version"
    ]
    answers = {"NEED": {"kind": "RATING", "rating": 4}, "FUND": {"kind": "UNKNOWN"}}
    recorder.send("patch", "/api/opportunities/{id}/assessment-draft", (begun.pk,),
                  {"lock_version": seen, "answers": answers})  # fmt: skip
    recorder.client = APIClient()
    recorder.send("post", "/api/token", (), {**login, "scopes": ["read"]})
    recorder.send("post", "/api/session", (), login)


class Recorder:
    """Keeps all bodies by their schemas."""

    def __init__(self, user):
        self.user, self.client, self._found = user, client_of(user), defaultdict(list)

    def send(self, method, path, place=(), sent=None):
        places = iter(place)
        url = re.sub(r"\{\w+\}", lambda _: str(next(places)), path)
        answer = getattr(self.client, method)(url, sent)
        assert answer.status_code < 300, (method, url, answer.content)
        operation = the_schema().description["paths"][path][method]
        if answer["Content-Type"] == JSON:
            self._keep(operation["responses"][str(answer.status_code)], answer.json())
        self._keep(operation.get("requestBody", {}), sent)

    def _keep(self, described, body):
        name = example_name(described)
        if name:
            self._found[name].append(_shown(body))
        if name and name.startswith("Paginated"):
            row = name.removeprefix("Paginated").removesuffix("List")
            self._found[row] += _shown(body)["results"]

    def best(self):
        """Return of each schema that is sent or answered the body that says most."""
        return {name: max(self._found[name], key=_values) for name in sorted(self._wanted())}

    def _wanted(self):
        return self._found.keys() & {name for name, _ in bodies(the_schema().description)}


def _shown(body):
    match body:
        case dict():
            return {key: SECRETS.get(key) or _shown(each) for key, each in body.items()}
        case list():
            return [_shown(each) for each in body[:LONGEST_LIST]]
    return body


def _values(body):
    """Count what is not empty."""
    if isinstance(body, dict | list):
        return sum(map(_values, body.values() if isinstance(body, dict) else body))
    return int(body not in (None, ""))
