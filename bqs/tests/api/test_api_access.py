"""Who gets in, for every address of the API that there is or will be."""

import json

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import ApiToken
from bqs.api.problems import NoSuchEndpoint
from bqs.tests.api_walk import METHODS, endpoints
from opportunities.tests.api_clients import any_user
from opportunities.tests.factories import OpportunityFactory, UserFactory

pytestmark = pytest.mark.django_db
PUBLIC = {("post", "/api/token"), ("get", "/api/session"), ("post", "/api/session")}
ORIGIN = "http://localhost:5173"


def api_addresses():
    return [each.address for each in endpoints() if each.view is not NoSuchEndpoint]


def test_the_walk_finds_the_addresses_of_every_app():
    assert {
        "/api/opportunities",
        "/api/opportunities/1",
        "/api/oracle-opportunity/some-key",
        "/api/sync-database",
        "/api/token",
        "/api/docs",
    } <= {*api_addresses()}


@pytest.mark.parametrize("method", METHODS)
def test_an_anonymous_caller_is_asked_to_log_in_everywhere(method):
    for address in api_addresses():
        if (method, address) in PUBLIC:
            continue
        for spelling in (address, f"{address}/"):
            answer = getattr(Client(), method)(spelling)
            assert answer.status_code == 401, (method, spelling)
            assert answer.headers["WWW-Authenticate"] == "Token"
            assert answer.json()["code"] == "not_authenticated"


@pytest.mark.parametrize(
    "address", ["/api", "/api/", "/api/nothing", "/api/sync-status/1/2", "/api/a%0Ab"]
)
def test_an_address_that_is_not_there_is_not_found_in_the_same_shape(address):
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "The API has no such address; /api/docs lists them all.",
        "code": "not_found",
    }


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_token_for_a_user_name_and_password_opens_the_api_until_it_is_revoked(slash):
    UserFactory(username="ada").set_password("x")
    user = UserFactory(username="grace")
    user.set_password("correct horse")
    user.save()
    login = {"username": "grace", "password": "correct horse"}
    answer = APIClient().post(f"/api/token{slash}", login, format="json")
    program = APIClient(headers={"Authorization": f"Token {answer.json()['token']}"})
    assert program.get("/api/sync-status").status_code == 200
    assert program.delete(f"/api/token{slash}").status_code == 204
    assert program.get("/api/sync-status").status_code == 401


def test_an_outdated_token_does_not_keep_its_owner_from_getting_a_new_one():
    user = UserFactory(username="grace")
    user.set_password("correct horse")
    user.save()
    client = APIClient(headers={"Authorization": "Token outdated"})
    login = {"username": "grace", "password": "correct horse"}
    assert client.post("/api/token", login).status_code == 200


@pytest.mark.parametrize(
    "login", [{"username": "grace", "password": "guessed"}, {"username": "grace"}, {}, []]
)
def test_a_wrong_login_gets_no_token_and_is_not_repeated_back(login):
    UserFactory(username="grace")
    answer = APIClient().post("/api/token", login, format="json")
    assert answer.status_code == 400
    assert "guessed" not in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_someone_who_left_gets_no_token():
    user = UserFactory(username="grace", is_active=False)
    user.set_password("correct horse")
    user.save()
    login = {"username": "grace", "password": "correct horse"}
    assert APIClient().post("/api/token", login).status_code == 400


def logged_in_browser():
    user = UserFactory(username="ada", is_staff=True)
    user.set_password("correct horse")
    user.save()
    browser = Client(enforce_csrf_checks=True)
    browser.get("/accounts/login/")
    form = {"login": "ada", "password": "correct horse", "next": "/api/docs"}
    csrf = {"X-CSRFToken": browser.cookies["csrftoken"].value}
    answer = browser.post("/accounts/login/", form, headers=csrf)
    assert answer.status_code == 302, answer.content
    return browser


def test_a_browser_logs_in_at_the_admin_and_reads():
    OpportunityFactory()
    assert logged_in_browser().get("/api/opportunities").json()["count"] == 1


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_browser_writes_only_with_its_csrf_token(slash):
    browser = logged_in_browser()
    address = f"/api/sync-database{slash}"
    refused = browser.post(address, "{}", content_type="application/json")
    assert (refused.status_code, "CSRF" in refused.json()["detail"]) == (403, True)
    csrf = {"X-CSRFToken": browser.cookies["csrftoken"].value}
    answer = browser.post(address, "{}", content_type="application/json", headers=csrf)
    # Past the CSRF check: what is lacking now is the permission to start a sync.
    assert (answer.status_code, answer.json()["code"]) == (403, "no_right")


@pytest.mark.parametrize("address", ["/api/opportunities", "/api/opportunities/"])
def test_the_frontend_of_another_origin_may_call_with_its_session(address):
    asked = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "x-csrftoken,content-type",
    }
    preflight = Client().options(address, headers=asked)
    answer = any_user().get(address, headers={"Origin": ORIGIN})
    for allowed in (preflight, answer):
        assert allowed.status_code == 200
        assert allowed.headers["Access-Control-Allow-Origin"] == ORIGIN
        assert allowed.headers["Access-Control-Allow-Credentials"] == "true"
    assert "x-csrftoken" in preflight.headers["Access-Control-Allow-Headers"]
    assert "Location" in answer.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize(
    ("status", "address", "headers"),
    [
        (304, "/api/opportunities", {"If-None-Match": "*"}),
        (304, "/api/sync-progress", {"If-None-Match": "*"}),
        (400, "/api/opportunities?colour=red", {}),
        (404, "/api/nothing", {}),
        (406, "/api/opportunities", {"Accept": "image/png"}),
        (413, "/api/opportunities", {"Content-Length": "1000001"}),
        (500, "/api/sync-status", {}),
    ],
)
def test_the_frontend_of_another_origin_may_read_every_answer(settings, status, address, headers):
    settings.CRONTAB_EXECUTABLE = 7  # Nothing that a path can be made of: a bug.
    client = any_user()
    client.raise_request_exception = False
    answer = client.get(address, headers={"Origin": ORIGIN, **headers})
    assert answer.status_code == status
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    assert "origin" in answer.headers["Vary"].lower()


@pytest.mark.parametrize("origin", ["http://localhost:5174", "https://evil.example", "null"])
def test_any_other_origin_may_not(origin):
    asked = {"Origin": origin, "Access-Control-Request-Method": "GET"}
    answers = [
        Client().options("/api/opportunities", headers=asked),
        any_user().get("/api/opportunities", headers=asked),
    ]
    for answer in answers:
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def test_json_that_is_none_is_refused_in_the_same_shape():
    answer = Client().post("/api/token", "{", content_type="application/json")
    assert answer.status_code == 400
    assert json.loads(answer.content)["code"] == "parse_error"


def test_a_bug_answers_in_the_same_shape_and_keeps_its_cause_to_the_log(settings):
    settings.CRONTAB_EXECUTABLE = 7  # Nothing that a path can be made of.
    client = any_user()
    client.raise_request_exception = False
    answer = client.get("/api/sync-status")
    assert (answer.status_code, answer.json()["code"]) == (500, "error")
    assert answer.headers["Content-Type"] == "application/problem+json"
