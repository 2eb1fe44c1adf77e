import io
import re
from contextlib import closing

import pytest
from django.core.management import call_command
from django.test import Client

from opportunities.tests.api_clients import somebody

pytestmark = pytest.mark.django_db
ERRORS = {
    "/api/opportunities": {"400", "401"},
    "/api/opportunities/{id}": {"401", "404"},
    "/api/oracle-opportunity/{key}": {"400", "401", "404", "502", "503"},
    "/api/sync-database": {"400", "401", "403", "409", "503"},
    "/api/sync-status": {"401"},
    "/api/sync-history": {"400", "401"},
    "/api/sync-history/{id}": {"401", "404"},
}


def schema():
    return somebody().get("/api/schema", headers={"Accept": "application/json"}).json()


def test_the_schema_is_made_without_a_warning_and_is_valid_openapi():
    out = io.StringIO()
    call_command("spectacular", "--fail-on-warn", "--validate", stdout=out, stderr=out)
    assert "/api/opportunities" in out.getvalue()


def test_every_operation_describes_its_errors_as_problems():
    for path, errors in ERRORS.items():
        (operation,) = schema()["paths"][path].values()
        described = {code: each for code, each in operation["responses"].items() if code >= "400"}
        assert described.keys() == errors, path
        for response in described.values():
            (content,) = response["content"].values()
            assert content["schema"] == {"$ref": "#/components/schemas/Problem"}


def test_the_main_operations_have_examples():
    for path in ERRORS.keys() - {"/api/sync-history/{id}"}:
        (operation,) = schema()["paths"][path].values()
        good = operation["responses"].get("200") or operation["responses"]["202"]
        assert good["content"]["application/json"]["examples"], path


def test_an_answer_has_exactly_the_fields_its_schema_promises():
    status = somebody().get("/api/sync-status").json()
    assert status.keys() == schema()["components"]["schemas"]["SyncStatus"]["properties"].keys()


def test_logging_in_is_the_only_operation_without_a_login():
    operations = {
        (method, path): operation["security"]
        for path, methods in schema()["paths"].items()
        for method, operation in methods.items()
    }
    assert [key for key, security in operations.items() if {} in security] == [
        ("post", "/api/token")
    ]


def test_the_docs_page_loads_nothing_from_outside():
    page = somebody().get("/api/docs", headers={"Accept": "text/html"}).content.decode()
    loaded = re.findall(r"""(?:src|href)=["']([^"']+)""", page)
    assert len(loaded) >= 4
    assert all(address.startswith("/static/") for address in loaded)
    # Swagger UI would send the schema's address to this service to draw a badge.
    assert '"validatorUrl": null' in page
    assert not re.findall(r"https?://", page)


def test_what_the_docs_page_loads_is_there():
    page = somebody().get("/api/docs", headers={"Accept": "text/html"}).content.decode()
    for address in re.findall(r"""(?:src|href)=["']([^"']+)""", page):
        with closing(Client().get(address)) as answer:
            assert answer.status_code == 200


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_browser_that_is_not_logged_in_is_sent_to_the_login_and_back(slash):
    address = f"/api/docs{slash}"
    answer = Client().get(address, headers={"Accept": "text/html,*/*"})
    assert (answer.status_code, answer.url) == (302, f"/admin/login/?next={address}")


def test_a_program_that_is_not_logged_in_gets_the_usual_problem():
    answer = Client().get("/api/docs")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
