"""Administrators change the policy while the site runs; each change is a version."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection
from django.test import TestCase

from audit.models import AuditEvent, AuditKind
from opportunities.access.roles import Role
from opportunities.domain.policy import FIELDS, policy
from opportunities.domain.written_values import as_text
from opportunities.models import PolicyVersion
from opportunities.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
URL = "/admin/opportunities/policyversion/"


@pytest.fixture
def admin(client):
    client.force_login(UserFactory(is_staff=True, roles=[Role.ADMINISTRATOR]))
    return client


def change(client, **texts):
    newest = PolicyVersion.objects.first()
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(f"{URL}add/", {"follows": newest.pk if newest else "", **texts})


def keep(**values):
    with TestCase.captureOnCommitCallbacks(execute=True):
        PolicyVersion.objects.create(values=values, changed_by=UserFactory())


def faults_of(answer):
    assert answer.status_code == 200
    return answer.context["adminform"].form.errors


def test_the_environment_is_the_first_policy(settings):
    settings.LEAD_LIMITS = {"EUR": Decimal(5)}
    assert {"EUR": Decimal(5)} == policy.LEAD_LIMITS


def test_what_an_administrator_decides_counts_at_once_and_is_on_record(admin):
    answer = change(admin, LEAD_LIMITS="eur:2000000", HOLIDAYS="2027-01-01", reason="New year")
    assert answer.status_code == 302
    assert {"EUR": Decimal(2_000_000)} == policy.LEAD_LIMITS
    assert [date(2027, 1, 1)] == policy.HOLIDAYS
    event = AuditEvent.objects.get(kind=AuditKind.POLICY_CHANGED)
    assert event.details["changes"]["LEAD_LIMITS"] == ["", "eur:2000000"]
    assert event.details["reason"] == "New year"
    page = admin.get(URL).content.decode()
    assert "Leads decide up to: as set up → eur:2000000" in page


def test_a_value_taken_away_is_that_of_the_environment_again(admin, settings):
    change(admin, UNDO_SECONDS="5")
    assert policy.UNDO_SECONDS == 5
    change(admin, ATTENTION_DAYS="3")
    assert (policy.UNDO_SECONDS, policy.ATTENTION_DAYS) == (settings.UNDO_SECONDS, 3)


def test_the_page_shows_what_is_in_force_and_what_the_environment_says(admin):
    change(admin, CLOCK_ASSIGN_DAYS="4")
    page = admin.get(f"{URL}add/").content.decode()
    assert 'value="4"' in page
    assert "As set up: 1" in page
    assert "Write none to empty a list." in page


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("CLAIM_LIMITS", "a lot", "write currencies with amounts"),
        ("LEAD_LIMITS", "EUR:-1", "write amounts of at least 0"),
        ("CLAIMING", "perhaps", "write true or false"),
        ("HOLIDAYS", "Christmas", "write dates as in"),
        ("CLOCK_DECIDE_DAYS", "-1", "write a number of at least 0"),
        ("ORPHAN_DAYS", "1.5", "write a whole number"),
        ("SA_LOAD_LIMIT", "0", "of at least 1"),
        ("REPORTING_CURRENCY", "Euros", "write three letters"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field_and_nothing_changes(
    admin, name, text, sentence
):
    faults = faults_of(change(admin, **{name: text}))
    assert sentence in " ".join(faults[name])
    assert not PolicyVersion.objects.exists()


def test_a_page_that_somebody_overtook_is_refused(admin):
    change(admin, ORPHAN_DAYS="9")
    answer = admin.post(f"{URL}add/", {"follows": "", "ORPHAN_DAYS": "8"})
    assert "Someone has changed the policy in the meantime" in answer.content.decode()
    assert policy.ORPHAN_DAYS == 9


def test_a_change_of_nothing_is_no_version(admin):
    assert "Nothing has been changed yet" in str(faults_of(change(admin)))


@pytest.mark.parametrize(
    ("role", "may_look"), [(Role.LEAD, True), (Role.AUDITOR, True), (Role.SA, False)]
)
def test_others_do_not_change_it(client, role, may_look):
    client.force_login(UserFactory(is_staff=True, roles=[role]))
    assert client.get(URL).status_code == (200 if may_look else 403)
    assert change(client, ORPHAN_DAYS="1").status_code == 403
    assert not PolicyVersion.objects.exists()


def test_another_process_learns_of_it_within_seconds(settings):
    maker = UserFactory(roles=[Role.ADMINISTRATOR])
    PolicyVersion.objects.bulk_create(
        [PolicyVersion(values={"ORPHAN_DAYS": "2"}, changed_by=maker)]
    )
    assert policy.ORPHAN_DAYS == settings.ORPHAN_DAYS
    settings.POLICY_FRESH_S = -1
    assert policy.ORPHAN_DAYS == 2


def test_what_is_not_committed_counts_for_nobody(settings):
    assert policy.ORPHAN_DAYS == settings.ORPHAN_DAYS
    with TestCase.captureOnCommitCallbacks():
        PolicyVersion.objects.create(values={"ORPHAN_DAYS": "2"}, changed_by=UserFactory())
    assert policy.ORPHAN_DAYS == settings.ORPHAN_DAYS


def test_a_database_that_is_away_leaves_what_was_known(settings):
    keep(ORPHAN_DAYS="2")
    settings.POLICY_FRESH_S = -1

    def is_away(execute, sql, *rest):
        if "policy_versions" in sql:
            raise DatabaseError("away")
        return execute(sql, *rest)

    with connection.execute_wrapper(is_away):
        assert policy.ORPHAN_DAYS == 2


def test_what_another_version_wrote_and_this_one_cannot_read_is_left_to_the_setting(settings):
    keep(NOTICES="gossip", FORGOTTEN="1", ORPHAN_DAYS="2")
    assert (policy.CLAIM_LIMITS, policy.ORPHAN_DAYS) == (settings.CLAIM_LIMITS, 2)


def test_every_policy_is_a_setting_and_reads_what_it_writes(settings):
    for name, field in FIELDS.items():
        value = getattr(settings, name)
        text = as_text(value)
        assert not text or field.reader(text) == value, name


def test_administrators_alone_may_change_it():
    holders = Group.objects.filter(permissions__codename="add_policyversion")
    assert [group.name for group in holders] == [Role.ADMINISTRATOR]
