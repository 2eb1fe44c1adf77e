"""What a program gets that asks what changed."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.decisions.conditions import condition_settle
from assessments.models import ConditionState, Decision
from assessments.tests.factories import SCREEN, bid_manager, in_review
from opportunities.access.roles import Role
from opportunities.domain.states import Action
from opportunities.lists.slots import waiting_slot
from opportunities.models import FeedPosition, Opportunity
from opportunities.tests.api_clients import any_user, client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.tests.feed.reader import BASE, URL, Reader, feed_client, lines_of
from opportunities.workflow.services import opportunity_comment
from opportunities.workflow.transitions import apply_transition

# On PostgreSQL the feed tells of what is committed.
IS_POSTGRES = connection.vendor == "postgresql"
pytestmark = pytest.mark.django_db(transaction=IS_POSTGRES)


def decided_with_condition():
    deal = in_review()
    condition = {"text": "Legal agrees", "owner": bid_manager(), "due_on": "2099-01-04"}
    return apply_transition(
        deal,
        Action.APPROVE_WITH_CONDITIONS,
        by=bid_manager(),
        params={"conditions": [condition]},
        reason="Worth it",
        **SCREEN,
    )


def kinds(changes):
    return [each["kind"] for each in changes]


def test_each_kind_of_thing_is_told_with_its_state():
    reader = Reader().read_base()
    deal = decided_with_condition()
    reader.follow()
    told = {each["kind"]: each for each in reader.seen}
    assert told.keys() == {"opportunity", "event", "assessment", "decision", "condition"}
    assert {each["deal"] for each in reader.seen} == {deal.remote_id}
    assert told["opportunity"]["state"]["workflow_status"] == deal.workflow_status
    assert told["event"]["state"]["action"] == "APPROVE_WITH_CONDITIONS"
    assert told["assessment"]["state"]["status"] == "DECIDED"
    assert told["decision"]["state"]["outcome"] == "CONDITIONAL"
    assert told["condition"]["state"]["decision_id"] == str(Decision.objects.get().pk)
    assert told["opportunity"]["state"]["updated_at"] == told["opportunity"]["at"]


@pytest.mark.any_database
def test_a_settled_condition_is_a_change_of_its_own():
    deal = decided_with_condition()
    reader = Reader().read_base()
    condition = deal.decisions.get().conditions.get()
    condition_settle(
        condition=condition.pk,
        state=ConditionState.MET,
        reason="Done",
        by=condition.owner,
        **SCREEN,
    )
    reader.follow()
    (told,) = [each for each in reader.seen if each["kind"] == "condition"]
    assert told["state"]["state"] == "MET"


@pytest.mark.any_database
def test_a_draft_is_told_of_once_it_is_submitted():
    reader = Reader().read_base()
    deal = in_review()
    (version,) = [each for each in reader.follow().seen if each["kind"] == "assessment"]
    assert version["state"]["id"] == str(deal.assessments.get().pk)


@pytest.mark.any_database
def test_a_repeat_has_the_same_id_and_a_new_change_another_one():
    reader = Reader().read_base()
    deal = OpportunityFactory()
    before = reader.cursor
    (first,) = reader.page()["changes"]
    reader.cursor = before
    assert reader.page()["changes"] == [first]
    Opportunity.objects.update(sa_notes="Call them")
    (second,) = reader.page()["changes"]
    assert second["id"] != first["id"]
    assert first["id"].startswith(f"opportunity:{deal.pk}:")


def test_no_way_of_writing_goes_past_the_feed():
    deals = OpportunityFactory.create_batch(3)
    reader = Reader().read_base()
    Opportunity.objects.filter(pk=deals[0].pk).update(geo="APAC")
    deals[1].geo = "APAC"
    Opportunity.objects.bulk_update([deals[1]], ["geo"])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM opportunities WHERE id = %s", [deals[2].pk])
    reader.follow()
    assert [(each["id"].split(":")[1], each["state"] is None) for each in reader.seen] == [
        (str(deals[0].pk), False),
        (str(deals[1].pk), False),
        (str(deals[2].pk), True),
    ]


@pytest.mark.skipif(not IS_POSTGRES, reason="SQLite sees rows, not values")
def test_what_is_written_as_it_was_is_no_change():
    OpportunityFactory(geo="EMEA")
    reader = Reader().read_base()
    Opportunity.objects.update(geo="EMEA")
    assert reader.page()["changes"] == []


@pytest.mark.skipif(not IS_POSTGRES, reason="SQLite has no TRUNCATE")
def test_an_emptied_table_is_told_of():
    OpportunityFactory.create_batch(2)
    reader = Reader().read_base()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE opportunities CASCADE")
    assert reader.follow().known == {}
    assert len(reader.seen) == 2


def test_a_page_ends_at_its_limit_and_goes_on_there():
    reader = Reader().read_base()
    deals = OpportunityFactory.create_batch(5)
    first = reader.page(limit=2)
    assert (len(first["changes"]), first["has_more"]) == (2, True)
    reader.follow(limit=2)
    assert [each["deal"] for each in reader.seen] == [deal.remote_id for deal in deals]
    assert reader.page()["changes"] == []


@pytest.mark.any_database
def test_without_a_cursor_comes_the_cursor_of_now():
    OpportunityFactory()
    page = feed_client().get(URL).json()
    assert (page["changes"], page["has_more"]) == ([], False)
    reader = Reader()
    reader.cursor = page["next"]
    OpportunityFactory()
    assert len(reader.page()["changes"]) == 1


def test_the_base_has_everything_the_feed_tells_of_and_its_last_line_says_it_is_whole():
    decided_with_condition()
    client = feed_client()
    first, *things, last = lines_of(client)
    assert last == {"end": FeedPosition.objects.count()} == {"end": len(things)}
    assert {*kinds(things)} == {"opportunity", "event", "assessment", "decision", "condition"}
    assert client.get(URL, {"after": first["next"]}).json()["changes"] == []


@pytest.mark.parametrize("kind", ["opportunity", "event", "assessment", "decision", "condition"])
def test_a_page_costs_the_same_queries_however_many_changes_it_has(kind):
    client, cursor = feed_client(), Reader().read_base().cursor
    costs, _ = [], client.get(URL)
    for count in (1, 3):
        while FeedPosition.objects.filter(kind=kind).count() < count:
            decided_with_condition()
        FeedPosition.objects.exclude(kind=kind).delete()
        with CaptureQueriesContext(connection) as queries:
            page = client.get(URL, {"after": cursor}).json()
        assert {*kinds(page["changes"])} == {kind}
        costs.append(len(queries))
    # The head, what is forgotten, positions, rows; and the names of people in events.
    assert costs == [4 + (kind == "event")] * 2


@pytest.mark.any_database
@pytest.mark.parametrize("spoilt", ["", "nonsense", "cut"])
def test_a_cursor_that_is_none_of_this_database_leads_to_the_base(spoilt):
    client = feed_client()
    cursor = client.get(URL).json()["next"]
    answer = client.get(URL, {"after": cursor[:-3] if spoilt == "cut" else spoilt or "x"})
    assert answer.status_code == 410
    assert (answer.json()["code"], answer.json()["base"]) == ("read_base_again", BASE)


def test_a_cursor_from_before_a_restore_leads_to_the_base():
    client = feed_client()
    cursor = client.get(URL).json()["next"]
    assert client.get(URL, {"after": cursor}).status_code == 200
    restore()
    assert client.get(URL, {"after": cursor}).status_code == 410


def restore():
    """As pg_restore does it: the table is another one. SQLite's file is an older one."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE TABLE restored (LIKE feed_positions INCLUDING ALL);"
                "DROP TABLE feed_positions; ALTER TABLE restored RENAME TO feed_positions"
            )
        else:
            cursor.execute("UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'feed_positions'")


