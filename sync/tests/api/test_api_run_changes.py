"""What one run changed: the opportunities with old and new, and the same as a file."""

import csv
from datetime import timedelta
from io import StringIO

import pytest

from audit.models import AuditEvent, AuditKind
from opportunities.access.roles import Role
from opportunities.tests.api_clients import any_user, client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory
from sync.tests.factories import OpportunityChangeFactory, SyncLogFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    return SyncLogFactory()


def url_of(run):
    return f"/api/sync-history/{run.pk}/changes"


def seen_in(run, **values):
    return OpportunityFactory(first_seen_at=run.started_at + timedelta(seconds=10), **values)


def change(run, deal, field="stage", old="Discovery", new="Proposal"):
    values = {"field": field, "old": old, "new": new}
    return OpportunityChangeFactory(sync_log=run, opportunity=deal, **values)


def bid_manager():
    return any_user(roles=[Role.BID_MANAGER])


def lines_of(answer):
    assert answer.status_code == 200, answer.content
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_a_run_lists_its_opportunities_with_old_and_new_of_each_field(run):
    beta, alpha = OpportunityFactory(name="Beta"), OpportunityFactory(name="Alpha")
    change(run, beta)
    change(run, alpha, "deal_value", "100.00", "250.00")
    change(run, alpha, "extra.Region_c", None, "North")
    change(SyncLogFactory(), OpportunityFactory())
    answer = any_user().get(url_of(run)).json()
    assert [deal["name"] for deal in answer["results"]] == ["Alpha", "Beta"]
    assert answer["count"] == 2
    value, region = answer["results"][0]["changes"]
    assert (value["label"], value["old"], value["new"]) == ("Value", "100.00", "250.00")
    assert (region["field"], region["label"]) == ("extra.Region_c", "Region_c")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"field": "deal_value"}, {"Cloud": ["deal_value"]}),
        ({"field": ["deal_value", "stage"]}, {"Cloud": ["stage", "deal_value"], "Data": ["stage"]}),
        ({"practice": "Data"}, {"Data": ["stage"]}),
        ({"practice": "Data", "field": "deal_value"}, {}),
    ],
)
def test_they_are_narrowed_by_field_and_practice(run, asked, found):
    cloud = OpportunityFactory(name="Cloud", practice="Cloud")
    for field in ("stage", "deal_value"):
        change(run, cloud, field)
    change(run, OpportunityFactory(name="Data", practice="Data"))
    answer = any_user().get(url_of(run), asked).json()
    told = {deal["name"]: [each["field"] for each in deal["changes"]] for deal in answer["results"]}
    assert told == found


def test_it_lists_what_is_new_removed_and_back_beside_what_changed(run):
    seen_in(run, name="Fresh", stage="Discovery")
    seen_in(SyncLogFactory(), name="Of a later run")
    gone, back = OpportunityFactory(name="Gone"), OpportunityFactory(name="Back")
    change(run, gone, "removed_in_crm_at", None, "2026-11-01T00:00:00+00:00")
    change(run, back, "removed_in_crm_at", "2026-10-01T00:00:00+00:00", None)
    change(run, back)
    change(run, OpportunityFactory(name="Moved"))
    client = any_user()
    kinds = {deal["name"]: deal["kind"] for deal in client.get(url_of(run)).json()["results"]}
    assert kinds == {"Back": "returned", "Fresh": "new", "Gone": "removed", "Moved": "changed"}
    for name, kind in kinds.items():
        (found,) = client.get(url_of(run), {"kind": kind}).json()["results"]
        assert found["name"] == name
    fresh = client.get(url_of(run), {"kind": "new"}).json()["results"][0]
    assert (fresh["stage"], fresh["changes"]) == ("Discovery", [])


def test_what_is_new_while_a_run_goes_on_is_listed_already():
    running = SyncLogFactory(is_running=True)
    seen_in(running, name="Fresh")
    assert any_user().get(url_of(running)).json()["count"] == 1


def test_a_field_leaves_out_what_is_new(run):
    seen_in(run)
    change(run, OpportunityFactory(name="Moved"))
    answer = any_user().get(url_of(run), {"field": "stage"}).json()
    assert [deal["name"] for deal in answer["results"]] == ["Moved"]


def test_forty_opportunities_cost_as_many_queries_as_two(run, django_assert_num_queries):
    client = any_user()
    client.get(url_of(run))  # Who the reader is, is asked once.
    for total in (2, 38):
        for _ in range(total):
            change(run, seen_in(run))
        # The run, how many, the page, and its changes.
        with django_assert_num_queries(4):
            answer = client.get(url_of(run), {"page_size": 100}).json()
    assert answer["count"] == len(answer["results"]) == 40


