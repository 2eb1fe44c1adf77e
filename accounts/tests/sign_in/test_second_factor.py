"""A code of an app, asked for after the password, and by SECOND_FACTOR_ROLES of some roles."""

import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.tests.doors import DOORS, PASSWORD, browser, by_api, by_page, by_token, person
from accounts.tokens.tokens import issue_token
from opportunities.access.roles import Role

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
CODE_PAGE = "/accounts/2fa/authenticate/"


@pytest.fixture(autouse=True)
def clock():
    # Of used codes, by the ids that the next test gives again.
    cache.clear()
    with time_machine.travel(time.time(), tick=False) as found:
        yield found


def code_now(secret=SECRET):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def person_with_app(**details):
    user = person(**details)
    TOTP.activate(user, SECRET)
    return user


def is_in(client):
    return client.get("/api/me").status_code == 200


def test_a_password_alone_opens_no_door_where_a_second_factor_is_set_up():
    user = person_with_app(is_staff=True)
    for door in DOORS:
        client = browser()
        answer = door(client, user.username)
        assert not is_in(client)
        assert client.get("/admin/").status_code == 302
        if door is not by_page:
            problem = answer.status_code, answer.json()["code"]
            assert problem == (403, "second_factor_required")
    assert not user.api_tokens.exists()


@pytest.mark.parametrize("door", [by_page, by_api])
def test_the_code_of_the_app_finishes_a_sign_in_and_leads_on(door):
    user, client = person_with_app(is_staff=True), browser()
    door(client, user.username)
    answer = client.post(f"{CODE_PAGE}?next=/inbox", {"code": code_now()})
    assert (answer.status_code, answer.url) == (302, "/admin/" if door is by_page else "/inbox")
    assert is_in(client)


def test_a_code_is_good_once(clock):
    user = person_with_app()
    code = code_now()
    for expected in (True, False):
        client = browser()
        by_page(client, user.username)
        client.post(CODE_PAGE, {"code": code})
        assert is_in(client) == expected
        # What only this process remembers is forgotten, as another process would not know it.
        cache.clear()


def test_codes_are_guessed_as_slowly_as_passwords():
    user, client = person_with_app(), browser()
    by_page(client, user.username)
    for _ in range(4):
        client.post(CODE_PAGE, {"code": "000000"})
    answer = client.post(CODE_PAGE, {"code": code_now()})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
    assert not is_in(client)


def test_a_recovery_code_lets_in_once():
    user = person_with_app()
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    for expected in (True, False):
        client = browser()
        by_page(client, user.username)
        client.post(CODE_PAGE, {"code": code})
        assert is_in(client) == expected


def test_somebody_sets_an_app_up_after_giving_the_password_again():
    user, client = person(), browser()
    by_page(client, user.username)
    address = "/accounts/2fa/totp/activate/"
    asked = client.get(address)
    assert asked.url.startswith("/accounts/reauthenticate/")
    client.post(asked.url, {"password": PASSWORD})
    page = client.get(address).content.decode()
    secret = re.search("<code>(.+?)</code>", page)[1]
    client.post(address, {"code": code_now(secret)})
    types = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    assert types == {"totp", "recovery_codes"}


# --- asked for by role ------------


@pytest.fixture(params=["superuser", Role.BID_MANAGER.value])
def lacking(request, settings):
    """Somebody whose role asks for a second factor, signed in without one."""
    settings.SECOND_FACTOR_ROLES = [request.param]
    roles = [] if request.param == "superuser" else [request.param]
    return person(is_staff=True, is_superuser=not roles, roles=roles)


def test_who_must_have_a_second_factor_gets_nothing_before_it_is_set_up(lacking):
    client = browser()
    assert by_page(client, lacking.username).status_code == 302
    for page in ("/admin/", "/admin/auth/user/", "/inbox", "/api/docs", "/api/docs/", "/nowhere"):
        answer = client.get(page)
        assert (answer.status_code, answer.url) == (302, "/accounts/2fa/?required=yes")
    assert "Your role asks for a second factor." in client.get(answer.url).content.decode()
    for address in ("/api/me", "/api/opportunities", "/api/dashboard", "/api/schema"):
        assert client.get(address).status_code == 401
    assert client.post("/api/tokens", {"name": "x"}, "application/json").status_code == 401
    assert client.get("/api/session").json()["me"] is None
    assert client.get("/accounts/2fa/").status_code == 200
    for door in (by_api, by_token):
        assert door(browser(), lacking.username).json()["code"] == "second_factor_required"
    TOTP.activate(lacking, SECRET)
    assert client.get("/admin/").status_code == 200
    assert is_in(client)


def test_recovery_codes_alone_are_no_second_factor(lacking):
    RecoveryCodes.activate(lacking)
    client = browser()
    client.force_login(lacking)
    assert not is_in(client)


def test_programs_with_a_token_are_not_asked(lacking):
    _, text = issue_token(lacking, "Report")
    assert Client(headers={"Authorization": f"Token {text}"}).get("/api/me").status_code == 200


def test_other_roles_are_not_asked(settings):
    settings.SECOND_FACTOR_ROLES = ["superuser", "Bid manager"]
    client = browser()
    by_page(client, person(roles=[Role.SA]).username)
    assert is_in(client)


def test_a_copy_of_the_database_makes_no_codes(settings):
    user = person_with_app()
    assert SECRET not in str(Authenticator.objects.get().data)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "x" * 50
    client = browser()
    by_page(client, user.username)
    client.post(CODE_PAGE, {"code": code_now()})
    assert is_in(client)


def test_who_lost_the_phone_is_let_in_again_by_who_runs_the_site():
    user = person_with_app()
    call_command("remove_second_factor", user.username)
    client = browser()
    by_page(client, user.username)
    assert is_in(client)
    with pytest.raises(CommandError, match="There is no account"):
        call_command("remove_second_factor", "nobody")
