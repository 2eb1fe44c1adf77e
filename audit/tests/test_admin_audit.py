"""The auditor looks through everything, takes it along, and does no work."""

import json

import pytest
from django.test import Client

from audit.models import AuditEvent
from audit.recording import record
from opportunities.access.roles import Role, access_of
from opportunities.domain.states import Right
from opportunities.models import Opportunity
from opportunities.tests.factories import UserFactory
from opportunities.tests.workflow_scene import deal

pytestmark = pytest.mark.django_db
LIST = "/admin/audit/auditevent/"


def browser_of(role: Role) -> Client:
    browser = Client()
    browser.force_login(UserFactory(roles=[role], is_staff=True))
    return browser


def text_of(answer) -> str:
    return b"".join(answer.streaming_content).decode()


def test_an_auditor_finds_what_happened_and_takes_it_along_as_csv_and_json_lines():
    browser = browser_of(Role.AUDITOR)
    record("token.made", about=("accounts.apitoken", 7), name="=1+1")
    page = browser.get(LIST, {"kind": "token.made"}).content.decode()
    assert "API token made" in page
    assert "accounts.apitoken 7" in page
    lines = text_of(browser.get(f"{LIST}export/jsonl?kind=token.made")).splitlines()
    assert [json.loads(line)["about"]["id"] for line in lines] == ["7"]
    rows = text_of(browser.get(f"{LIST}export/csv?kind=token.made")).splitlines()
    assert len(rows) == 2
    exports = AuditEvent.objects.filter(kind="export.made")
    assert exports.count() == 2
    event = AuditEvent.objects.get(kind="token.made")
    assert browser.get(f"{LIST}{event.pk}/change/").status_code == 200
    assert browser.post(f"{LIST}{event.pk}/delete/", {"post": "yes"}).status_code == 403
    assert browser.post(f"{LIST}{event.pk}/change/", {"kind": "x"}).status_code == 403


def test_an_auditor_reads_every_deal_and_works_on_none(settings):
    settings.RESTRICT_VISIBILITY = True
    auditor, opportunity = UserFactory(roles=[Role.AUDITOR]), deal()
    access = access_of(auditor)
    assert opportunity in Opportunity.objects.visible_to(access)
    assert not access.holds_any(Right, opportunity)
    assert not access.may_comment(opportunity)


def test_the_audit_is_for_auditors_and_administrators():
    assert browser_of(Role.BID_MANAGER).get(LIST).status_code == 403
    assert browser_of(Role.VIEWER).get(f"{LIST}export/csv").status_code == 403
