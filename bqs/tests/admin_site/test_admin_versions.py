"""Two people edit one thing in the admin: the second save undoes nothing without a word."""

import json
import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from assessments.models import AssessmentTemplate, Criterion
from assessments.tests.factories import draft_template
from bqs.models import ExchangeRate
from notifications.models import Endpoint, Rule
from opportunities.access.roles import Role
from opportunities.admin.versioned import VersionedAdmin
from opportunities.models import Absence, Opportunity, PracticeMembership
from opportunities.tests.admin_clients import browser_of, text_of, typed_in
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.tests.html_pages import Page

pytestmark = pytest.mark.django_db
# Of each kind that can be changed: how to make one, and a field to write two words into.
SAMPLES = {
    User: (lambda: UserFactory(practices=["Cloud"]), "first_name"),
    Group: (lambda: Group.objects.create(name="Guests"), "name"),
    ExchangeRate: (
        lambda: ExchangeRate.objects.create(currency="USD", rate="0.92", source="ECB"),
        "source",
    ),
    PracticeMembership: (
        lambda: PracticeMembership.objects.create(user=UserFactory(), practice="Cloud"),
        "practice",
    ),
    AssessmentTemplate: (draft_template, "name"),
    Opportunity: (OpportunityFactory, "sa_notes"),
    Rule: (lambda: Rule.objects.first(), "name"),
    Endpoint: (
        lambda: Endpoint.objects.create(
            name="Ours", kind="webhook", address="https://example.com/hook"
        ),
        "name",
    ),
}
HAS_NO_WORDS = {Absence}


def keeper(**details):
    roles = [Role.BID_MANAGER]
    return UserFactory(is_staff=True, is_superuser=True, roles=roles, **details)


def address_of(row):
    return reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])


def form_in(page, name="as_shown"):
    return next(form.sent for form in Page(page).forms if name in form.sent)


def opened(browser, row):
    return form_in(browser.get(address_of(row)))


def can_be_changed(model):
    request = RequestFactory().get("/")
    request.user = keeper()
    try:
        reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_change", args=[1])
    except NoReverseMatch:
        return False
    return admin.site._registry[model].has_change_permission(request)


def test_whatever_can_be_changed_in_the_admin_is_tried_below():
    reverse("admin:index")  # Makes all admin modules register.
    found = {model for model in admin.site._registry if can_be_changed(model)}
    assert found - HAS_NO_WORDS == SAMPLES.keys()
    assert all(isinstance(admin.site._registry[model], VersionedAdmin) for model in found)
    assert not any(each.list_editable for each in admin.site._registry.values())


@pytest.mark.parametrize("model", SAMPLES, ids=lambda model: model.__name__)
def test_a_save_over_somebody_elses_is_refused_and_keeps_what_was_typed(model):
    make, name = SAMPLES[model]
    row, ada = make(), browser_of(keeper(first_name="Ada", last_name="Lovelace"))
    grace = browser_of(keeper())
    first, second = opened(ada, row), opened(grace, row)
    assert ada.post(address_of(row), {**first, name: "Of Ada"}).status_code == 302
    refused = grace.post(address_of(row), {**second, name: "Of Grace"})
    page = text_of(refused)
    assert re.search(r"Ada Lovelace changed this at \d+ \w+ 20\d\d, \d\d:\d\d, while", page)
    assert "Nothing has been saved yet" in page
    assert re.search(r"while you were editing: [^:]+: Of Ada", page)
    row.refresh_from_db()
    assert getattr(row, name) == "Of Ada"
    typed = form_in(refused)
    assert typed[name] == ["Of Grace"]
    assert grace.post(address_of(row), typed).status_code == 302
    row.refresh_from_db()
    assert getattr(row, name) == "Of Grace"


@pytest.mark.parametrize("model", SAMPLES, ids=lambda model: model.__name__)
def test_a_form_that_does_not_say_what_it_had_shown_saves_nothing(model):
    make, name = SAMPLES[model]
    row, browser = make(), browser_of(keeper())
    form = {**opened(browser, row), name: "Mine"}
    del form["as_shown"]
    assert "Nothing has been saved yet" in text_of(browser.post(address_of(row), form))
    row.refresh_from_db()
    assert getattr(row, name) != "Mine"


