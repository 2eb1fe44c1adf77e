import pytest
from django.contrib import admin
from unfold.admin import ModelAdmin

from accounts.models import ApiToken
from accounts.tokens.tokens import issue_token
from opportunities.tests.admin_clients import administrator, staff, text_of
from opportunities.tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
USERS = "/admin/auth/user/"


def test_the_site_is_of_one_piece():
    assert all(isinstance(each, ModelAdmin) for each in admin.site._registry.values())


@pytest.mark.parametrize("address", [USERS, f"{USERS}add/", "/admin/auth/group/"])
def test_accounts_and_groups_open(address):
    assert administrator().get(address).status_code == 200


def test_a_new_account_is_made_in_the_admin():
    password = {"password1": "correct horse battery", "password2": "correct horse battery"}
    # What the page sends of its two parts, practices and profile, when they are left as they are.
    parts = {
        f"{part}-{form}_FORMS": 0
        for part in ("practice_memberships", "profile")
        for form in ("TOTAL", "INITIAL")
    }
    answer = administrator().post(
        f"{USERS}add/", {"username": "mei", "usable_password": "true", **password, **parts}
    )
    assert answer.status_code == 302
    assert f"{USERS}" in answer.url


def test_api_tokens_are_revoked_without_being_shown():
    (mine, text), (other, _) = (issue_token(UserFactory(), "Report") for _ in range(2))
    page = administrator().post(
        USERS, {"action": "revoke_api_tokens", "_selected_action": mine.user_id}, follow=True
    )
    assert "API tokens revoked: 1." in text_of(page)
    assert list(ApiToken.objects.all()) == [other]
    assert text not in page.content.decode()


def test_who_may_only_see_accounts_revokes_nothing():
    token, _ = issue_token(UserFactory(), "Report")
    onlooker = staff("view_user")
    onlooker.post(USERS, {"action": "revoke_api_tokens", "_selected_action": token.user_id})
    assert ApiToken.objects.filter(pk=token.pk).exists()


def test_an_account_shows_what_its_tokens_may_and_when_they_were_used():
    token, text = issue_token(UserFactory(), "Report", ["read", "sync"])
    ApiToken.objects.update(last_used_from="10.20.30.40", last_used_at=token.created_at)
    page = text_of(administrator().get(f"{USERS}{token.user_id}/change/"))
    for told in ("Report", "sync", "10.20.30.40"):
        assert told in page
    assert text not in page


def test_no_page_of_the_admin_shows_tokens():
    issue_token(UserFactory(), "Report")
    assert "token" not in text_of(administrator().get("/admin/")).lower()
