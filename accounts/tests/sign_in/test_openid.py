"""Sign-in at a real provider of OpenID Connect, over HTTP: who comes in, and with which roles."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
import responses
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from django.core.cache import cache

from accounts.sign_in.openid.provider import ProviderError, claims_of
from accounts.tests.doors import DOORS, PASSWORD, browser, by_page, person
from accounts.tests.sign_in.openid_provider import OpenIdProvider, begin, sign_in
from accounts.tokens.tokens import issue_token
from audit.models import AuditEvent
from opportunities.access.roles import Role
from opportunities.tests.admin_clients import text_of
from opportunities.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
SALLY = {
    "preferred_username": "sally",
    "given_name": "Sally",
    "family_name": "Fields",
    "email": "sally@example.com",
    "email_verified": True,
    "groups": ["bqs-sas", "football"],
}


@pytest.fixture(scope="module")
def provider_process():
    with OpenIdProvider() as process:
        yield process


@pytest.fixture
def provider(provider_process, settings):
    cache.clear()
    settings.OIDC_ISSUER = provider_process.url
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = "bqs", "hush"
    settings.OIDC_ROLES = [
        *(("bqs-sas", "SA"), ("bqs-leads", "SA lead"), ("bqs-admins", "Administrator")),
    ]
    provider_process.knows("s1", **SALLY)
    return provider_process


def is_in(client):
    return client.get("/api/me").status_code == 200


def roles_of(name):
    return {group.name for group in User.objects.get(username=name).groups.all()}


def refusal(answer):
    assert answer.status_code == 403
    return re.search(r'role="alert">(.*?)<', answer.content.decode())[1]


# --- who comes in ------------


def test_the_first_sign_in_makes_the_person_with_the_roles_of_the_groups(provider):
    client = browser()
    assert sign_in(client, provider, "s1").url == "/inbox"
    assert is_in(client)
    sally = User.objects.get()
    assert (sally.username, sally.get_full_name(), sally.email) == (
        *("sally", "Sally Fields", "sally@example.com"),
    )
    assert not sally.has_usable_password()
    assert not sally.is_staff
    assert roles_of("sally") == {"SA"}
    event = AuditEvent.objects.get(kind="roles.changed")
    assert event.details == {"before": [], "after": ["SA"], "source": "single sign-on"}
    assert AuditEvent.objects.filter(kind="session.opened", actor=sally).count() == 1


def test_each_sign_in_follows_the_groups_and_leaves_other_roles_alone(provider):
    sign_in(browser(), provider, "s1")
    User.objects.get().groups.add(UserFactory(roles=[Role.VIEWER]).groups.get())
    provider.knows("s1", **SALLY | {"groups": ["bqs-leads", "bqs-admins"]})
    client = browser()
    sign_in(client, provider, "s1")
    assert roles_of("sally") == {"SA lead", "Administrator", "Viewer"}
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("groups", [["football"], [], None])
def test_nobody_comes_in_without_a_group_that_has_a_role(provider, groups):
    provider.knows("s1", **SALLY | {"groups": groups})
    client = browser()
    assert refusal(sign_in(client, provider, "s1")).startswith("None of your groups has a role")
    assert not is_in(client)
    assert not User.objects.exists()
    assert AuditEvent.objects.filter(kind="session.failed").exists()


def test_who_leaves_the_last_group_loses_the_role_and_is_refused(provider):
    sign_in(browser(), provider, "s1")
    provider.knows("s1", **SALLY | {"groups": []})
    refusal(sign_in(browser(), provider, "s1"))
    assert roles_of("sally") == set()


def test_a_deactivated_person_is_refused(provider):
    sign_in(browser(), provider, "s1")
    User.objects.update(is_active=False)
    client = browser()
    assert "deactivated" in refusal(sign_in(client, provider, "s1"))
    assert not is_in(client)


def test_an_account_is_found_by_a_verified_address(provider):
    there = person(username="sf", email="Sally@Example.com", roles=[Role.VIEWER])
    sign_in(browser(), provider, "s1")
    assert SocialAccount.objects.get().user == there
    assert roles_of("sf") == {"SA", "Viewer"}
    assert by_page(browser(), "sf").status_code == 302


@pytest.mark.parametrize("verified", [False, None, "no"])
def test_an_account_is_never_found_by_an_unverified_address(provider, verified):
    person(username="sf", email="sally@example.com")
    provider.knows("s1", **SALLY | {"email_verified": verified})
    sign_in(browser(), provider, "s1")
    assert SocialAccount.objects.get().user.username == "sally"


def test_an_account_is_never_found_by_its_user_name(provider):
    person(username="Sally", email="other@example.com")
    assert "already has an account sally" in refusal(sign_in(browser(), provider, "s1"))


def test_an_address_that_went_to_another_person_leads_to_no_account(provider):
    sign_in(browser(), provider, "s1")
    provider.knows("s2", **SALLY)
    assert "another person" in refusal(sign_in(browser(), provider, "s2"))


def test_an_address_that_two_accounts_have_leads_to_none(provider):
    for name in "ab":
        person(username=name, email="sally@example.com")
    assert refusal(sign_in(browser(), provider, "s1")).startswith("Several accounts")


# --- what can be forged ------------


def test_a_way_back_counts_in_the_browser_that_began_and_once(provider):
    client, other = browser(), browser()
    back = provider.way_back(begin(client), "s1")
    assert "did not work" in refusal(other.get(back))
    assert client.get(back).status_code == 302
    client.post("/accounts/logout/")
    refusal(client.get(back))
    assert not is_in(client)


def test_a_token_that_answers_another_question_is_refused(provider, caplog):
    client = browser()
    asked = begin(client)
    nonce = parse_qs(urlsplit(asked).query)["nonce"][0]
    back = provider.way_back(asked.replace(nonce, "another"), "s1")
    assert "did not work" in refusal(client.get(back))
    assert "answers another question" in caplog.text
    assert not is_in(client)


def test_the_query_cannot_change_what_the_provider_is_asked(provider):
    asked = browser().get(
        "/accounts/oidc/login/?process=connect&scope=admin&auth_params=prompt%3Dnone"
    )
    query = parse_qs(urlsplit(asked.url).query)
    assert sorted(query["scope"][0].split()) == ["email", "openid", "profile"]
    assert "prompt" not in query
    assert query["code_challenge_method"] == ["S256"]
    assert query["redirect_uri"] == ["http://testserver/accounts/oidc/login/callback/"]


def test_the_sign_in_leads_on_within_this_site_only(provider):
    client = browser()
    back = provider.way_back(begin(client, "https://evil.example/"), "s1")
    assert client.get(back).url == "/"


def test_a_cancelled_sign_in_says_so(provider):
    client = browser()
    state = parse_qs(urlsplit(begin(client)).query)["state"][0]
    query = f"?error=access_denied&state={state}"
    assert "cancelled" in refusal(client.get(f"/accounts/oidc/login/callback/{query}"))


def test_a_provider_that_does_not_answer_is_told_in_a_sentence(provider, settings, caplog):
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    assert "did not work" in refusal(browser().get("/accounts/oidc/login/"))
    assert "does not answer" in caplog.text


SOUND = {
    "issuer": "https://id.example",
    "authorization_endpoint": "https://id.example/a",
    "token_endpoint": "https://id.example/t",
    "jwks_uri": "https://id.example/keys",
}


@pytest.mark.parametrize(
    ("page", "keys", "told"),
    [
        ([], {}, "answers no object"),
        ({"issuer": "https://id.example"}, {}, "lacks authorization_endpoint, jwks_uri, token_"),
        (SOUND | {"issuer": "https://other.example"}, {}, "another issuer"),
        (SOUND, [], "answers no object"),
        (SOUND, {}, "a token is not valid"),
        (SOUND, {"keys": [{}]}, "a token is not valid"),
        (SOUND, {"keys": None}, "a token is not valid"),
    ],
)
def test_what_a_provider_says_wrong_is_told_in_a_sentence(settings, page, keys, told):
    cache.clear()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = "https://id.example", "bqs"
    with responses.RequestsMock(assert_all_requests_are_fired=False) as answers:
        answers.get(f"{settings.OIDC_ISSUER}/.well-known/openid-configuration", json=page)
        answers.get(SOUND["jwks_uri"], json=keys)
        with pytest.raises(ProviderError, match=told):
            claims_of("e30.e30.e30")


def test_no_code_and_no_token_gets_into_the_log(provider, caplog):
    caplog.set_level("DEBUG", logger="accounts")
    client = browser()
    back = provider.way_back(begin(client), "s1")
    code = parse_qs(urlsplit(back).query)["code"][0]
    client.get(back.replace(code, "wrong" + code))
    assert "OAuth2Error" in caplog.text
    assert code not in caplog.text
    assert "hush" not in caplog.text


@pytest.mark.parametrize("address", ["login/", "login/callback/"])
def test_without_the_settings_there_is_no_such_door(client, address):
    assert client.get(f"/accounts/oidc/{address}").status_code == 404
    assert "Sign in with" not in text_of(client.get("/accounts/login/"))


# --- second factors and passwords ------------


def test_a_second_factor_is_the_providers_affair(provider, settings):
    settings.SECOND_FACTOR_ROLES = ["SA"]
    client = browser()
    sign_in(client, provider, "s1")
    assert is_in(client)
    assert client.get("/accounts/tokens/").status_code == 200
    sally = User.objects.get()
    sally.set_password(PASSWORD)
    sally.save()
    with_password = browser()
    by_page(with_password, "sally")
    assert with_password.get("/accounts/tokens/").url == "/accounts/2fa/"


def test_who_has_no_password_is_led_to_choose_one_by_mail(provider):
    client = browser()
    sign_in(client, provider, "s1")
    assert "Password" not in text_of(client.get("/accounts/sessions/"))
    answer = client.get("/accounts/password/change/", follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/password/reset/"


@pytest.mark.parametrize("door", DOORS)
def test_passwords_can_be_off_but_for_an_emergency_account(provider, settings, door):
    settings.OIDC_ONLY, settings.OIDC_BREAK_GLASS = True, ["glass"]
    for name in ("ann", "glass"):
        person(username=name)
    assert "wrong" in door(browser(), "ann").content.decode()
    assert door(browser(), "glass").status_code in (200, 302)


def test_the_page_offers_the_button_and_then_the_password(provider, settings):
    settings.OIDC_NAME = "Example & Sons"
    page = browser().get("/accounts/login/?next=/inbox%3Fq%3D1%262")
    assert "Sign in with Example & Sons" in page.content.decode().replace("&amp;", "&")
    assert "/accounts/oidc/login/?next=%2Finbox%3Fq%3D1%262" in page.content.decode()
    settings.OIDC_ONLY = True
    assert "Emergency access" in text_of(browser().get("/accounts/login/"))


def test_the_app_leads_strangers_to_the_page_with_the_button(provider):
    client = browser()
    assert client.get("/inbox?q=1").url == "/accounts/login/?next=/inbox%3Fq%3D1"
    sign_in(client, provider, "s1")
    assert "login" not in client.get("/inbox").get("Location", "")


def test_api_tokens_go_on_until_the_person_leaves(provider):
    sign_in(browser(), provider, "s1")
    sally = User.objects.get()
    _, text = issue_token(sally, "Report")
    headers = {"HTTP_AUTHORIZATION": f"Token {text}"}
    assert browser().get("/api/me", **headers).status_code == 200
    sally.is_active = False
    sally.save()
    assert browser().get("/api/me", **headers).status_code == 401