@pytest.mark.parametrize(
    "sent",
    [
        "x",
        "[]",
        "{}",
        '{"at": 1, "rows": {}}',
        '{"at": "0001-01-01T00:00:00+23:59", "rows": {}}',
        '{"at": "9999-12-31T23:59:59", "rows": {}}',
        '{"at": "2026-11-30T00:00:00+00:00", "rows": {"x": ["\\ud800", [], {}]}}',
        '{"at": "2026-11-30T00:00:00+00:00", "rows": {"x": ["\\ud800", "", {}]}}',
        '{"at": "2026-11-30T00:00:00+00:00", "rows": {"x": ["Gone", 1, {"y": [{}]}]}}',
        "[" * 100_000,
    ],
)
def test_no_nonsense_about_what_was_shown_is_a_server_error(sent):
    row = PracticeMembership.objects.create(user=UserFactory(), practice="Cloud")
    browser = browser_of(keeper())
    form = {**opened(browser, row), "practice": "Mine", "as_shown": sent}
    assert "Nothing has been saved yet" in text_of(browser.post(address_of(row), form))


def test_what_the_second_left_alone_shows_what_the_first_saved():
    user, browser = UserFactory(email="old@example.com", practices=["Cloud"]), browser_of(keeper())
    Group.objects.get_or_create(name=Role.SA)
    first, second = typed_in(browser, address_of(user)), typed_in(browser, address_of(user))
    membership = "practice_memberships-0-practice"
    group = Group.objects.get(name=Role.SA).pk
    mine = {"email": "new@example.com", "groups": [group], membership: "Data"}
    browser.post(address_of(user), {**first, **mine})
    refused = browser.post(address_of(user), {**second, "first_name": "Ada", "is_staff": "on"})
    page = text_of(refused)
    assert "You changed this" in page
    for change in ("Email address: new@example.com", "Groups: SA", "Practice: Data"):
        assert change in page
    browser.post(address_of(user), form_in(refused))
    user.refresh_from_db()
    assert (user.email, user.first_name, user.is_staff) == ("new@example.com", "Ada", True)
    assert [each.name for each in user.groups.all()] == ["SA"]
    assert user.practice_memberships.get().practice == "Data"


def test_rows_below_that_came_or_went_are_told():
    user, browser = UserFactory(practices=["Cloud"]), browser_of(keeper())
    form = typed_in(browser, address_of(user))
    user.practice_memberships.all().delete()
    PracticeMembership.objects.create(user=user, practice="Data")
    page = text_of(browser.post(address_of(user), {**form, "first_name": "Ada"}))
    meanwhile = page.partition("Someone changed this while you were editing:")[2]
    added = rf"Practice membership {user}, Data: added"
    removed = rf"Practice membership {user}, Cloud: removed"
    assert re.match(rf" {added}\s*{removed}", meanwhile)


def test_a_criterion_of_a_template_that_was_changed_meanwhile_keeps_the_change():
    template, browser = draft_template(), browser_of(keeper())
    form = typed_in(browser, address_of(template))
    need = Criterion.objects.get(group__template=template, code="NEED")
    need.weight = 7
    need.save()
    need.anchors.filter(value=0).update(text="Nobody asks for it")
    refused = browser.post(address_of(template), {**form, "name": "Renamed"})
    assert "Weight: 7" in text_of(refused)
    assert "0 means: Nobody asks for it" in text_of(refused)
    assert browser.post(address_of(template), form_in(refused)).status_code == 302
    need.refresh_from_db()
    template.refresh_from_db()
    assert (need.weight, template.name) == (7, "Renamed")
    assert need.anchors.get(value=0).text == "Nobody asks for it"


def test_no_page_carries_the_digest_of_a_password():
    user, browser = UserFactory(), browser_of(keeper())
    user.set_password("correct horse")
    user.save()
    shown = json.loads(typed_in(browser, address_of(user))["as_shown"][0])
    assert user.password not in json.dumps(shown)
