"""One query behind lists and counts: they agree for every filter and every role."""

import csv
import io
import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from assessments.tests.factories import in_review, ratings
from audit.models import AuditEvent
from opportunities.access.roles import Role
from opportunities.domain.states import WorkflowStatus
from opportunities.models import Opportunity
from opportunities.tests.api_clients import any_user, client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]
URL = "/api/opportunities"
NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)


def ids(client, **parameters):
    return {row["id"] for row in client.get(URL, parameters).json()["results"]}


def test_the_newest_score_is_shown_filtered_and_sorted_by():
    high = in_review(ratings(5), recommendation="BID")
    middle = in_review(ratings(3))
    unscored = OpportunityFactory()
    client = any_user()
    assert ids(client, band="HIGH") == {str(high.pk)}
    rows = client.get(URL, {"ordering": "-score"}).json()["results"]
    assert [row["id"] for row in rows] == [str(high.pk), str(middle.pk), str(unscored.pk)]
    assert [row["score"] for row in rows] == ["100.0", "60.0", None]
    assert [row["recommendation"] for row in rows] == ["BID", "CONDITIONAL", None]


CHOICES = {
    "geo": ["EMEA", "APAC"],
    "practice": ["Cloud", "Data"],
    "sector": ["Banking", ""],
    "workflow_status": list(WorkflowStatus.values),
    "overdue": ["true", "false"],
    "removed": ["true", "false"],
    "attention": ["true", "false"],
    "deal_value_min": ["500"],
    "assigned_sa": ["me", "none"],
    "search": ["cloud", "7"],
    "band": ["MIDDLE"],
    "currency": ["EUR", "USD"],
    "changed_since": [NOW.isoformat()],
    "either": [
        ["practice=Cloud&geo=EMEA", "assigned_sa=me"],
        ["overdue=true", "search=7&sector=Banking"],
    ],
}
PEOPLE = {role: {"roles": [role], "practices": ["Cloud"]} for role in Role}


def a_crowd(me, rng):
    rows = [
        OpportunityFactory.build(
            workflow_status=rng.choice(WorkflowStatus.values),
            geo=rng.choice(["EMEA", "APAC"]),
            practice=rng.choice(["Cloud", "Data"]),
            sector=rng.choice(["Banking", "Rail", None]),
            currency=rng.choice(["EUR", "USD"]),
            deal_value=Decimal(rng.randrange(1000)),
            assigned_sa=rng.choice([None, me]),
            due_at=rng.choice([None, timezone.now() - HOUR, timezone.now() + HOUR]),
            removed_in_crm_at=rng.choice([None, None, timezone.now()]),
        )
        for _ in range(30)
    ]
    Opportunity.objects.bulk_create(rows)


@pytest.mark.parametrize(
    ("role", "is_narrow"), [*((role, True) for role in PEOPLE), (Role.SA, False)]
)
def test_counts_and_lists_agree_for_random_filters_and_every_role(role, is_narrow, settings):
    settings.RESTRICT_VISIBILITY = is_narrow
    me, rng = UserFactory(**PEOPLE[role]), random.Random(role)
    a_crowd(me, rng)
    client = client_of(me)
    for _ in range(4):
        chosen = rng.sample(list(CHOICES), rng.randrange(4))
        narrowed = {name: rng.choice(CHOICES[name]) for name in chosen}
        for tab in client.get(f"{URL}/tabs", narrowed).json():
            listed = client.get(URL, {**narrowed, "tab": tab["name"], "page_size": 500}).json()
            assert len(listed["results"]) == listed["count"] == tab["count"], (narrowed, tab)
        lines = client.get(f"{URL}/export.csv", narrowed).getvalue().splitlines()
        assert len(lines) - 1 == tab["count"], narrowed


def test_the_export_has_the_rows_of_the_list_in_its_order():
    me = UserFactory(**PEOPLE[Role.BID_MANAGER])
    a_crowd(me, random.Random(2))
    OpportunityFactory(name="=1+1", geo="EMEA")
    client = client_of(me)
    groups = ["practice=Cloud", "search==1%2B1", "assigned_sa=none"]
    order = {"group": "workflow_status", "ordering": "-deal_value"}
    narrowed = {"geo": "EMEA", "either": groups, **order}
    listed = client.get(URL, {**narrowed, "page_size": 500}).json()["results"]
    file = client.get(f"{URL}/export.csv", narrowed)
    lines = list(csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig"))))
    assert [line["CRM id"] for line in lines] == [row["remote_id"] for row in listed]
    assert [line["Value"] for line in lines] == [row["deal_value"] for row in listed]
    assert "'=1+1" in [line["Opportunity"] for line in lines]
    book = client.get(f"{URL}/export.xlsx", narrowed)
    assert b"".join(book.streaming_content).startswith(b"PK")
    assert AuditEvent.objects.filter(actor=me, kind="export.made").count() == 2


def test_an_export_has_the_columns_that_are_asked_for_in_their_order():
    OpportunityFactory(name="Network", sa_notes="=1+1")
    client = any_user()
    file = client.get(f"{URL}/export.csv", {"columns": "currency,name, sa_notes,name"})
    assert file.getvalue().decode("utf-8-sig").splitlines() == [
        "Currency,Opportunity,SA notes",
        "EUR,Network,'=1+1",
    ]
    refused = client.get(f"{URL}/export.xlsx", {"columns": "name,password"})
    assert refused.status_code == 400
    assert (
        refused.json()["errors"][0]["detail"]
        == "There is no column password. /api/docs lists them all."
    )


def test_an_export_that_is_too_long_is_refused_in_words(settings):
    settings.EXPORT_MAX_ROWS = 1
    OpportunityFactory.create_batch(2)
    answer = any_user().get(f"{URL}/export.csv")
    assert (answer.status_code, answer.json()["code"]) == (422, "too_many_rows")


def test_an_export_out_of_sight_is_empty(settings):
    settings.RESTRICT_VISIBILITY = True
    OpportunityFactory()
    file = client_of(UserFactory(**PEOPLE[Role.SA] | {"practices": []})).get(f"{URL}/export.csv")
    assert len(file.getvalue().decode().splitlines()) == 1


def test_rows_for_which_the_crm_has_no_word_are_found_by_none():
    without = OpportunityFactory(practice=None, sector=None)
    OpportunityFactory(practice="Cloud", sector="Public sector")
    OpportunityFactory(practice="Data", sector="Banking")
    for column, known in (("practice", "Cloud"), ("sector", "Public sector")):
        assert ids(any_user(), **{column: ""}) == {str(without.pk)}
        assert len(ids(any_user(), **{column: ["", known]})) == 2
