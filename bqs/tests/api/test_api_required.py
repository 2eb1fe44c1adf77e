"""What the schema says has to be sent is what the server wants, at every address that writes."""

import pytest

from accounts.models import SavedView
from assessments.tests.factories import in_review
from bqs.tests.described_answers import description
from opportunities.access.roles import Role
from opportunities.models import Opportunity
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
# Looks for the condition first, and wants only a word.
LEFT_OUT = "/api/opportunities/{id}/conditions/{condition_id}/settle"


def bodies(told):
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            sent = operation.get("requestBody", {}).get("content", {})
            # A file comes as a form.
            if "application/json" in sent and path != LEFT_OUT:
                name = sent["application/json"]["schema"]["$ref"]
                yield method, path, told["components"]["schemas"][name.rpartition("/")[2]]


def test_what_is_required_is_what_an_empty_body_lacks():
    everybody = UserFactory(roles=[*Role], is_superuser=True)
    client, deal = client_of(everybody), in_review()
    view = SavedView.objects.create(owner=everybody, name="Mine")
    tried = 0
    for method, path, schema in bodies(description()):
        url = path.replace("{id}", str(view.pk if "saved-views" in path else deal.pk))
        if path == "/api/sync-database":
            # An empty order starts a sync, as it says.
            assert "required" not in schema
            continue
        answer = client.generic(method, url, "{}", content_type="application/json")
        errors = answer.json().get("errors", []) if answer.status_code == 400 else []
        lacking = {each["field"] for each in errors if each["code"] == "required"}
        assert lacking == {*schema.get("required", [])}, (method, path, answer.content)
        tried += 1
    assert tried > 30
    assert Opportunity.objects.get(pk=deal.pk).lock_version == deal.lock_version


def test_a_version_is_asked_for_wherever_somebody_else_may_have_written():
    wants = {
        path for _, path, schema in bodies(description()) if "lock_version" in schema["properties"]
    }
    assert {each for each in wants if "/actions/" not in each} == {
        "/api/opportunities/{id}",
        "/api/opportunities/{id}/assessment-draft",
        "/api/opportunities/{id}/undo",
        "/api/saved-views/{id}",
    }
