"""Who keeps accounts, and what they cannot give themselves."""

import pytest
from django.urls import reverse

from assessments.tests.factories import draft_template
from opportunities.access.roles import Role
from opportunities.tests.admin_clients import browser_of, text_of, typed_in
from opportunities.tests.admin_people import superuser
from opportunities.tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]
KEEPS = ("view_user", "add_user", "change_user", "view_group")
TO_EACH = {
    Role.SA: {"My queue", "Unassigned", "Syncs", "Rejected records", "Assessment templates"},
    Role.BID_MANAGER: {"Unassigned", "Syncs", "Rejected records", "Assessment templates"},
    Role.VIEWER: {"Unassigned", "Syncs", "Assessment templates"},
    Role.ADMINISTRATOR: {"People", "Practices", "Roles", "Assessment templates", "Syncs"},
}


def keeper():
    return UserFactory(is_staff=True, roles=[Role.ADMINISTRATOR], permissions=KEEPS)


@pytest.mark.parametrize("typed", ["österreich", "ÖSTERREICH", "O\u0308sterreich", "\u200bösterr"])
@pytest.mark.parametrize("place", ["auth_user", "opportunities_practicemembership"])
def test_tables_of_people_are_searched_as_opportunities_are(place, typed):
    UserFactory(username="kurt", last_name="Österreicher", practices=["Cloud"])
    UserFactory(username="anna", practices=["Cloud"])
    address = reverse(f"admin:{place}_changelist")
    page = text_of(browser_of(superuser(username="root")).get(address, {"q": typed}))
    assert "kurt" in page or "Österreicher" in page
    assert "anna" not in page


def test_templates_are_searched_the_same():
    draft_template().__class__.objects.filter(code="other").update(name="Für Österreich")
    address = reverse("admin:assessments_assessmenttemplate_changelist")
    browser = browser_of(superuser())
    assert "Für Österreich" in text_of(browser.get(address, {"q": "FÜR österreich"}))
    assert "Für Österreich" not in text_of(browser.get(address, {"q": "schweiz"}))


def page_of(user):
    return reverse("admin:auth_user_change", args=[user.pk])


def shown_fields(page):
    form = page.context["adminform"].form
    return form.fields.keys()


def test_an_administrator_hands_out_roles_and_no_rights_beyond():
    fields = shown_fields(browser_of(keeper()).get(page_of(UserFactory())))
    assert "groups" in fields
    assert not {"is_superuser", "user_permissions"} & fields


def test_an_administrator_cannot_become_a_superuser():
    user = keeper()
    browser = browser_of(user)
    sent = typed_in(browser, page_of(user))
    sent |= {"is_superuser": "on", "first_name": "Ada", "last_login_0": "", "last_login_1": ""}
    sent |= {"date_joined_0": "2026-01-01", "date_joined_1": "00:00:00"}
    sent["groups"] = [group.pk for group in user.groups.all()]
    assert browser.post(page_of(user), sent).status_code == 302
    user.refresh_from_db()
    assert user.first_name == "Ada"
    assert not user.is_superuser


def test_the_account_of_a_superuser_is_for_superusers():
    superuser, browser = UserFactory(is_superuser=True), browser_of(keeper())
    assert browser.post(page_of(superuser), {"username": "mine"}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[superuser.pk])
    assert browser.get(password).status_code == 403


def test_the_list_of_people_tells_roles_and_practices():
    UserFactory(username="lena", roles=[Role.LEAD], leads=["Cloud"])
    page = text_of(browser_of(keeper()).get(reverse("admin:auth_user_changelist")))
    assert "SA lead" in page
    assert "Cloud (leads it)" in page


@pytest.mark.parametrize("role", TO_EACH)
def test_each_role_is_led_to_what_it_may_open(role):
    browser = browser_of(UserFactory(is_staff=True, roles=[role]))
    page = browser.get("/admin/")
    items = [item for part in page.context["sidebar_navigation"] for item in part["items"]]
    allowed = {item["title"]: item["link"] for item in items if item["has_permission"]}
    assert allowed.keys() >= TO_EACH[role]
    for link in allowed.values():
        assert browser.get(str(link)).status_code == 200
    refused = [item["link"] for item in items if not item["has_permission"]]
    for link in refused:
        # Tabs of one's own are in the menus of those who have such work; all may filter by them.
        if not str(link).endswith(("tab=my_queue", "tab=sold_by_me")):
            assert browser.get(str(link)).status_code == 403
