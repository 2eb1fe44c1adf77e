"""An é is an é, whether Oracle, a person's keyboard or a setting composes it or not."""

import json
import os
from importlib import import_module
from typing import Any
from unicodedata import normalize

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client

from accounts.models import SavedView
from assessments.models import AssessmentTemplate
from bqs import env
from opportunities.access.roles import Role
from opportunities.domain.material import material_changes
from opportunities.models import Opportunity, PracticeMembership, Profile
from opportunities.tests.admin_clients import administrator, text_of
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory
from sync import conf
from sync.ingest.ingest import Ingester
from sync.ingest.upsert import Upsert
from sync.models import OpportunityChange
from sync.oracle.fields import parsers
from sync.tests.builders import oracle_item

pytestmark = pytest.mark.django_db
WHOLE = "Énergie Ångström 한"
IN_PARTS = normalize("NFD", WHOLE)
BOTH = pytest.mark.parametrize("typed", [WHOLE, IN_PARTS], ids=["whole", "in parts"])


def ingest(**values: Any) -> Opportunity:
    ingester = Ingester(conf.field_mapping(), Upsert(log=None))
    assert not ingester.ingest(ingester.parse([oracle_item(OptyId=7, **values)])).outcome.refused
    return Opportunity.objects.get(remote_id="7")


# --- what Oracle sends --------------------------------------------------------------------------


def test_every_text_of_a_record_is_composed(settings: Any) -> None:
    settings.ORACLE_EXTRA_FIELDS = ["DealType_c"]
    names = ("Name", "TargetPartyName", "Practice_c", "Geo_c", "Sector_c", "SalesStage")
    texts = dict.fromkeys((*names, "StatusCode", "PartyName1", "DealType_c"), IN_PARTS)
    deal = ingest(**texts)
    columns = ("name", "customer", "practice", "geo", "sector", "stage", "crm_status")
    assert {getattr(deal, column) for column in (*columns, "sales_owner")} == {WHOLE}
    assert deal.extra == {"DealType_c": WHOLE}


def test_a_record_that_comes_in_the_other_form_has_not_changed() -> None:
    ingest(Name=WHOLE)
    ingest(Name=IN_PARTS, LastUpdateDate="2026-10-02T12:00:00+00:00")
    assert not OpportunityChange.objects.exists()


def test_a_text_is_measured_when_it_is_composed() -> None:
    assert parsers.text(1)("e\u0301") == "é"
    # This one has no single character, so composing makes it longer.
    with pytest.raises(ValueError, match="has 2 characters, 1 are possible"):
        parsers.text(1)("\u0958")


# --- what people and programs send --------------------------------------------------------------


@BOTH
def test_the_api_finds_it_by_search_and_filter(typed: str) -> None:
    ingest(Name=IN_PARTS, Practice_c=IN_PARTS, PartyName1=IN_PARTS)
    client = client_of(UserFactory())
    for query in ({"search": typed}, {"practice": typed}, {"sales_owner": typed}):
        assert client.get("/api/opportunities", query).json()["count"] == 1, query


@BOTH
def test_the_admin_finds_it_by_search_and_filter(typed: str) -> None:
    ingest(Name=WHOLE, Practice_c=WHOLE)
    for query in ({"q": typed}, {"practice": typed}, {"practice__exact": typed}):
        page = administrator().get("/admin/opportunities/opportunity/", query, follow=True)
        assert "Énergie" in text_of(page)


@BOTH
def test_a_membership_typed_in_any_form_shows_the_deals_of_the_practice(
    settings: Any, typed: str
) -> None:
    settings.RESTRICT_VISIBILITY = True
    deal, person = ingest(Practice_c=WHOLE), UserFactory(roles=[Role.SA])
    membership = {"user": person.pk, "practice": typed}
    administrator().post("/admin/opportunities/practicemembership/add/", membership)
    assert PracticeMembership.objects.get().practice == WHOLE
    found = client_of(User.objects.get(pk=person.pk)).get("/api/opportunities").json()
    assert [each["remote_id"] for each in found["results"]] == [deal.remote_id]


@BOTH
def test_a_view_that_is_kept_is_composed(typed: str) -> None:
    client = client_of(UserFactory())
    view = {"name": typed, "query": f"practice={typed}", "columns": []}
    answer = client.post("/api/saved-views", view, format="json")
    assert answer.status_code == 201, answer.content
    assert SavedView.objects.get().name == WHOLE


def test_a_password_is_compared_as_it_was_typed() -> None:
    user = UserFactory(username="sam", is_staff=True)
    user.set_password(IN_PARTS)
    user.save()
    form = {"login": "sam", "password": IN_PARTS}
    assert Client().post("/accounts/login/", form).status_code == 302
    body = json.dumps({"username": "sam", "password": IN_PARTS})
    login = Client().post("/api/session", body, content_type="application/json")
    assert login.status_code < 300, login.content


# --- settings, and what was there before ----------------------------------------------------------


@BOTH
def test_a_list_among_the_settings_is_composed(monkeypatch: Any, typed: str) -> None:
    monkeypatch.setitem(os.environ, "SALES_STAGES", f"01 - A, {typed}")
    assert env.words("SALES_STAGES") == ["01 - A", WHOLE]


def test_what_a_scoring_stands_on_may_have_been_kept_in_another_form(settings: Any) -> None:
    settings.SALES_STAGES = ["01 - A", WHOLE]
    facts = {"customer": IN_PARTS, "stage": IN_PARTS, "currency": None}
    now = {"customer": WHOLE, "stage": WHOLE, "currency": None}
    same = dict.fromkeys(("deal_value", "close_date"))
    assert not list(material_changes({**facts, **same}, {**now, **same}))


def test_what_was_there_before_is_composed_by_the_migration() -> None:
    kept = OpportunityFactory(name=IN_PARTS, practice=IN_PARTS, extra={"Own_c": IN_PARTS})
    person = UserFactory(practices=[WHOLE], leads=[IN_PARTS], crm_owner_name=IN_PARTS)
    other = UserFactory(practices=[IN_PARTS])
    template = AssessmentTemplate.objects.create(code="own", name="Own", practice=IN_PARTS)
    migrate("opportunities", "0019_text_is_composed_and_every_zone_can_show_each_moment")
    migrate("assessments", "0007_practices_are_composed")
    kept.refresh_from_db()
    assert (kept.name, kept.practice, kept.extra) == (WHOLE, WHOLE, {"Own_c": WHOLE})
    memberships = PracticeMembership.objects.order_by("user").values_list("user", "practice")
    assert list(memberships) == [(person.pk, WHOLE), (other.pk, WHOLE)]
    assert person.practice_memberships.get().is_lead
    assert Profile.objects.get().crm_owner_name == WHOLE
    template.refresh_from_db()
    assert template.practice == WHOLE


def migrate(app: str, name: str) -> None:
    import_module(f"{app}.migrations.{name}").compose(apps, None)
