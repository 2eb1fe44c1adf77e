from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from assessments.models import Condition
from assessments.tests.factories import IN_2099, in_review
from opportunities.access.roles import Role
from opportunities.domain.states import WorkflowStatus
from opportunities.models import Opportunity
from opportunities.tests.api_clients import any_user, client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.tests.workflow_scene import bid_manager, deal, lead, sa

pytestmark = pytest.mark.django_db
S = WorkflowStatus
HOUR = timedelta(hours=1)
EVERYBODY = ["conditions", "mentions", "watched"]
URL, LIST = "/api/for-you", "/api/opportunities"


def sections_of(user):
    answer = client_of(user).get(URL)
    assert answer.status_code == 200, answer.content
    return {section["name"]: section for section in answer.json()["sections"]}


def names(section):
    return [row["name"] for row in section["rows"]]


def own_a_condition(row, owner):
    Condition.objects.create(
        decision=row.decisions.first(), owner=owner, text="Name a delivery lead.", due_on=IN_2099
    )


def late(status=S.ASSIGNED, hours=1, **more):
    return deal(status, due_at=timezone.now() - hours * HOUR, **more)


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        (Role.SA, ["overdue", "returned", *EVERYBODY[:2], "changed", "watched", "to_do"]),
        (Role.LEAD, ["decide", "conditions", "unassigned", "mentions", "watched"]),
        (Role.BID_MANAGER, ["decide", "conditions", "attention", "mentions", "watched"]),
        (Role.SALES_OWNER, [*EVERYBODY[:2], "changed", "watched", "sold"]),
        (Role.VIEWER, EVERYBODY),
    ],
)
def test_each_role_is_shown_its_sections_the_most_urgent_first(role, shown):
    assert list(sections_of(UserFactory(roles=[role]))) == shown


@pytest.mark.parametrize("role", [*Role, None])
def test_the_count_of_a_section_is_the_length_of_the_list_behind_it(role):
    details = {"roles": [role]} if role else {}
    me = UserFactory(practices=["Cloud"], leads=["Data"], crm_owner_name="ana silva", **details)
    for status in S:
        deal(status)
        late(status, assigned_sa=None if status == S.NEW else me)
    own_a_condition(Opportunity.objects.filter(workflow_status=S.CONDITIONAL).first(), me)
    Opportunity.objects.filter(pk__in=Opportunity.objects.all()[:9]).update(practice="Data")
    Opportunity.objects.latest("pk").last_looks.create(user=me, at=datetime(2026, 1, 1, tzinfo=UTC))
    client = client_of(me)
    for section in client.get(URL).json()["sections"]:
        listed = client.get(LIST, {**section["filter"], "page_size": 500}).json()
        assert section["count"] == listed["count"] == len(listed["results"]), section["name"]
        first = [row["id"] for row in section["rows"]]
        assert first == [row["id"] for row in listed["results"]][:5]


def test_an_sa_sees_what_is_due_first_at_the_top():
    me = sa()
    late(hours=1, name="an hour late", assigned_sa=me)
    late(S.RETURNED, hours=9, name="returned and late", assigned_sa=me)
    deal(S.ASSIGNED, name="in time", assigned_sa=me, due_at=timezone.now() + HOUR)
    late(name="of another SA")
    found = sections_of(me)
    assert names(found["overdue"]) == ["returned and late", "an hour late"]
    assert names(found["returned"]) == ["returned and late"]
    assert names(found["to_do"]) == ["in time"]


def test_a_review_waits_for_those_who_may_decide_it_alone(settings):
    settings.LEAD_LIMITS, settings.SECOND_APPROVAL_LIMITS = {"EUR": 1000}, {"EUR": 5000}
    for name, value in (("small", 1000), ("middle", 5000), ("large", 9000)):
        in_review(name=name, deal_value=value)
    in_review(
        name="elsewhere",
        deal_value=1,
        practice="Data",
        to=UserFactory(roles=[Role.SA], practices=["Data"]),
    )
    chief, manager = lead(), bid_manager()
    assert set(names(sections_of(chief)["decide"])) == {"small", "large"}
    assert sections_of(manager)["decide"]["count"] == 4
    Opportunity.objects.filter(name="large").update(first_approved_by=chief)
    assert names(sections_of(chief)["decide"]) == ["small"]
    second = {row["name"]: row["why"] for row in sections_of(manager)["decide"]["rows"]}
    assert (second["large"], second["small"]) == ("Needs a second approval", "")


@pytest.mark.parametrize(
    ("lead_limits", "second_limits", "wanted"),
    [
        ({"EUR": 1000}, {}, {"small"}),
        ({}, {"EUR": 5000}, {"small", "large"}),
        ({}, {}, {"small", "large"}),
    ],
)
def test_without_a_limit_every_value_is_within_it(settings, lead_limits, second_limits, wanted):
    settings.LEAD_LIMITS, settings.SECOND_APPROVAL_LIMITS = lead_limits, second_limits
    for name, value in (("small", 1000), ("large", 9000)):
        in_review(name=name, deal_value=value)
    assert set(names(sections_of(lead())["decide"])) == wanted


