"""Sessions end by the signed word of the provider alone, and lead there when they end here."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.db.models.signals import post_delete
from django.test import Client

from accounts.sign_in.openid.ending import LOGOUT
from accounts.tests.doors import browser, by_page, person
from accounts.tests.sign_in.openid_provider import sign_in
from accounts.tests.sign_in.test_openid import SALLY, is_in, provider, provider_process  # noqa: F401
from audit.models import AuditEvent

pytestmark = pytest.mark.django_db
DOOR = "/accounts/oidc/backchannel-logout"


@pytest.fixture
def told(provider):  # noqa: F811
    """Send a token that the provider signed; its claims are those of a sound one and these."""

    def send(client_id="bqs", issuer=None, **claims):
        sound = {"events": {LOGOUT: {}}, "jti": f"{time.monotonic_ns()}"}
        told = {key: value for key, value in (sound | claims).items() if value is not None}
        token = provider.signs("s1", client_id, **told)
        provider.knows("s1", **SALLY)
        return Client().post(DOOR, {"logout_token": token}), token

    return send


@pytest.fixture
def sally(provider):  # noqa: F811
    client = browser()
    sign_in(client, provider, "s1")
    assert is_in(client)
    return client


def test_a_logout_at_the_provider_ends_all_sessions_here(provider, sally, told):  # noqa: F811
    other = browser()
    sign_in(other, provider, "s1")
    answer, _ = told()
    assert (answer.status_code, answer["Cache-Control"].split(",")[0]) == (200, "max-age=0")
    assert not is_in(sally)
    assert not is_in(other)
    assert AuditEvent.objects.filter(kind="sessions.ended").count() == 1


def test_a_logout_counts_once(provider, told):  # noqa: F811
    _, token = told()
    again = browser()
    sign_in(again, provider, "s1")
    assert Client().post(DOOR, {"logout_token": token}).status_code == 400
    assert is_in(again)


def test_a_logout_that_fails_can_be_sent_again(provider, sally):  # noqa: F811
    token = provider.signs("s1", "bqs", events={LOGOUT: {}}, jti="twice")
    program = Client(raise_request_exception=False)

    def fails(**signal):
        raise OSError("The disk is full.")

    post_delete.connect(fails, UserSession)
    try:
        assert program.post(DOOR, {"logout_token": token}).status_code == 500
    finally:
        post_delete.disconnect(fails, UserSession)
    assert program.post(DOOR, {"logout_token": token}).status_code == 200
    assert not is_in(sally)


@pytest.mark.parametrize(
    "wrong",
    [
        {"events": None},
        {"events": {"another": {}}},
        {"events": LOGOUT},
        {"jti": None},
        {"client_id": "another"},
        {"nonce": "of a sign-in"},
    ],
)
def test_a_token_about_anything_else_ends_nothing(sally, told, wrong, caplog):
    answer, token = told(**wrong)
    assert answer.status_code == 400
    assert is_in(sally)
    assert "A back-channel logout was refused" in caplog.text
    assert token not in caplog.text


def test_an_old_token_ends_nothing(sally, provider, caplog):  # noqa: F811
    token = provider.signs("s1", "bqs", events={LOGOUT: {}}, jti="old")
    with time_machine.travel(time.time() + 400):
        assert Client().post(DOOR, {"logout_token": token}).status_code == 400
    assert "too old" in caplog.text
    assert is_in(sally)


@pytest.mark.parametrize("forge", [lambda text: text[:-6] + "AAAAAA", lambda text: "", str.upper])
def test_a_forged_token_ends_nothing(sally, provider, forge):  # noqa: F811
    claims = {"events": {LOGOUT: {}}, "jti": "forged"}
    token = provider.signs("s1", "bqs", **claims)
    assert Client().post(DOOR, {"logout_token": forge(token)}).status_code == 400
    assert is_in(sally)


def test_a_token_of_another_provider_ends_nothing(sally, provider, settings):  # noqa: F811
    token = provider.signs("s1", "bqs", events={LOGOUT: {}}, jti="elsewhere")
    settings.OIDC_ISSUER = settings.OIDC_ISSUER.replace("127.0.0.1", "localhost")
    assert Client().post(DOOR, {"logout_token": token}).status_code == 400
    assert is_in(sally)


@pytest.mark.parametrize("door", ["/accounts/logout/", "/admin/logout/", "/accounts/sessions/"])
def test_who_signs_out_here_is_led_to_sign_out_there(sally, provider, door):  # noqa: F811
    User.objects.update(is_staff=True)
    page = sally.post(door).content.decode()
    where = page.split("url=")[1].split('"')[0].replace("&amp;", "&")
    assert where.startswith(f"{provider.url}/oauth2/end_session?id_token_hint=ey")
    query = parse_qs(urlsplit(where).query)
    assert query["post_logout_redirect_uri"] == ["http://testserver/accounts/login/"]
    assert not is_in(sally)


def test_the_app_is_told_where_to_sign_out_too(sally, provider):  # noqa: F811
    answer = sally.delete("/api/session")
    assert answer.json()["continue_at"].startswith(f"{provider.url}/oauth2/end_session?")
    assert not is_in(sally)


def test_who_came_by_password_and_whose_session_is_too_old_stay_here(
    sally,
    provider,  # noqa: F811
    settings,
):
    client = browser()
    by_page(client, person().username)
    assert client.post("/accounts/logout/").status_code == 302
    settings.SESSION_MAX_HOURS = 0
    assert sally.get("/accounts/sessions/").url.startswith("/accounts/login/")


def test_a_sign_out_here_goes_on_without_the_provider(sally, settings):
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    assert sally.post("/accounts/logout/").status_code == 302
    assert not is_in(sally)
