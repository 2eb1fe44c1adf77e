"""Nobody raises themselves, or touches who may more, through any door of the admin."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from accounts.models import ApiToken, RequestState, RoleRequest
from accounts.tokens.tokens import issue_token
from audit.models import AuditEvent
from opportunities.access.roles import Role
from opportunities.models import PracticeMembership
from opportunities.tests.admin_clients import browser_of, text_of, typed_in
from opportunities.tests.admin_people import superuser
from opportunities.tests.factories import UserFactory, group_of

pytestmark = pytest.mark.django_db
DATES = {
    "last_login_0": "",
    "last_login_1": "",
    "date_joined_0": "2026-01-01",
    "date_joined_1": "00:00:00",
}
PEOPLE = reverse("admin:auth_user_changelist")


def keeper(**more):
    return UserFactory(is_staff=True, roles=[Role.ADMINISTRATOR], **more)


def page_of(person):
    return reverse("admin:auth_user_change", args=[person.pk])


def powerful_group():
    group = Group.objects.create(name="Auditor of everything")
    group.permissions.add(Permission.objects.get(codename="delete_user"))
    return group


def roles_of(person):
    return {group.name for group in User.objects.get(pk=person.pk).groups.all()}


def give(by, person, *groups, **more):
    """Send the form of the page, with these roles."""
    browser = browser_of(by)
    sent = typed_in(browser, page_of(person)) | DATES | more
    return browser.post(
        page_of(person), sent | {"groups": [each.pk for each in groups]}, follow=True
    )


def events(kind):
    return [
        (event.actor_id, event.about_id, event.details)
        for event in AuditEvent.objects.filter(kind=kind).order_by("pk")
    ]


@pytest.mark.parametrize("role", Role)
def test_an_administrator_hands_out_each_role_and_it_is_on_record(role):
    by, person = keeper(), UserFactory(roles=[Role.VIEWER])
    give(by, person, group_of(role))
    assert roles_of(person) == {role}
    told = {"before": [Role.VIEWER], "after": [role]}
    expected = [(by.pk, str(person.pk), told)] if role != Role.VIEWER else []
    assert events("roles.changed") == expected


def test_no_role_with_rights_that_the_administrator_lacks():
    by, person, beyond = keeper(), UserFactory(), powerful_group()
    page = give(by, person, beyond)
    assert "Select a valid choice" in text_of(page)
    assert beyond.name not in browser_of(by).get(page_of(person)).content.decode()
    assert roles_of(person) == set()
    give(superuser(), person, beyond)
    assert roles_of(person) == {beyond.name}


def test_nothing_of_ones_own_rights_moves_by_ones_own_hand():
    by = keeper()
    own = typed_in(browser_of(by), page_of(by))
    assert not {"groups", "is_staff", "is_superuser", "user_permissions"} & own.keys()
    forged = {
        "is_superuser": "on",
        "user_permissions": [Permission.objects.first().pk],
        "practice_memberships-TOTAL_FORMS": 1,
        "practice_memberships-INITIAL_FORMS": 0,
        "practice_memberships-0-practice": "Cloud",
        "practice_memberships-0-is_lead": "on",
        "profile-TOTAL_FORMS": 1,
        "profile-INITIAL_FORMS": 0,
        "profile-0-crm_owner_name": "Ana Silva",
        "first_name": "Ada",
    }
    give(by, by, group_of(Role.BID_MANAGER), **forged)
    by = User.objects.get(pk=by.pk)
    assert by.first_name == "Ada"
    assert roles_of(by) == {Role.ADMINISTRATOR}
    assert not by.is_superuser
    assert not by.user_permissions.exists()
    assert not by.practice_memberships.exists()
    assert not hasattr(by, "profile")


def above():
    """Three ways to be so; each has a token and leads a practice."""
    boss = UserFactory(username="boss", is_staff=True, roles=[Role.VIEWER])
    boss.groups.add(powerful_group())
    left = UserFactory(username="left", is_active=False, permissions=["delete_user"])
    return [superuser(username="root"), boss, left]


@pytest.mark.parametrize("which", [0, 1, 2])
def test_who_is_above_is_looked_at_and_no_door_touches_them(which):
    by, person = keeper(permissions=["delete_user"]), above()[which]
    by.user_permissions.clear()
    token, _ = issue_token(person, "Report")
    membership = PracticeMembership.objects.create(user=person, practice="Cloud")
    browser, before = browser_of(by), User.objects.filter(pk=person.pk).values()
    before = list(before)
    assert "Ask a superuser" in text_of(browser.get(page_of(person)))
    sent = {"username": "mine", "email": "m@example.com", "is_active": "on", **DATES}
    assert browser.post(page_of(person), sent).status_code == 403
    new = {"password1": "correct horse battery", "password2": "correct horse battery"}
    password = reverse("admin:auth_user_password_change", args=[person.pk])
    for answer in (
        browser.get(password),
        browser.post(password, {"usable_password": "true", **new}),
    ):
        assert answer.status_code == 403
    revoke = {"action": "revoke_api_tokens", "_selected_action": [person.pk]}
    assert "Ask a superuser" in text_of(browser.post(PEOPLE, revoke, follow=True))
    assert browser.post(reverse("admin:auth_user_delete", args=[person.pk])).status_code == 403
    practices = "admin:opportunities_practicemembership"
    row = {"practice": "Data", "user": person.pk, "is_lead": "on"}
    for door in (
        reverse(f"{practices}_add"),
        reverse(f"{practices}_change", args=[membership.pk]),
        reverse(f"{practices}_delete", args=[membership.pk]),
    ):
        assert browser.post(door, {**row, "post": "yes"}).status_code == 403
    many = {"action": "delete_selected", "_selected_action": [membership.pk], "post": "yes"}
    browser.post(reverse(f"{practices}_changelist"), many)
    assert list(User.objects.filter(pk=person.pk).values()) == before
    assert ApiToken.objects.filter(pk=token.pk).exists()
    assert list(person.practice_memberships.values_list("practice", "is_lead")) == [
        ("Cloud", False)
    ]


def test_own_practices_are_not_given_to_oneself_either():
    by = keeper()
    row = {"practice": "Cloud", "user": by.pk, "is_lead": "on"}
    add = reverse("admin:opportunities_practicemembership_add")
    assert browser_of(by).post(add, row).status_code == 403
    assert browser_of(by).post(add, row | {"user": UserFactory().pk}).status_code == 302


def test_roles_themselves_are_for_superusers():
    by, viewer = (
        keeper(permissions=["change_group", "add_group", "delete_group"]),
        group_of("Viewer"),
    )
    page, browser = reverse("admin:auth_group_change", args=[viewer.pk]), browser_of(by)
    assert browser.get(page).status_code == 200
    assert browser.post(page, {"name": "Mine"}).status_code == 403
    for door in (reverse("admin:auth_group_add"), page.replace("change", "delete")):
        assert browser.post(door, {"name": "Mine", "post": "yes"}).status_code == 403
    root = superuser()
    right = Permission.objects.get(codename="view_delivery")
    sent = typed_in(browser_of(root), page)
    browser_of(root).post(page, sent | {"permissions": [right.pk]})
    ((actor, about, details),) = events("roles.changed")
    assert (actor, about, details["after"]) == (root.pk, str(viewer.pk), ["view_delivery"])


def test_nobody_deletes_an_account_that_is_on_record():
    person = UserFactory()
    door = reverse("admin:auth_user_delete", args=[person.pk])
    assert browser_of(superuser()).post(door, {"post": "yes"}).status_code == 403


# --- By two --------------------------------------------------------------------------------------


def settle(by, action):
    asked = RoleRequest.objects.get()
    list_of = reverse("admin:accounts_rolerequest_changelist")
    sent = {"action": action, "_selected_action": [asked.pk]}
    return browser_of(by).post(list_of, sent, follow=True)


@pytest.fixture
def asked(settings):
    """An administrator made an SA of a viewer, and waits for another one."""
    settings.ROLE_CHANGES_NEED_TWO = True
    by, person = keeper(), UserFactory(is_staff=True, roles=[Role.VIEWER])
    page = give(by, person, group_of(Role.ADMINISTRATOR))
    assert "once another administrator approves" in text_of(page)
    return by, person


def test_by_two_what_is_taken_away_goes_at_once_and_nothing_is_granted(asked):
    by, person = asked
    assert roles_of(person) == set()
    assert [kind for kind in AuditEvent.objects.values_list("kind", flat=True) if "roles" in kind]
    assert events("roles.asked") == [(by.pk, str(person.pk), {"roles": [Role.ADMINISTRATOR]})]
    give(by, person, group_of(Role.ADMINISTRATOR))
    assert RoleRequest.objects.count() == 1


def test_a_second_administrator_approves_and_both_are_on_record(asked):
    by, person = asked
    second = keeper()
    assert "Approved:" in text_of(settle(second, "approve"))
    assert roles_of(person) == {Role.ADMINISTRATOR}
    told = {"before": [], "after": [Role.ADMINISTRATOR], "asked_by": by.pk}
    assert events("roles.changed")[-1] == (second.pk, str(person.pk), told)
    assert "already been settled" in text_of(settle(keeper(), "reject"))
    assert roles_of(person) == {Role.ADMINISTRATOR}


def test_a_second_administrator_rejects(asked):
    second = keeper()
    settle(second, "reject")
    assert RoleRequest.objects.get().state == RequestState.REJECTED
    assert roles_of(asked[1]) == set()
    assert [actor for actor, *_ in events("roles.refused")] == [second.pk]


def test_neither_who_asked_nor_whom_it_is_about_nor_who_has_less_settles_it(asked):
    by, person = asked
    assert "Approved:" not in text_of(settle(by, "approve"))
    person.user_permissions.add(*Permission.objects.exclude(codename="delete_user"))
    less = UserFactory(is_staff=True, permissions=["view_user", "change_user"])
    for who in (person, less):
        assert "Approved:" not in text_of(settle(who, "approve"))
    onlooker = UserFactory(is_staff=True, permissions=["view_user"])
    assert settle(onlooker, "approve").status_code == 403
    assert RoleRequest.objects.get().state == RequestState.OPEN
    assert roles_of(person) == set()
