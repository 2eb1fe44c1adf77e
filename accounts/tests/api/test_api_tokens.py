"""Tokens of programs: what they may do, how long, and what ends them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from accounts.models import ApiToken
from accounts.sign_in.ending import end_tokens
from accounts.tokens.tokens import MOST_TOKENS, Scope, issue_token
from audit.models import AuditEvent
from bqs.tests.api_walk import endpoints
from bqs.tests.old_migrations import migrate_to, old_executor
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse"
OF_SYNC = {"/api/sync-status", "/api/sync-history", "/api/sync-history/1", "/api/sync-progress"}


def person(**details):
    user = UserFactory(**details)
    user.set_password(PASSWORD)
    user.save()
    return user


def program(text):
    return APIClient(headers={"Authorization": f"Token {text}"}, raise_request_exception=False)


def program_of(user, *scopes):
    return program(issue_token(user, "Test", scopes)[1])


def is_refused(answer):
    # A file that is not read to its end keeps its slot; closing the answer would end the
    # connection in which the test's rows stand.
    for close in answer._resource_closers:
        close()
    return answer.status_code == 403 and answer.json()["code"] == "scope_missing"


# --- scopes ------------


def calls():
    """Each method of each address, but those that log in."""
    for each in endpoints():
        for method in each.methods:
            if (method, each.address) not in {("post", "/api/token"), ("post", "/api/session")}:
                yield method, each.address


@pytest.mark.parametrize(
    ("scope", "opens"),
    [
        (Scope.READ, lambda method, address: method == "get"),
        (Scope.WRITE, lambda method, address: address != "/api/sync-database"),
        (
            Scope.SYNC,
            lambda method, address: address == "/api/sync-database" or address in OF_SYNC,
        ),
    ],
)
def test_a_token_does_nothing_beyond_its_scope_at_any_address(scope, opens):
    client, ends_itself = program_of(UserFactory(), scope), ("delete", "/api/token")
    asked = {call for call in calls() if call != ends_itself}
    refused = {call for call in asked if is_refused(getattr(client, call[0])(call[1]))}
    assert refused == {call for call in asked if not opens(*call)}
    assert client.delete("/api/token").status_code == 204


@pytest.mark.parametrize("door", ["/api/token", "/api/tokens"])
def test_a_token_reads_where_nothing_is_said(door):
    user = person(username="ada")
    login = {"username": "ada", "password": PASSWORD}
    made = client_of(user).post(door, login if door == "/api/token" else {"name": "Report"})
    assert made.json()["scopes"] == ["read"]
    assert is_refused(program(made.json()["token"]).post("/api/saved-views", {}))


@pytest.mark.parametrize("scopes", [[], ["admin"], "read"])
def test_scopes_that_there_are_not_are_refused(scopes):
    answer = client_of(UserFactory()).post("/api/tokens", {"name": "x", "scopes": scopes})
    assert [each["field"].split(".")[0] for each in answer.json()["errors"]] == ["scopes"]


def test_a_token_revokes_others_with_write_only_and_itself_always():
    user = UserFactory()
    other, _ = issue_token(user, "Other")
    for scope in (Scope.READ, Scope.SYNC):
        client = program_of(user, scope)
        assert is_refused(client.delete(f"/api/tokens/{other.pk}"))
        assert client.delete("/api/token").status_code == 204
    assert ApiToken.objects.get() == other
    assert program_of(user, "write").delete(f"/api/tokens/{other.pk}").status_code == 204


# --- how long, how many, who used it ------------


def test_a_token_ends_after_the_days_of_the_setting_and_never_later(settings):
    settings.API_TOKEN_DAYS = 30
    client, now = client_of(UserFactory()), datetime.now(UTC)
    ends = datetime.fromisoformat(client.post("/api/tokens", {"name": "x"}).json()["expires_at"])
    assert timedelta(days=29, hours=23) < ends - now < timedelta(days=30, hours=1)
    for late in ((now + timedelta(days=31)).isoformat(), None):
        answer = client.post("/api/tokens", {"name": "x", "expires_at": late})
        assert [each["field"] for each in answer.json()["errors"]] == ["expires_at"]
    sooner = (now + timedelta(days=2)).isoformat()
    assert client.post("/api/tokens", {"name": "x", "expires_at": sooner}).status_code == 201


@pytest.mark.parametrize("door", ["/api/token", "/api/tokens"])
def test_a_person_has_so_many_tokens_at_most_by_each_door(door):
    user = person(username="ada")
    ApiToken.objects.bulk_create(
        ApiToken(user=user, digest=number, expires_at=datetime(2099, 1, 1, tzinfo=UTC))
        for number in range(MOST_TOKENS)
    )
    login = {"username": "ada", "password": PASSWORD}
    order = login if door == "/api/token" else {"name": "One more"}
    answer = client_of(user).post(door, order)
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_tokens")
    ApiToken.objects.filter(digest="0").update(expires_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert client_of(user).post(door, order).status_code in (200, 201)
    assert ApiToken.objects.count() == MOST_TOKENS


def test_people_see_from_where_a_token_was_used_last():
    user = UserFactory()
    program_of(user, "read").get("/api/me", REMOTE_ADDR="10.20.30.40")
    (told,) = client_of(user).get("/api/tokens").json()["results"]
    assert told["last_used_from"] == "10.20.30.40"
    assert told["last_used_at"]


# --- what ends them ------------


def test_tokens_are_on_record_from_the_first_day_to_the_last():
    user = UserFactory()
    text = client_of(user).post("/api/tokens", {"name": "Report"}).json()["token"]
    for _ in range(2):
        program(text).get("/api/me")
    program(text).delete("/api/token")
    told = AuditEvent.objects.filter(kind__startswith="token").order_by("id")
    assert [each.kind for each in told] == ["token.made", "token.used_first", "token.revoked"]
    assert {each.details["owner"] for each in told} == {user.pk}
    assert text not in str([vars(each) for each in told])


def takes_another_password(user):
    user.set_password("another horse")
    user.save()


def may_log_in_no_longer_by_password(user):
    user.set_unusable_password()
    user.save(update_fields=["password"])


def leaves(user):
    user.is_active = False
    user.save()


@pytest.mark.parametrize(
    "what", [takes_another_password, may_log_in_no_longer_by_password, leaves, end_tokens]
)
def test_all_tokens_of_a_person_end_when_the_person(what):
    user, other = person(), UserFactory()
    client = program_of(user, "read")
    issue_token(other, "Test")
    what(user)
    user.is_active = True
    user.save()
    assert client.get("/api/me").status_code == 401
    assert ApiToken.objects.get().user == other


def test_tokens_outlive_a_log_in_that_renews_the_hash_and_other_changes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    user = person()
    client, before = program_of(user, "read"), user.password
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    assert user.check_password(PASSWORD)
    assert user.password != before
    user.last_name = "Lovelace"
    user.save()
    assert client.get("/api/me").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_tokens_from_before_there_were_ends_go_on_for_a_while():
    before = ("accounts", "0004_idempotency_keys")
    migrate_to(before)
    state = old_executor().loader.project_state(before)
    old = state.apps.get_model("accounts", "ApiToken").objects
    user = UserFactory()
    for digest, end in (("1", None), ("2", datetime(2020, 1, 1, tzinfo=UTC))):
        old.create(user_id=user.pk, name="Old", digest=digest, beginning="", expires_at=end)
    call_command("migrate", "accounts", verbosity=0)
    lasting, over = ApiToken.objects.order_by("digest")
    assert lasting.scopes == ["read", "sync", "write"]
    assert timedelta(days=89) < lasting.expires_at - datetime.now(UTC) < timedelta(days=91)
    assert over.expires_at.year == 2020