def test_the_next_page_begins_where_the_last_ended(run):
    for name in "cab":
        change(run, OpportunityFactory(name=name))
    client, asked = any_user(), {"page_size": 2}
    first = client.get(url_of(run), asked).json()
    second = client.get(url_of(run), {**asked, "cursor": first["next_cursor"]}).json()
    pages = [[deal["name"] for deal in page["results"]] for page in (first, second)]
    assert pages == [["a", "b"], ["c"]]


def test_nobody_sees_changes_of_opportunities_that_they_do_not_see(run, settings):
    settings.RESTRICT_VISIBILITY = True
    change(run, OpportunityFactory(name="Mine", practice="Cloud"))
    change(run, OpportunityFactory(name="Other", practice="Data"))
    seen_in(run, name="New and other", practice="Data")
    narrow = any_user(roles=[Role.SA], practices=["Cloud"])
    assert [deal["name"] for deal in narrow.get(url_of(run)).json()["results"]] == ["Mine"]
    assert bid_manager().get(url_of(run)).json()["count"] == 3


@pytest.mark.parametrize(
    ("held", "codes"),
    [
        (["view_opportunity"], (403, 403)),
        (["view_synclog"], (200, 403)),
        (["export_opportunity", "view_opportunity"], (403, 403)),
        (["view_synclog", "export_opportunity"], (200, 200)),
    ],
)
def test_the_list_is_for_those_who_see_syncs_and_the_file_for_those_who_export(run, held, codes):
    client = client_of(UserFactory(permissions=held))
    addresses = (url_of(run), f"{url_of(run)}/export.csv")
    assert tuple(client.get(address).status_code for address in addresses) == codes


def test_who_may_see_syncs_but_no_opportunities_finds_none(run):
    change(run, OpportunityFactory())
    client = client_of(UserFactory(permissions=["view_synclog"]))
    assert client.get(url_of(run)).json()["count"] == 0


def test_a_run_that_is_not_there_is_not_found():
    for address in ("/api/sync-history/999/changes", "/api/sync-history/999/changes/export.csv"):
        assert bid_manager().get(address).status_code == 404


def test_the_file_has_a_line_for_each_field_and_the_same_filters(run):
    deal = OpportunityFactory(name="Alpha", practice="Cloud", currency="EUR")
    change(run, deal, "deal_value", "100.00", "250.00")
    change(run, deal, "workflow_status", "NEW", "CLOSED_IN_CRM")
    value, state = lines_of(bid_manager().get(f"{url_of(run)}/export.csv"))
    assert (value["Field"], value["Old"], value["New"]) == ("Value", "100.00", "250.00")
    assert (value["Opportunity"], value["Currency"]) == ("Alpha", "EUR")
    assert (state["Field"], state["New"]) == ("State", "Closed in CRM")
    (only,) = lines_of(bid_manager().get(f"{url_of(run)}/export.csv", {"field": "deal_value"}))
    assert only["Field"] == "Value"


def test_the_file_has_a_line_for_what_is_new(run):
    fresh = seen_in(run, name="Fresh", opty_number="OPTY-1")
    change(run, OpportunityFactory(name="Moved"))
    new, changed = lines_of(bid_manager().get(f"{url_of(run)}/export.csv"))
    assert (new["Number"], new["Change"], new["Field"]) == ("OPTY-1", "New", "")
    assert new["At"].startswith(f"{fresh.first_seen_at:%Y-%m-%d}")
    assert (changed["Change"], changed["Field"]) == ("Changed", "Sales stage")
    (only,) = lines_of(bid_manager().get(f"{url_of(run)}/export.csv", {"kind": "new"}))
    assert only["Opportunity"] == "Fresh"


def test_a_spreadsheet_runs_nothing_of_the_file(run):
    change(run, OpportunityFactory(name="=1+1"), new="@SUM(A1)")
    (line,) = lines_of(bid_manager().get(f"{url_of(run)}/export.csv"))
    assert (line["Opportunity"], line["New"]) == ("'=1+1", "'@SUM(A1)")


def test_who_took_the_file_is_kept(run):
    change(run, OpportunityFactory())
    lines_of(bid_manager().get(f"{url_of(run)}/export.csv", {"field": "stage"}))
    event = AuditEvent.objects.get(kind=AuditKind.EXPORT_MADE)
    assert event.details["query"] == f"{url_of(run)}/export.csv?field=stage"
    assert event.details["rows"] == 1


def test_a_file_of_too_many_lines_is_refused(run, settings):
    settings.EXPORT_MAX_ROWS = 1
    for _ in range(2):
        change(run, OpportunityFactory())
    answer = bid_manager().get(f"{url_of(run)}/export.csv")
    assert (answer.status_code, answer.json()["code"]) == (422, "too_many_rows")
