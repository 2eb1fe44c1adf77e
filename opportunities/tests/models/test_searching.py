"""What is typed finds what is meant: one rule for the API, the admin and every list of people."""

import unicodedata

import pytest

from opportunities.models import Opportunity
from opportunities.models.search_text import searchable
from opportunities.tests.admin_clients import browser_of, text_of
from opportunities.tests.admin_people import staff_bid_manager
from opportunities.tests.api_clients import any_user
from opportunities.tests.factories import OpportunityFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]
NFD = unicodedata.normalize("NFD", "café")

# What is stored, and what somebody types to find it.
PAIRS = [
    ("Österreich", "österreich"),
    ("österreich", "ÖSTERREICH"),
    ("café", NFD),
    ("Müller", "muller"),
    ("Muller", "MÜLLER"),
    ("İstanbul", "istanbul"),
    (NFD, "café"),
    ("O'Hara", "o’hara"),
    ("O’Hara", "O'Hara"),
    ("Oʼhara", "o'HARA"),
    ("O`Hara", "o´hara"),
    ("\u200bAcme", "acme"),
    ("Ac\u00adme", "acme"),
    ("Acme", "ac\u200dme\ufeff"),
    ("Große", "GROSSE"),
    ("ΟΔΟΣ", "οδος"),
    ("ﬁnance", "finance"),
    ("ＡＣＭＥ", "acme"),
    ("Acme\u00a0Corp", "acme corp"),
    ("100% _sure_\\", "100% _SURE_\\"),
    ("Київ", "київ"),
    ("報告書", "報告"),
    ("हिन्दी", "हिन्दी"),
]


@pytest.mark.parametrize(("stored", "typed"), PAIRS)
def test_a_search_finds_what_is_meant(stored, typed):
    found = OpportunityFactory(name=f"For {stored} alone", customer=None)
    OpportunityFactory(name="Another", customer=None)
    answer = any_user().get("/api/opportunities", {"search": typed}).json()
    assert [row["id"] for row in answer["results"]] == [str(found.pk)]


@pytest.mark.parametrize(("stored", "typed"), PAIRS[:9])
def test_the_admin_finds_the_same(stored, typed):
    OpportunityFactory(name="wanted", customer=stored)
    OpportunityFactory(name="unwanted", customer=None)
    address = "/admin/opportunities/opportunity/"
    page = text_of(browser_of(staff_bid_manager()).get(address, {"q": typed}))
    assert " wanted" in page
    assert "unwanted" not in page


@pytest.mark.parametrize(("stored", "typed"), PAIRS[:9])
def test_people_are_found_by_the_same_rule(stored, typed):
    of_theirs = OpportunityFactory(assigned_sa=UserFactory(last_name=stored), name="one")
    OpportunityFactory(name="another")
    client = any_user()
    people = client.get("/api/users", {"search": typed}).json()["results"]
    rows = client.get("/api/opportunities", {"search": typed}).json()["results"]
    assert [each["id"] for each in people] == [str(of_theirs.assigned_sa_id)]
    assert [each["id"] for each in rows] == [str(of_theirs.pk)]


def test_a_word_is_not_found_across_two_fields():
    OpportunityFactory(name="end", customer="begin")
    assert not Opportunity.objects.search("endbegin").exists()


def test_what_nobody_sees_narrows_nothing():
    OpportunityFactory()
    assert Opportunity.objects.search("\u200b \u00ad").count() == 1


def test_a_row_that_is_saved_or_made_with_others_is_found_by_its_new_name():
    row = OpportunityFactory(name="Before")
    row.name = "Danach"
    row.save()
    Opportunity.objects.bulk_create(OpportunityFactory.build_batch(2, name="Österreich"))
    assert Opportunity.objects.search("danach").get() == row
    assert Opportunity.objects.search("österreich").count() == 2


@pytest.mark.parametrize("text", [each for pair in PAIRS for each in pair])
def test_the_rule_changes_nothing_twice(text):
    assert searchable(searchable(text)) == searchable(text)
