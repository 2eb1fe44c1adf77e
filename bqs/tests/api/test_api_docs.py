import re
from contextlib import closing

import pytest
from django.test import Client

from bqs.tests.described_answers import description
from opportunities.tests.api_clients import any_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ALWAYS = {"401", "403", "406", "411", "413", "429", "503"}
WRITE = {"409", "422"}
WITH_BODY = {*WRITE, "400", "415"}
ERRORS = {
    ("get", "/api/opportunities"): {"400", "404"},
    ("get", "/api/opportunities/tabs"): {"400"},
    ("get", "/api/opportunities/{id}"): {"404"},
    ("patch", "/api/opportunities/{id}"): {*WITH_BODY, "404"},
    ("post", "/api/opportunities/{id}/actions/hold"): {*WITH_BODY, "404"},
    ("post", "/api/opportunities/bulk/assign"): WITH_BODY,
    ("post", "/api/opportunities/{id}/seen"): {*WRITE, "400", "404"},
    ("get", "/api/opportunities/export.csv"): {"400", "422"},
    ("get", "/api/oracle-opportunity/{key}"): {"404"},
    ("post", "/api/oracle-opportunity/{key}"): {*WRITE, "400", "404", "502"},
    ("post", "/api/sync-database"): WITH_BODY,
    ("get", "/api/sync-status"): set(),
    ("get", "/api/sync-history"): {"400", "404"},
    ("get", "/api/sync-history/{id}"): {"404"},
}


def test_what_is_served_is_the_file():
    headers = {"Accept": "application/json"}
    assert any_user().get("/api/schema", headers=headers).json() == description()


def test_every_operation_describes_its_errors_as_problems():
    told = description()
    for (method, path), errors in ERRORS.items():
        responses = told["paths"][path][method]["responses"]
        described = {code: each for code, each in responses.items() if code >= "400"}
        assert described.keys() == {*errors, *ALWAYS}, path
        for response in described.values():
            name = response.get("$ref", "").rpartition("/")[2]
            content = told["components"]["responses"].get(name, response)["content"]
            problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
            assert content == {"application/problem+json": problem}


def test_every_operation_that_answers_with_something_has_an_example():
    for path, operations in description()["paths"].items():
        for method, operation in operations.items():
            for code, response in operation["responses"].items():
                for content in response.get("content", {}).values() if code < "400" else ():
                    if content["schema"].get("type") != "string":
                        assert content.get("examples") or path == "/api/schema", (method, path)


def test_an_answer_has_exactly_the_fields_its_schema_promises():
    status = any_user().get("/api/sync-status").json()
    assert (
        status.keys() == description()["components"]["schemas"]["SyncStatus"]["properties"].keys()
    )


def test_logging_in_is_the_only_operation_without_a_login():
    operations = {
        (method, path): operation["security"]
        for path, methods in description()["paths"].items()
        for method, operation in methods.items()
    }
    assert {key for key, security in operations.items() if {} in security} == {
        ("post", "/api/token"),
        ("get", "/api/session"),
        ("post", "/api/session"),
    }


def test_the_docs_page_loads_nothing_from_outside():
    page = any_user().get("/api/docs", headers={"Accept": "text/html"}).content.decode()
    loaded = re.findall(r"""(?:src|href)=["']([^"']+)""", page)
    assert len(loaded) >= 4
    assert all(address.startswith("/static/") for address in loaded)
    # Swagger UI would send the schema's address to this service to draw a badge.
    assert '"validatorUrl": null' in page
    assert not re.findall(r"https?://", page)


def test_what_the_docs_page_loads_is_there():
    page = any_user().get("/api/docs", headers={"Accept": "text/html"}).content.decode()
    for address in re.findall(r"""(?:src|href)=["']([^"']+)""", page):
        with closing(Client().get(address)) as answer:
            assert answer.status_code == 200


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_browser_that_is_not_logged_in_is_sent_to_the_login_and_back(slash):
    address = f"/api/docs{slash}"
    answer = Client().get(address, headers={"Accept": "text/html,*/*"})
    assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={address}")


def test_a_program_that_is_not_logged_in_gets_the_usual_problem():
    answer = Client().get("/api/docs")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
