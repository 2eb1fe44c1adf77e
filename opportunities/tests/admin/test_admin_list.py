from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from opportunities.admin import OpportunityAdmin
from opportunities.admin.filters import AssignedFilter
from opportunities.models import Opportunity
from opportunities.tests.admin_clients import (
    browser_of,
    queries_of,
    solution_architect,
)
from opportunities.tests.factories import OpportunityFactory, UserFactory

pytestmark = pytest.mark.django_db
URL = "/admin/opportunities/opportunity/"


def listed(query="", browser=None):
    """The names in the list, in its order."""
    page = (browser or solution_architect()).get(f"{URL}?{query}")
    assert page.status_code == 200, page
    return [deal.name for deal in page.context["cl"].result_list]


def cells_of(deal):
    """The texts of its only row, by column."""
    page = solution_architect().get(URL, {"q": deal.remote_id})
    (row,) = page.context["results"]
    return dict(zip(page.context["cl"].list_display, row, strict=True))


def test_a_deal_is_shown_with_its_value_grouped_and_in_its_own_currency():
    cells = cells_of(OpportunityFactory(deal_value=Decimal("1250000.00"), currency="EUR"))
    assert ">EUR 1,250,000<" in cells["value"]


def test_cents_are_shown_where_there_are_some():
    assert ">EUR 0.50<" in cells_of(OpportunityFactory(deal_value=Decimal("0.50")))["value"]


def test_an_unknown_value_is_a_dash_and_not_a_bare_currency():
    assert ">-<" in cells_of(OpportunityFactory(deal_value=None, currency="EUR"))["value"]


def test_a_row_tells_customer_share_dates_status_and_sa():
    cells = cells_of(
        OpportunityFactory(
            customer="Göteborgs Hamn",
            win_probability=Decimal("12.50"),
            close_date=date(2027, 3, 31),
            workflow_status="IN_REVIEW",
            assigned_sa=UserFactory(first_name="Inês", last_name="Ferreira"),
        )
    )
    assert "Göteborgs Hamn" in cells["deal"]
    assert ">12.50%<" in cells["win"]
    assert ">31 Mar 2027<" in cells["close"]
    assert "In review" in cells["status"]
    assert ">Inês Ferreira<" in cells["sa"]


def test_a_deal_without_a_number_goes_by_its_crm_id():
    deal = OpportunityFactory(opty_number=None)
    assert deal.remote_id in cells_of(deal)["number"]


def test_a_deal_that_left_the_crm_says_so_in_the_list():
    gone = OpportunityFactory(removed_in_crm_at=datetime(2026, 11, 1, tzinfo=UTC))
    assert "Removed in CRM" in cells_of(gone)["deal"]
    assert "Removed in CRM" not in cells_of(OpportunityFactory())["deal"]


def test_what_comes_from_the_crm_is_escaped():
    deal = OpportunityFactory(name="<script>alert(1)</script>", customer="<b>Bold</b>")
    assert "&lt;script&gt;" in cells_of(deal)["deal"]
    assert "<b>" not in cells_of(deal)["deal"]


@pytest.mark.parametrize(
    "words", ["OPTY-77", "data lake", "contoso", "Okafor", "mei", "Tanaka", "900000000000001"]
)
def test_search_finds_by_number_name_customer_owner_sa_and_crm_id(words):
    OpportunityFactory(
        remote_id="900000000000001",
        opty_number="OPTY-77",
        name="Data lake",
        customer="Contoso",
        sales_owner="Ada Okafor",
        assigned_sa=UserFactory(username="mei", first_name="Mei", last_name="Tanaka"),
    )
    OpportunityFactory(opty_number="X", name="Other")
    assert listed(f"q={words}") == ["Data lake"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("workflow_status__exact=IN_REVIEW", {"reviewed"}),
        (
            "workflow_status__exact=IN_REVIEW&workflow_status__exact=CLOSED_IN_CRM",
            {"reviewed", "closed"},
        ),
        ("crm=open", {"plain", "reviewed"}),
        ("crm=closed", {"closed"}),
        ("crm=removed", {"removed"}),
        ("practice=SAP", {"reviewed"}),
        ("practice=SAP&practice=Cloud", {"plain", "reviewed", "closed", "removed"}),
        ("geo=APAC", {"closed"}),
        ("sector=Banking", {"closed"}),
        ("stage=Negotiation", {"removed"}),
        ("sales_owner=Ada Okafor", {"reviewed"}),
        ("close_date_from=2027-06-01", {"reviewed", "closed"}),
        ("close_date_to=2027-06-01", {"plain", "removed", "reviewed"}),
        ("close_date_from=2027-06-01&close_date_to=2027-06-01", {"reviewed"}),
        ("close_date_from=05/04/2027", {"plain", "reviewed", "closed", "removed"}),
        ("sa=&crm=", {"plain", "reviewed", "closed", "removed"}),
    ],
)
def test_the_list_can_be_narrowed(query, expected):
    OpportunityFactory(name="plain")
    OpportunityFactory(
        name="reviewed",
        workflow_status="IN_REVIEW",
        practice="SAP",
        sales_owner="Ada Okafor",
        close_date=date(2027, 6, 1),
    )
    OpportunityFactory(
        name="closed",
        workflow_status="CLOSED_IN_CRM",
        geo="APAC",
        sector="Banking",
        close_date=date(2027, 9, 1),
    )
    OpportunityFactory(
        name="removed", stage="Negotiation", removed_in_crm_at=datetime(2026, 11, 1, tzinfo=UTC)
    )
    assert set(listed(query)) == expected