def test_who_missed_a_removal_that_is_forgotten_reads_the_base_again(settings):
    settings.FEED_DAYS = 30
    late, deals = Reader().read_base(), OpportunityFactory.create_batch(4)
    for deal in deals[:3]:
        deal.delete()
    in_time = Reader().read_base()
    FeedPosition.objects.filter(is_gone=True).update(changed_at=timezone.now() - timedelta(days=31))
    call_command("prune_sync_history")
    assert FeedPosition.objects.filter(is_gone=True).count() == 1
    assert late.client.get(URL, {"after": late.cursor}).status_code == 410
    deals[3].delete()
    assert in_time.follow().known == Reader().read_base().known == {}


@pytest.mark.any_database
def test_who_sees_some_deals_only_gets_no_feed(settings):
    settings.RESTRICT_VISIBILITY = True
    for path in (URL, BASE):
        answer = feed_client(roles=[Role.SA]).get(path)
        assert answer.status_code == 403
        assert "only some opportunities" in answer.json()["detail"]
    assert feed_client(roles=[Role.VIEWER]).get(URL).status_code == 200


@pytest.mark.any_database
def test_the_feed_has_a_right_of_its_own():
    assert any_user(permissions=["view_opportunity"]).get(URL).status_code == 403
    assert any_user(permissions=["read_feed"]).get(URL).status_code == 403
    assert client_of(UserFactory(roles=[Role.AUDITOR])).get(URL).status_code == 200


def test_a_wait_ends_with_the_first_change(monkeypatch):
    reader = Reader().read_base()
    monkeypatch.setattr("opportunities.feed.reading.time.sleep", lambda _: OpportunityFactory())
    assert len(reader.page(wait=20)["changes"]) == 1


@pytest.mark.any_database
def test_few_may_wait_at_once():
    client = feed_client()
    with waiting_slot(), waiting_slot():
        assert client.get(URL, {"wait": 1}).status_code == 429
        assert client.get(URL).status_code == 200


@pytest.mark.any_database
@pytest.mark.parametrize(
    "wrong", [{"limit": 0}, {"limit": 1001}, {"limit": "x"}, {"wait": 21}, {"since": "x"}]
)
def test_what_cannot_be_asked_is_refused(wrong):
    assert feed_client().get(URL, wrong).status_code == 400


def test_a_comment_moves_the_filter_and_a_change_of_the_row_its_updated_at():
    deal, by = OpportunityFactory(), bid_manager()
    client = any_user()

    def row():
        return client.get("/api/opportunities").json()["results"][0]

    def found(since):
        return client.get("/api/opportunities", {"changed_since": since}).json()["count"]

    made = row()["updated_at"]
    assert found(made) == 1
    after = timezone.now().isoformat()
    assert found(after) == 0
    opportunity_comment(opportunity=deal, by=by, text="Well", **SCREEN)
    assert (found(after), row()["updated_at"]) == (1, made)
    Opportunity.objects.update(removed_in_crm_at=timezone.now())
    assert row()["updated_at"] > made
