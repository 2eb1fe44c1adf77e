import pytest
from django.test import Client

from opportunities.tests.admin_clients import (
    administrator,
    browser_of,
    queries_of,
    solution_architect,
    staff,
    text_of,
)
from opportunities.tests.factories import OpportunityFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/opportunities/opportunity/"


@pytest.mark.parametrize("visitor", [Client, lambda: browser_of(UserFactory())])
@pytest.mark.parametrize("address", ["/admin/", LIST, f"{LIST}1/change/"])
def test_who_is_not_staff_is_sent_to_the_login(visitor, address):
    answer = visitor().get(address)
    assert answer.status_code == 302
    assert answer.url.startswith("/admin/login/")


def test_staff_without_the_permission_is_refused():
    deal = OpportunityFactory()
    for address in (LIST, f"{LIST}{deal.pk}/change/"):
        assert staff().get(address).status_code == 403


def test_a_solution_architect_is_offered_the_bids_and_the_sync_and_no_accounts():
    page = text_of(solution_architect().get("/admin/"))
    for offered in ("Opportunities", "Syncs", "Rejected records"):
        assert offered in page
    assert "Users" not in page


@pytest.mark.parametrize("address", ["/admin/auth/user/", "/admin/auth/group/"])
def test_a_solution_architect_is_refused_the_accounts(address):
    assert solution_architect().get(address).status_code == 403


def test_nobody_adds_or_deletes_an_opportunity_by_hand():
    deal, admin = OpportunityFactory(), administrator()
    for address in (f"{LIST}add/", f"{LIST}{deal.pk}/delete/"):
        assert admin.get(address).status_code == 403
        assert admin.post(address, {"post": "yes"}).status_code == 403
    admin.post(LIST, {"action": "delete_selected", "_selected_action": deal.pk, "post": "yes"})
    deal.refresh_from_db()


def test_the_page_of_a_deal_costs_as_many_queries_with_many_people_as_with_few():
    deal, browser = OpportunityFactory(assigned_sa=UserFactory()), solution_architect()
    few = len(queries_of(browser, f"{LIST}{deal.pk}/change/"))
    UserFactory.create_batch(20)
    assert len(queries_of(browser, f"{LIST}{deal.pk}/change/")) == few
