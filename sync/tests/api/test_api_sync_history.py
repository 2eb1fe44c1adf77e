import pytest

from opportunities.tests.api_clients import any_user
from opportunities.tests.factories import UserFactory
from sync.models import SyncLog
from sync.tests.factories import SyncLogFactory

pytestmark = pytest.mark.django_db
URL = "/api/sync-history"


def ids(**parameters):
    answer = any_user().get(URL, parameters)
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["results"]]


def test_the_newest_run_comes_first():
    older, newer = SyncLogFactory(), SyncLogFactory()
    assert ids() == [str(newer.pk), str(older.pk)]


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"status": "FAILED"}, ["nightly"]),
        ({"status": ["FAILED", "SUCCESS"]}, ["by hand", "nightly"]),
        ({"sync_type": "FULL"}, ["by hand"]),
        ({"trigger": "CRON"}, ["nightly"]),
        ({"trigger": "CRON", "status": "SUCCESS"}, []),
        ({"status": "RUNNING"}, []),
    ],
)
def test_the_history_is_narrowed_by(parameters, found):
    runs = {
        "nightly": SyncLogFactory(status="FAILED", trigger="CRON"),
        "by hand": SyncLogFactory(sync_type="FULL", trigger="API"),
    }
    assert ids(**parameters) == [str(runs[name].pk) for name in found]


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("status", "success"),
        ("sync_type", "HALF"),
        ("trigger", "MOON"),
        ("search", "x"),
        ("page_size", "501"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(parameter, value):
    answer = any_user().get(URL, {parameter: value})
    assert answer.status_code == 400
    assert [each["field"] for each in answer.json()["errors"]] == [parameter]


def test_sixty_runs_cost_as_many_queries_as_three(django_assert_num_queries):
    client = any_user()
    for total in (3, 60):
        for _ in range(total - SyncLog.objects.count()):
            SyncLogFactory(user=UserFactory())
        with django_assert_num_queries(2):
            rows = client.get(URL, {"page_size": 100}).json()["results"]
        assert len(rows) == total


def test_a_run_has_an_address_of_its_own():
    log = SyncLogFactory(total_fetched=5, new_records=5, user=UserFactory(username="ada"))
    answer = any_user().get(f"{URL}/{log.pk}").json()
    assert (answer["id"], answer["new_records"], answer["user"]["name"]) == (str(log.pk), 5, "ada")


def test_a_run_tells_what_was_otherwise_than_expected():
    told = {
        "remarks": ["Oracle keeps no clock."],
        "absent_attributes": ["PartyName1"],
        "unmapped_statuses": ["NO_SALE"],
        "unmapped_attributes": ["Region_c"],
    }
    log = SyncLogFactory(**told)
    (row,) = any_user().get(URL).json()["results"]
    detail = any_user().get(f"{URL}/{log.pk}").json()
    for name, value in told.items():
        assert row[name] == detail[name] == value


def test_a_remark_names_settings_to_those_who_can_change_them():
    SyncLogFactory(remarks=["Oracle has no clock. Check ORACLE_BASE_URL."])
    (row,) = any_user().get(URL).json()["results"]
    assert row["remarks"] == ["Oracle has no clock. Ask an administrator."]


def test_a_run_that_is_not_there_is_not_found():
    assert any_user().get(f"{URL}/7").status_code == 404
