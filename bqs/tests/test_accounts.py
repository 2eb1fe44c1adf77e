import pytest
from django.contrib import admin
from rest_framework.authtoken.models import Token
from unfold.admin import ModelAdmin

from opportunities.tests.admin_clients import administrator, staff, text_of
from opportunities.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
USERS = "/admin/auth/user/"


def test_the_site_is_of_one_piece():
    assert all(isinstance(each, ModelAdmin) for each in admin.site._registry.values())


@pytest.mark.parametrize("address", [USERS, f"{USERS}add/", "/admin/auth/group/"])
def test_accounts_and_groups_open(address):
    assert administrator().get(address).status_code == 200


def test_a_new_account_is_made_in_the_admin():
    password = {"password1": "correct horse battery", "password2": "correct horse battery"}
    answer = administrator().post(
        f"{USERS}add/", {"username": "mei", "usable_password": "true", **password}
    )
    assert answer.status_code == 302
    assert f"{USERS}" in answer.url


def test_api_tokens_are_revoked_without_being_shown():
    mei, other = Token.objects.create(user=UserFactory()), Token.objects.create(user=UserFactory())
    page = administrator().post(
        USERS, {"action": "revoke_api_tokens", "_selected_action": mei.user_id}, follow=True
    )
    assert "API tokens revoked: 1." in text_of(page)
    assert list(Token.objects.all()) == [other]
    assert mei.key not in page.content.decode()


def test_who_may_only_see_accounts_revokes_nothing():
    token = Token.objects.create(user=UserFactory())
    onlooker = staff("view_user")
    onlooker.post(USERS, {"action": "revoke_api_tokens", "_selected_action": token.user_id})
    assert Token.objects.filter(pk=token.pk).exists()


def test_no_page_of_the_admin_shows_tokens():
    Token.objects.create(user=UserFactory())
    assert administrator().get("/admin/authtoken/tokenproxy/").status_code == 404
    assert "Token" not in text_of(administrator().get("/admin/"))
