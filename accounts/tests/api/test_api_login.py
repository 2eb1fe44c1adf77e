"""Getting in and out, for browsers and for programs."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.models import ApiToken
from accounts.tokens.tokens import issue_token
from opportunities.access.roles import Role
from opportunities.api.throttles import CallThrottle
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LOGIN = {"username": "grace", "password": "correct horse"}
JSON = {"content_type": "application/json"}
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def grace(**details):
    user = UserFactory(username="grace", **details)
    user.set_password("correct horse")
    user.save()
    return user


def program(text):
    return APIClient(headers={"Authorization": f"Token {text}"})


# --- sessions ------------


def browser():
    return Client(enforce_csrf_checks=True)


def log_in(client, **login):
    token = client.get("/api/session").json()["csrf_token"]
    return client.post("/api/session", {**LOGIN, **login}, headers={"X-CSRFToken": token}, **JSON)


def test_a_browser_logs_in_reads_writes_and_logs_out():
    grace(roles=[Role.SA], first_name="Grace")
    client = browser()
    answer = log_in(client)
    assert (answer.status_code, answer.json()["me"]["name"]) == (200, "Grace")
    assert client.get("/api/me").json()["roles"] == ["SA"]
    assert client.delete("/api/session").status_code == 403
    csrf = {"X-CSRFToken": answer.json()["csrf_token"]}
    view = {"name": "Mine", "query": "assigned_sa=me"}
    assert client.post("/api/saved-views", view, headers=csrf, **JSON).status_code == 201
    assert client.delete("/api/session", headers=csrf).status_code == 204
    assert client.get("/api/me").status_code == 401


def test_logging_in_without_the_csrf_token_is_refused():
    grace()
    client = browser()
    assert refusal(client.post("/api/session", LOGIN, **JSON)) == (403, "no_cookies")
    client.get("/api/session")
    assert refusal(client.post("/api/session", LOGIN, **JSON)) == (403, "csrf_failed")


def refusal(answer):
    return answer.status_code, answer.json()["code"]


def test_a_page_of_somebody_else_reads_and_writes_nothing_in_this_session():
    user = grace(roles=[Role.SA])
    client = browser()
    csrf = {"X-CSRFToken": log_in(client).json()["csrf_token"]}
    view = {"name": "Mine", "query": "assigned_sa=me"}
    for other in ("0", "x", ""):
        page_of = {"X-Page-Of": other}
        assert refusal(client.get("/api/me", headers=page_of)) == (403, "another_person")
        answer = client.post("/api/saved-views", view, headers=csrf | page_of, **JSON)
        assert refusal(answer) == (403, "another_person")
    own = {"X-Page-Of": str(user.pk)}
    assert client.get("/api/me", headers=own).status_code == 200
    assert client.post("/api/saved-views", view, headers=csrf | own, **JSON).status_code == 201


def test_the_session_says_that_nobody_is_logged_in():
    answer = browser().get("/api/session")
    assert (answer.status_code, answer.json()["me"]) == (200, None)
    assert answer.json()["csrf_token"]


@pytest.mark.parametrize("wrong", [{"password": "x"}, {"username": "nobody"}])
def test_a_wrong_name_and_a_wrong_password_are_not_told_apart(wrong):
    grace()
    answer = log_in(browser(), **wrong)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["field"], error["code"]) == (
        400,
        "password",
        "wrong_credentials",
    )
    assert error["detail"] == "The user name or password is wrong."


# --- too many calls ------------


@pytest.fixture
def forty_calls_a_minute(monkeypatch):
    cache.clear()
    monkeypatch.setitem(CallThrottle.THROTTLE_RATES, "user", "40/min")
    with time_machine.travel(datetime(2026, 11, 24, 9, 30, 15, tzinfo=UTC), tick=False) as clock:
        yield clock
    cache.clear()


def calls(client, count):
    return [client.get("/api/session").status_code for _ in range(count)]


def test_calls_have_a_limit_for_each_user_until_the_minute_is_over(forty_calls_a_minute):
    client, other = client_of(UserFactory()), client_of(UserFactory())
    assert calls(client, 41) == [200] * 40 + [429]
    assert client.get("/api/session").headers["Retry-After"] == "45"
    assert calls(other, 1) == [200]
    forty_calls_a_minute.shift(45)
    assert calls(client, 1) == [200]


def test_calls_are_counted_by_all_server_processes_and_few_cost_no_query(
    forty_calls_a_minute,
):
    client = client_of(UserFactory())
    with CaptureQueriesContext(connection) as queries:
        calls(client, 1)
    assert not any("shared_counts" in query["sql"] for query in queries)
    calls(client, 29)
    # What only this process remembers is forgotten, as another process would not know it.
    cache.clear()
    assert calls(client, 11) == [200] * 10 + [429]


# --- tokens ------------


def test_a_token_is_shown_once_and_kept_as_a_digest():
    client = client_of(UserFactory())
    made = client.post("/api/tokens", {"name": "Report"})
    assert made.status_code == 201
    text = made.json()["token"]
    assert program(text).get("/api/me").status_code == 200
    (listed,) = client.get("/api/tokens").json()["results"]
    assert "token" not in listed
    stored = ApiToken.objects.get()
    assert text not in str(vars(stored))
    assert text.startswith(stored.beginning)


def test_a_token_knows_when_it_was_used_last_without_a_write_for_each_call():
    _, text = issue_token(UserFactory(), "Report")
    with time_machine.travel(NOW, tick=False) as clock:
        for seconds, used in ((0, 0), (30, 0), (40, 70)):
            clock.shift(timedelta(seconds=seconds))
            program(text).get("/api/me")
            assert ApiToken.objects.get().last_used_at == NOW + timedelta(seconds=used)


def test_a_revoked_an_expired_and_a_leavers_token_are_no_longer_good():
    user = UserFactory()
    client = client_of(user)
    revoked = client.post("/api/tokens", {"name": "One"}).json()
    assert client.delete(f"/api/tokens/{revoked['id']}").status_code == 204
    assert program(revoked["token"]).get("/api/me").status_code == 401
    _, expired = issue_token(user, "Two", expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert program(expired).get("/api/me").status_code == 401
    _, left = issue_token(UserFactory(is_active=False), "Three")
    answer = program(left).get("/api/me")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Token")


def test_the_tokens_of_others_are_not_found():
    token, _ = issue_token(UserFactory(), "Theirs")
    client = client_of(UserFactory(is_superuser=True))
    assert client.get("/api/tokens").json()["count"] == 0
    assert client.delete(f"/api/tokens/{token.pk}").status_code == 404


def test_a_token_makes_no_further_tokens():
    _, text = issue_token(UserFactory(), "Leaked")
    assert program(text).post("/api/tokens", {"name": "More"}).status_code == 403


def test_a_token_that_would_be_over_already_is_refused():
    order = {"name": "Late", "expires_at": "2020-01-01T00:00:00Z"}
    answer = client_of(UserFactory()).post("/api/tokens", order)
    assert [each["field"] for each in answer.json()["errors"]] == ["expires_at"]


def test_logging_out_with_a_token_leaves_the_others_good():
    user = UserFactory()
    (_, one), (_, two) = issue_token(user, "One"), issue_token(user, "Two")
    assert program(one).delete("/api/token").status_code == 204
    assert program(one).get("/api/me").status_code == 401
    assert program(two).get("/api/me").status_code == 200


def test_an_answer_to_a_page_that_asks_on_takes_no_newer_sign_in_away():
    browser = Client()
    browser.force_login(UserFactory())
    before = browser.cookies["sessionid"].value
    browser.get("/api/me")
    browser.logout()
    browser.cookies["sessionid"] = before
    answer = browser.get("/api/pulse")
    assert (answer.status_code, "sessionid" in answer.cookies) == (401, False)