def test_nobody_is_asked_to_decide_what_they_scored():
    both = UserFactory(roles=[Role.SA, Role.BID_MANAGER], practices=["Cloud"])
    in_review(to=both)
    assert sections_of(both)["decide"]["count"] == 0
    assert sections_of(bid_manager())["decide"]["count"] == 1


def test_an_open_condition_waits_for_its_owner_and_says_what_it_asks():
    row, owner = deal(S.CONDITIONAL, name="theirs"), UserFactory(roles=[Role.VIEWER])
    own_a_condition(row, owner)
    (told,) = sections_of(owner)["conditions"]["rows"]
    assert (told["name"], told["why"]) == ("theirs", "Name a delivery lead.")
    assert sections_of(bid_manager())["conditions"]["count"] == 0


def test_a_bid_manager_is_told_why_a_deal_needs_attention():
    late(S.IN_REVIEW, name="slow")
    deal(S.ON_HOLD, name="held", hold_review_on=date(2026, 1, 1))
    why = {row["name"]: row["why"] for row in sections_of(bid_manager())["attention"]["rows"]}
    assert why == {"slow": "In review for too long", "held": "Hold due for review"}


def test_a_mention_waits_until_it_is_seen_and_a_watched_deal_once_it_changed():
    row, person = deal(S.ASSIGNED, name="talked about"), UserFactory(roles=[Role.SA])
    comment = {"text": "Look at this.", "mentions": [str(person.pk)]}
    assert (
        client_of(row.assigned_sa).post(f"{LIST}/{row.pk}/comments", comment, "json").status_code
        == 201
    )
    assert names(sections_of(person)["mentions"]) == ["talked about"]
    theirs = client_of(person)
    theirs.post(f"{LIST}/{row.pk}/seen")
    assert sections_of(person)["mentions"]["count"] == 0
    theirs.put(f"{LIST}/{row.pk}/watch")
    assert sections_of(person)["watched"]["count"] == 0
    client_of(row.assigned_sa).post(f"{LIST}/{row.pk}/comments", {"text": "News."})
    assert names(sections_of(person)["watched"]) == ["talked about"]


def test_a_sales_owner_finds_the_open_deals_that_the_crm_says_are_theirs():
    me = UserFactory(roles=[Role.SALES_OWNER], crm_owner_name="ANA SILVA")
    OpportunityFactory(name="mine", sales_owner="Ana Silva")
    OpportunityFactory(name="hers", sales_owner="Eva Novak")
    OpportunityFactory(name="nobody's", sales_owner=None)
    deal(S.CLOSED_IN_CRM, name="closed", sales_owner="Ana Silva")
    client = client_of(me)
    assert names(sections_of(me)["sold"]) == ["mine"]
    for filters, found in (
        ({"sold_by_me": "true"}, {"mine", "closed"}),
        ({"sold_by_me": "false"}, {"hers", "nobody's"}),
        ({"tab": "sold_by_me"}, {"mine", "closed"}),
    ):
        assert {row["name"] for row in client.get(LIST, filters).json()["results"]} == found
    tabs = {tab["name"]: tab["count"] for tab in client.get(f"{LIST}/tabs").json()}
    assert tabs["sold_by_me"] == 2
    assert "sold_by_me" not in {tab["name"] for tab in client_of(sa()).get(f"{LIST}/tabs").json()}


def test_a_person_without_a_name_in_the_crm_sells_nothing():
    OpportunityFactory(sales_owner="")
    nameless = any_user(roles=[Role.SALES_OWNER])
    assert nameless.get(LIST, {"sold_by_me": "true"}).json()["count"] == 0


def test_a_section_costs_one_query_however_many_rows_it_has(django_assert_num_queries):
    me = sa()
    for size in (1, 7):
        for _ in range(size):
            late(assigned_sa=me)
        client = client_of(UserFactory._meta.model.objects.get(pk=me.pk))
        # Access and emptiness, seven sections, their rows, and what changed in these.
        with django_assert_num_queries(11):
            client.get(URL)


def test_a_deal_that_goes_while_they_are_read_costs_only_itself():
    me = sa()
    stays, goes = late(assigned_sa=me), late(assigned_sa=me)

    def remove(execute, sql, *rest):
        answer = execute(sql, *rest)
        if "in_section" in sql:
            type(goes).objects.filter(pk=goes.pk).delete()
        return answer

    with connection.execute_wrapper(remove):
        sections = client_of(me).get(URL).json()["sections"]
    shown = {row["id"] for section in sections for row in section["rows"]}
    assert shown == {str(stays.pk)}


def test_an_empty_system_names_whom_to_ask():
    UserFactory(first_name="Ada", last_name="Kowalska", roles=[Role.ADMINISTRATOR])
    told = any_user().get(URL).json()
    assert told["is_system_empty"]
    assert [person["name"] for person in told["administrators"]] == ["Ada Kowalska"]
    OpportunityFactory()
    told = any_user().get(URL).json()
    assert (told["is_system_empty"], told["administrators"]) == (False, [])


def test_without_the_right_to_see_opportunities_nothing_waits():
    assert any_user(reads=False).get(URL).status_code == 403


def test_a_section_that_does_not_exist_is_refused():
    assert any_user().get(LIST, {"for_you": "everything"}).status_code == 400
