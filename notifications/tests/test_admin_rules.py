"""Administrators keep rules and endpoints; secrets are shown once, addresses cut."""

import pytest

from audit.models import AuditEvent, AuditKind
from notifications.models import Endpoint, Rule
from notifications.tests.receiver import receiver
from opportunities.access.roles import Role
from opportunities.tests.admin_clients import administrator, browser_of, text_of
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
RULES, ENDPOINTS = "/admin/notifications/rule/", "/admin/notifications/endpoint/"
RULE = {
    "name": "Big ones",
    "events": ["decision.approved"],
    "recipients": ["deciders"],
    "channels": ["bell"],
    "is_active": "on",
}
SWITCHES = {
    "channels_off": ["digest"],
    "muted": {"mail": ["comment.written"]},
    "zone": "Europe/Berlin",
    "digest_at": "07:30",
    "quiet_from": None,
    "quiet_until": None,
}


def test_a_rule_is_kept_said_in_words_and_put_on_record():
    browser = administrator()
    assert browser.post(f"{RULES}add/", RULE).status_code == 302
    assert Rule.objects.get(name="Big ones").recipients == ["deciders"]
    assert "tell its leads and the bid managers by the bell" in text_of(browser.get(RULES))
    assert AuditEvent.objects.get(kind=AuditKind.RULE_CHANGED).details["what"] == "added"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"recipients": []}, "recipients"),
        ({"channels": []}, "channels"),
        ({"events": []}, "events"),
        ({"events": ["opportunity.stolen"]}, "events"),
        ({"events": ["day.begun"]}, "events"),
        ({"min_value": "much"}, "min_value"),
        ({"subject": "$password"}, "subject"),
        ({"quiet_from": "20:00"}, "quiet_until"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_at_its_field(changed, field):
    answer = administrator().post(f"{RULES}add/", {**RULE, **changed})
    assert field in answer.context["adminform"].form.errors


def test_a_secret_is_shown_once_and_an_address_never(settings):
    settings.WEBHOOK_ALLOW_PRIVATE = True
    browser = administrator()
    with receiver() as server:
        sent = {"name": "Hook", "kind": "webhook", "address": server.address, "is_active": "on"}
        page = text_of(browser.post(f"{ENDPOINTS}add/", sent))
        endpoint = Endpoint.objects.get()
        assert endpoint.secret in page
        chosen = {"action": "send_test", "_selected_action": [endpoint.pk]}
        server.answers = [(418, b"Short and stout")]
        told = text_of(browser.post(ENDPOINTS, chosen, follow=True))
    assert "418 Short and stout" in told
    later = text_of(browser.get(f"{ENDPOINTS}{endpoint.pk}/change/")) + told
    assert endpoint.secret not in later
    assert "its-token" not in later
    assert AuditEvent.objects.filter(kind=AuditKind.ENDPOINT_CHANGED).count() == 2


def test_a_chat_that_becomes_a_webhook_gets_a_secret_that_is_shown():
    chat = Endpoint.objects.create(name="Hook", kind="apprise", address="json://bqs.example")
    sent = {"name": "Hook", "kind": "webhook", "address": "https://bqs.example", "is_active": "on"}
    browser, address = administrator(), f"{ENDPOINTS}{chat.pk}/change/"
    shown = browser.get(address).context["page_state"].now
    page = text_of(browser.post(address, sent | {"as_shown": shown}))
    chat.refresh_from_db()
    assert chat.secret
    assert chat.secret in page


def test_an_endpoint_that_a_rule_posts_to_is_not_deleted_with_the_rule():
    endpoint = Endpoint.objects.create(name="Hook", kind="webhook", address="https://bqs.example")
    rule = Rule.objects.create(name="All", endpoint=endpoint)
    browser = administrator()
    browser.post(f"{ENDPOINTS}{endpoint.pk}/delete/", {"post": "yes"})
    assert Rule.objects.filter(pk=rule.pk, endpoint=endpoint).exists()
    rule.delete()
    browser.post(f"{ENDPOINTS}{endpoint.pk}/delete/", {"post": "yes"})
    assert not Endpoint.objects.exists()


def test_only_administrators_keep_them():
    browser = browser_of(UserFactory(is_staff=True, roles=[Role.AUDITOR]))
    assert browser.get(RULES).status_code == 200
    assert browser.get(f"{RULES}add/").status_code == 403
    assert browser_of(UserFactory(is_staff=True)).get(ENDPOINTS).status_code == 403


def test_people_keep_their_own_switches():
    client = client_of(UserFactory())
    answer = client.put("/api/me/notifications", SWITCHES, format="json")
    assert answer.status_code == 200, answer.json()
    kept = client.get("/api/me/notifications").json()
    assert {name: kept[name] for name in SWITCHES} == SWITCHES
    assert {"name", "title", "channels"} == kept["events"][0].keys()


@pytest.mark.parametrize(
    "changed",
    [
        {"zone": "Mars/Olympus"},
        {"muted": {"mail": ["x"]}},
        {"muted": {"digest": ["day.begun"]}},
        {"quiet_from": "20:00"},
    ],
)
def test_switches_that_make_no_sense_are_refused(changed):
    client = client_of(UserFactory())
    sent = {**SWITCHES, **changed}
    assert client.put("/api/me/notifications", sent, format="json").status_code == 400
