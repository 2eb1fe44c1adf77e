import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.contrib.admin import site
from django.test import RequestFactory

from bqs.tests.overview_scene import deals_of_every_kind, decisions
from opportunities.access.roles import Role
from opportunities.lists.figures import ATTENTION
from opportunities.models import Opportunity
from opportunities.tests.admin_clients import administrator, browser_of, queries_of, staff, text_of
from opportunities.tests.factories import OpportunityFactory, UserFactory
from sync.tests.factories import RejectedRecordFactory, SyncLogFactory

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
MOST_QUERIES = 20
FIGURE = re.compile(r'<a class="bqs-figure[^"]*" href="([^"]+)"[^>]*>([\d,]+)</a>')
WORK = ("view_opportunity", "change_opportunity", "view_synclog", "view_rejectedrecord")


def person(*roles, **more):
    return UserFactory(is_staff=True, permissions=WORK, roles=roles, **more)


def any_user(role):
    practices = {"practices": ["Cloud"]} if role == Role.SA else {}
    leads = {"leads": ["Cloud"]} if role == Role.LEAD else {}
    return person(role, **practices, **leads)


def figures_of(browser, address="/admin/"):
    page = browser.get(address).content.decode()
    return [(unescape(href), int(shown.replace(",", ""))) for href, shown in FIGURE.findall(page)]


def rows_behind(user, href):
    """What the list shows at that address, without drawing it."""
    request = RequestFactory().get(href)
    request.user = user
    return site._registry[Opportunity].get_changelist_instance(request).queryset


def overview(browser=None):
    return text_of((browser or browser_of(person(Role.VIEWER))).get("/admin/"))


@pytest.mark.parametrize(
    ("role", "least"),
    [
        (Role.SA, 13),
        (Role.LEAD, 15),
        (Role.BID_MANAGER, 15),
    ],
)
def test_every_figure_is_the_number_of_rows_its_link_shows(role, least, settings):
    settings.RESTRICT_VISIBILITY = role == Role.SA
    user = any_user(role)
    others = [person(Role.SA, practices=["Cloud"]), person(Role.SA, practices=["Data"])]
    with time_machine.travel(NOW, tick=False):
        decisions(deals_of_every_kind(*([user] if role == Role.SA else []), *others))
        figures = figures_of(browser_of(user))
        assert len(figures) >= least
        wrong = {
            href: (shown, found)
            for href, shown in figures
            if (found := rows_behind(user, href).count()) != shown
        }
    assert wrong == {}
    assert sum(1 for _, shown in figures if shown) > least / 3


@time_machine.travel(NOW, tick=False)
def test_a_figure_leads_to_the_list_as_it_is_drawn():
    deals_of_every_kind(person(Role.SA))
    browser = browser_of(person(Role.BID_MANAGER))
    href, shown = figures_of(browser)[-1]
    assert browser.get(href).context["cl"].result_count == shown


@time_machine.travel(NOW, tick=False)
def test_the_reasons_are_counted_in_the_chosen_practice_alone():
    decisions(deals_of_every_kind(person(Role.SA, practices=["Data"])))
    user = person(Role.BID_MANAGER)
    browser = browser_of(user)
    everywhere, in_data = (
        [each for each in figures_of(browser, f"/admin/?practice={name}") if "sa=" not in each[0]]
        for name in ("all", "Data")
    )
    assert len(in_data) == len(ATTENTION) + 1
    assert all("practice=Data" in href for href, _ in in_data)
    counts = [shown for _, shown in in_data]
    assert counts == [rows_behind(user, href).count() for href, _ in in_data]
    assert 0 < sum(counts) < sum(shown for _, shown in everywhere)


@pytest.mark.parametrize(
    ("role", "widgets"),
    [
        (Role.SA, {"my_work", "attention"}),
        (Role.LEAD, {"attention", "load"}),
        (Role.BID_MANAGER, {"attention", "load"}),
        (Role.VIEWER, set()),
    ],
)
def test_each_role_lands_on_what_it_works_with(role, widgets):
    assert browser_of(any_user(role)).get("/admin/").context["widgets"].keys() == widgets


