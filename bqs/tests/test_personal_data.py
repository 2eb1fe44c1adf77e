"""All of a person is told, and goes where nobody needs the name."""

import json
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from accounts.models import Preferences, SavedView
from accounts.tokens.tokens import issue_token
from assessments.decisions.conditions import condition_settle, conditions_of
from assessments.models import ConditionState
from assessments.tests.factories import (
    IN_2099,
    SCREEN,
    assigned,
    bid_manager,
    complete,
    lead,
    rated,
    save,
)
from audit.models import AuditEvent
from audit.sealing import seal
from notifications.models import BellEntry
from notifications.models import Preferences as Switches
from opportunities.access.roles import Role
from opportunities.domain.states import Action
from opportunities.models import Absence, PracticeMembership, Profile, Watch
from opportunities.tests.admin_clients import browser_of, typed_in
from opportunities.tests.admin_people import superuser
from opportunities.tests.factories import UserFactory
from opportunities.workflow.services import opportunity_comment
from opportunities.workflow.transitions import apply_transition
from outbox.models import Delivery, Event

pytestmark = pytest.mark.django_db
NAME = "Zebulon"


def a_life(**more):
    """Somebody who did all that one can do here; everything else has another's hand in it."""
    person = UserFactory(
        username="zebulon",
        first_name=NAME,
        last_name="Quill",
        email="zebulon@example.com",
        password="pbkdf2_sha256$1$salt$c2VjcmV0",
        roles=[Role.SA, Role.LEAD],
        practices=["Cloud"],
        **more,
    )
    PracticeMembership.objects.filter(user=person).update(is_lead=True)
    Profile.objects.create(user=person, crm_owner_name="Zebulon Q.")
    Preferences.objects.create(user=person, kept={"theme": NAME})
    SavedView.objects.create(owner=person, name=f"View of {NAME}")
    SavedView.objects.create(owner=person, name="For all", is_shared=True)
    issue_token(person, f"Report of {NAME}")
    edited_in_the_admin(person)
    deal = assigned(to=person)
    complete(deal)
    other = lead()
    save(deal, other, answers={"CAP": rated(1)}, recorded={"sa_recommendation": "BID"})
    save(deal, other, recorded={"sa_reason": "We know better", "open_risks": "Theirs"})
    deal = apply_transition(deal, Action.SUBMIT, by=person, **SCREEN)
    named = [{"text": "Partner signs", "owner": person, "due_on": IN_2099}]
    deal = apply_transition(
        deal,
        Action.APPROVE_WITH_CONDITIONS,
        by=bid_manager(),
        params={"conditions": named},
        **SCREEN,
    )
    condition_settle(
        condition=conditions_of(deal)[0], state=ConditionState.MET, by=person, **SCREEN
    )
    opportunity_comment(opportunity=deal, by=person, text="Looks good.", **SCREEN)
    opportunity_comment(opportunity=deal, by=other, text="Zeb?", mentions=[person.pk], **SCREEN)
    Watch.objects.create(user=person, opportunity=deal)
    day = {"starts": "2099-01-01", "ends": "2099-01-09"}
    Absence.objects.create(user=person, deputy=other, **day)
    Switches.objects.create(user=person, zone="Europe/Berlin")
    told = Event.objects.filter(name="comment.written").first()
    BellEntry.objects.create(
        user=person, event=told, deal=deal, title=f"Mentioned {NAME}", at=told.at
    )
    Delivery.objects.create(
        event=told, channel="mail", recipient=person, target=person.email, subject=NAME
    )
    return User.objects.get(pk=person.pk)


def edited_in_the_admin(person):
    browser, page = (
        browser_of(superuser()),
        reverse("admin:auth_user_change", args=[person.pk]),
    )
    dates = {"last_login_0": "", "last_login_1": ""}
    dates |= {"date_joined_0": "2026-01-01", "date_joined_1": "00:00:00"}
    changed = {"practice_memberships-0-practice": "Data", "email": "quill@example.com"}
    assert browser.post(page, typed_in(browser, page) | dates | changed).status_code == 302
    row = person.practice_memberships.get()
    browser.post(reverse("admin:opportunities_practicemembership_delete", args=[row.pk]))
    page = reverse("admin:opportunities_practicemembership_change", args=[row.pk])
    browser.post(page, typed_in(browser, page) | {"practice": "Cloud"})


def told(person):
    printed = StringIO()
    call_command("export_person", person.username, stdout=printed)
    return json.loads(printed.getvalue())


def everything_stored():
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            yield from ((table, str(row)) for row in cursor.fetchall())


TELLS = {
    "auth.user", "auth.group", "accounts.apitoken", "accounts.savedview", "accounts.preferences",
    "opportunities.opportunityevent", "opportunities.assignment", "opportunities.profile",
    "opportunities.practicemembership", "opportunities.absence", "assessments.assessment",
    "notifications.preferences", "notifications.bellentry", "outbox.delivery",
    "assessments.answer", "assessments.knockoutanswer", "assessments.condition",
    "assessments.rewritten", "assessments.recorded", "audit.about",
}  # fmt: skip


def test_the_export_has_all_of_a_person_and_no_secret():
    person = a_life()
    found = told(person)
    assert found.keys() >= TELLS
    assert {each["field"] for each in found["assessments.recorded"]} == {
        "confidence",
        "sa_recommendation",
    }
    assert [each["value"] for each in found["assessments.rewritten"]] == ["3"]
    text = json.dumps(found)
    assert NAME in text
    assert person.password not in text
    assert person.api_tokens.get().digest not in text
    assert "admin.logentry" not in found
    assert AuditEvent.objects.filter(kind="person.exported", about_id=person.pk).exists()


def test_the_export_goes_to_a_file_of_ones_own(tmp_path):
    person, file = UserFactory(), tmp_path / "person.json"
    call_command("export_person", person.username, output=file)
    assert json.loads(file.read_text())["auth.user"][0]["username"] == person.username
    assert file.stat().st_mode & 0o077 == 0


def test_after_erasing_the_name_is_nowhere_and_every_seal_holds():
    person = a_life()
    seal()
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert [table for table, row in everything_stored() if NAME.lower() in row.lower()]
    call_command("erase_person", person.username, yes=True, stdout=StringIO())
    assert [each for each in everything_stored() if NAME.lower() in each[1].lower()] == []
    call_command("verify_trail", stdout=StringIO())
    person.refresh_from_db()
    assert (person.first_name, person.email, person.is_active) == ("Person", "", False)
    assert told(person)["auth.user"][0]["last_name"] in person.get_full_name()
    assert list(person.saved_views.values_list("name", flat=True)) == ["For all"]
    assert AuditEvent.objects.filter(kind="person.erased", about_id=person.pk).exists()


def test_who_is_active_is_not_erased_and_a_dry_run_changes_nothing(monkeypatch):
    person = UserFactory(username="ada")
    with pytest.raises(CommandError, match="deactivate the account first"):
        call_command("erase_person", "ada", yes=True)
    User.objects.filter(pk=person.pk).update(is_active=False)
    issue_token(person, "Report")
    printed = StringIO()
    call_command("erase_person", "ada", dry_run=True, stdout=printed)
    assert "To delete: 1 api tokens" in printed.getvalue()
    monkeypatch.setattr("builtins.input", lambda question: "no")
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("erase_person", "ada", stdout=StringIO())
    assert person.api_tokens.exists()
    with pytest.raises(CommandError, match="There is no account named bob"):
        call_command("export_person", "bob")
