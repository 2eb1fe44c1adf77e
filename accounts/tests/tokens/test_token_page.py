"""The page on which people keep the tokens of their programs."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import ApiToken
from accounts.tests.doors import PASSWORD, browser, by_page, person
from accounts.tokens.tokens import MOST_TOKENS, issue_token
from opportunities.access.roles import Role

pytestmark = pytest.mark.django_db
PAGE = "/accounts/tokens/"
ORDER = {"name": "Report", "scopes": ["read", "sync"], "days": "30"}


def signed_in(user):
    client = browser()
    by_page(client, user.username)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def test_a_token_is_made_shown_once_and_revoked():
    client = signed_in(person())
    made = client.post(PAGE, ORDER)
    text = re.search(r"bqs_[\w-]{30,}", made.text)[0]
    assert "no-store" in made.headers["Cache-Control"]
    program = {"Authorization": f"Token {text}"}
    assert browser().get("/api/me", headers=program).status_code == 200
    later = client.get(PAGE).text
    assert ("Report" in later, "from 10.1." in later, text in later) == (True, True, False)
    (token,) = ApiToken.objects.all()
    assert token.scopes == ["read", "sync"]
    assert timedelta(days=29) < token.expires_at - timezone.now() < timedelta(days=31)
    client.post(PAGE, {"revoke": token.pk})
    assert browser().get("/api/me", headers=program).status_code == 401


@pytest.mark.parametrize("wrong", [{"days": "91"}, {"scopes": ["all"]}, {"name": ""}])
def test_what_the_api_would_refuse_is_refused_here(wrong):
    assert 'role="alert"' in signed_in(person()).post(PAGE, ORDER | wrong).text
    assert not ApiToken.objects.exists()


def test_the_limit_holds_here_too_and_the_tokens_of_others_are_out_of_reach():
    client, (token, _) = signed_in(user := person()), issue_token(person(), "Theirs")
    client.post(PAGE, {"revoke": token.pk})
    assert "Theirs" not in client.get(PAGE).text
    for number in range(MOST_TOKENS):
        issue_token(user, str(number))
    assert "Revoke one" in client.post(PAGE, ORDER).text
    assert ApiToken.objects.count() == MOST_TOKENS + 1


def test_the_password_is_asked_for_again_before_a_token_is_made():
    client = browser()
    by_page(client, person().username)
    assert client.get(PAGE).status_code == 200
    asked = client.post(PAGE, ORDER).url
    assert not ApiToken.objects.exists()
    client.post(asked, {"password": "a guess"})
    assert not ApiToken.objects.exists()
    assert "bqs_" in client.post(asked, {"password": PASSWORD}).text


def test_no_token_is_made_by_a_session_that_lacks_the_second_factor(settings):
    client = signed_in(person(roles=[Role.SA]))
    settings.SECOND_FACTOR_ROLES = [Role.SA]
    assert client.post(PAGE, ORDER).url == "/accounts/2fa/"
    assert not ApiToken.objects.exists()