def test_an_administrator_sees_what_to_look_after_and_each_number_is_its_list():
    browser = administrator()
    UserFactory(), UserFactory(roles=[Role.SA]), UserFactory(is_active=False)
    figures = browser.get("/admin/").context["administration"]
    assert [label for label, _ in figures][1] == "Active people without a role"
    lists = [browser.get(figure.href).context["cl"] for _, figure in figures]
    assert [figure.count for _, figure in figures] == [each.result_count for each in lists]
    assert figures[1][1].count < figures[0][1].count
    assert "administration" not in browser_of(person(Role.VIEWER)).get("/admin/").context


def test_more_of_everything_costs_no_more_queries():
    user = person(*Role, practices=["Cloud", "Data"])
    browser = browser_of(user)
    OpportunityFactory(practice="Data")
    decisions(deals_of_every_kind(user))
    few = queries_of(browser, "/admin/")
    decisions(deals_of_every_kind(*(person(Role.SA) for _ in range(5)), times=3))
    SyncLogFactory.create_batch(5, status="FAILED")
    RejectedRecordFactory.create_batch(5)
    many = queries_of(browser, "/admin/")
    assert len(many) == len(few)
    assert len(many) < MOST_QUERIES


@time_machine.travel(NOW, tick=False)
def test_the_overview_tells_how_old_the_mirror_is():
    SyncLogFactory(started_at=NOW - timedelta(days=1, hours=3, seconds=30), watermark=NOW)
    assert "Mirror of the CRM is stale" in overview()
    assert "1 day, 3 hours ago: last complete sync 23 Nov 2026, 06:30" in overview().replace(
        "\xa0", " "
    )


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("hours", "words"), [(1, "is fresh"), (27, "is stale"), (51, "is out of date")]
)
def test_a_missed_night_makes_it_stale_and_two_out_of_date(hours, words):
    SyncLogFactory(started_at=NOW - timedelta(hours=hours), watermark=NOW)
    assert f"Mirror of the CRM {words}" in overview()


def test_before_the_first_sync_the_overview_says_so():
    assert "Not synced yet" in overview()


def test_a_failed_last_run_is_told_with_its_reason_to_those_who_may_look():
    SyncLogFactory(status="FAILED", error_message="Oracle refused the login.", started_at=NOW)
    assert "Last run failed: 24 Nov 2026, 09:30 – Oracle refused the login." in overview()
    assert "Oracle refused" not in overview(staff("view_opportunity"))


def test_rejected_records_that_wait_for_somebody_are_counted():
    RejectedRecordFactory.create_batch(2)
    RejectedRecordFactory(ignored_reason="a test")
    RejectedRecordFactory(resolved=True)
    assert "Rejected records: 2 open" in overview()


def test_who_may_not_look_at_opportunities_sees_no_figures_of_them():
    OpportunityFactory()
    assert "widgets" not in staff("view_synclog").get("/admin/").context


def test_the_practices_to_choose_are_those_in_sight(settings):
    settings.RESTRICT_VISIBILITY = True
    for practice in ("Cloud", "SAP", "Rail"):
        OpportunityFactory(practice=practice)
    lead = person(Role.LEAD, leads=["Cloud", "SAP"])
    assert browser_of(lead).get("/admin/").context["practices"] == ["Cloud", "SAP"]


@pytest.mark.parametrize("query", ["crm_outcome=x", "attention=x", "band=x", "clock=x"])
def test_a_mistyped_address_breaks_nothing(query):
    browser = browser_of(person(Role.VIEWER))
    assert browser.get(f"/admin/opportunities/opportunity/?{query}", follow=True).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/opportunities/opportunity/",
        "/admin/assessments/assessmenttemplate/",
        "/admin/sync/synclog/",
        "/admin/sync/rejectedrecord/",
        "/admin/auth/user/",
    ],
)
def test_no_page_loads_anything_from_outside(address):
    page = administrator().get(address).content.decode()
    assert page.count("/static/unfold/") > 3
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*"', page) == []