def test_the_list_can_be_narrowed_to_my_deals_nobodys_or_somebodys():
    me, other = UserFactory(is_staff=True, permissions=["view_opportunity"]), UserFactory()
    OpportunityFactory(name="mine", assigned_sa=me)
    OpportunityFactory(name="theirs", assigned_sa=other)
    OpportunityFactory(name="free")
    browser = browser_of(me)
    assert listed("sa=me", browser) == ["mine"]
    assert listed("sa=none", browser) == ["free"]
    assert listed(f"sa={other.pk}", browser) == ["theirs"]


def test_the_filter_offers_active_people_and_those_who_still_have_deals():
    UserFactory(username="active")
    UserFactory(username="gone", is_active=False)
    OpportunityFactory(assigned_sa=UserFactory(username="gone-with-deals", is_active=False))
    (spec,) = [
        spec
        for spec in solution_architect().get(URL).context["cl"].filter_specs
        if isinstance(spec, AssignedFilter)
    ]
    offered = [label for _, label in spec.lookup_choices]
    assert {"active", "gone-with-deals (left)"} <= set(offered)
    assert not [label for label in offered if label.split()[0] == "gone"]


@pytest.mark.parametrize("column", OpportunityAdmin.list_display)
def test_every_column_sorts(column):
    OpportunityFactory(
        opty_number="9",
        name="b",
        deal_value=1000,
        win_probability=90,
        close_date=date(2027, 12, 1),
        assigned_sa=UserFactory(username="zoe"),
        crm_updated_at=datetime(2026, 12, 1, tzinfo=UTC),
        practice="SAP",
        geo="NA",
        stage="Won",
        workflow_status="NEW",
        score=90,
        band="HIGH",
        priority="HIGH",
    )
    OpportunityFactory(
        opty_number="1",
        name="a",
        deal_value=20,
        workflow_status="ASSIGNED",
        assigned_sa=UserFactory(username="ada"),
        due_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    place = OpportunityAdmin.list_display.index(column)
    assert listed(f"o={place}") == ["a", "b"]
    assert listed(f"o=-{place}") == ["b", "a"]


def test_the_newest_in_the_crm_comes_first():
    OpportunityFactory(name="old", crm_updated_at=datetime(2026, 1, 1, tzinfo=UTC))
    OpportunityFactory(name="new", crm_updated_at=datetime(2026, 11, 1, tzinfo=UTC))
    assert listed() == ["new", "old"]


def test_more_rows_cost_no_more_queries():
    browser = solution_architect()
    OpportunityFactory.create_batch(3, assigned_sa=UserFactory())
    few = len(queries_of(browser, URL))
    for _ in range(30):
        OpportunityFactory(assigned_sa=UserFactory(), practice=None, sales_owner=None)
    assert len(queries_of(browser, URL)) == few


def test_the_rows_are_counted_once():
    OpportunityFactory()
    queries = queries_of(solution_architect(), f"{URL}?practice=Cloud")
    counts = [sql for sql in queries if "COUNT(" in sql and '"opportunities"' in sql]
    assert len(counts) == 1


def test_a_thousand_owners_are_offered_to_pick_from():
    Opportunity.objects.bulk_create(
        OpportunityFactory.build(sales_owner=f"Owner {number:04}") for number in range(1000)
    )
    page = solution_architect().get(URL, {"sales_owner": "Owner 0999"})
    assert page.content.count(b">Owner ") == 1000
    assert page.context["cl"].result_count == 1


@pytest.mark.parametrize("query", ["sa=x", "o=99", "p=0", "nonsense=1", "close_date__gte=x"])
def test_an_address_that_makes_no_sense_is_no_server_error(query):
    OpportunityFactory()
    page = solution_architect().get(f"{URL}?{query}", follow=True)
    assert page.status_code == 200


def test_an_sa_who_is_nobody_is_refused_and_not_taken_for_all():
    answer = solution_architect().get(f"{URL}?sa=ada")
    assert (answer.status_code, answer.url) == (302, f"{URL}?e=1")
