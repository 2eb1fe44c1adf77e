"""The site while its database is away, and when it comes back."""

import time
from contextlib import closing

import pytest
from django.db import OperationalError, connection

from bqs.database import is_away
from sync.tests.reliability.postgres_cluster import PostgresCluster, can_start
from sync.tests.scratch_database import IS_POSTGRES, ScratchDatabase
from sync.tests.web_server import Gunicorn, WebServer

NOBODY_LISTENS = "postgresql://bqs@127.0.0.1:9/bqs"


class SiteWithoutDatabase(WebServer):
    """Started while the database is away, as after a power cut."""

    def __init__(self) -> None:
        Gunicorn.__init__(self, ScratchDatabase(NOBODY_LISTENS).environment)

    def _log_in(self) -> None:
        pass


@pytest.fixture(scope="module")
def site():
    with SiteWithoutDatabase() as site:
        yield site


def test_health_says_so_within_five_seconds_without_a_word_of_the_address(site):
    begun = time.monotonic()
    answer = site.get("/health/ready")
    assert time.monotonic() - begun < 5
    assert answer.status_code == 503
    (problem,) = answer.json()["problems"]
    assert problem["cause"] == "database_unreachable"
    assert "127.0.0.1" not in answer.text
    assert site.get("/health/live").json() == {"status": "ok"}


@pytest.mark.parametrize("address", ["/", "/admin/", "/accounts/login/"])
def test_a_page_asks_to_try_again(site, address):
    answer = site.get(address)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "cannot reach its database" in answer.text


def test_the_api_answers_with_a_problem(site):
    answer = site.get("/api/opportunities")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "database_away"


@pytest.mark.skipif(not IS_POSTGRES, reason="SQLite has no server to stop")
@pytest.mark.skipif(not can_start(), reason="PostgreSQL's initdb and pg_ctl are not here")
@pytest.mark.django_db
def test_a_site_whose_database_stops_asks_to_wait_and_goes_on_by_itself():
    with PostgresCluster() as cluster:
        cluster.database.manage("migrate", "-v", "0")
        with WebServer(cluster.database) as site:
            assert site.get("/api/opportunities").status_code == 200
            cluster.stop()
            assert [site.get("/api/opportunities").status_code for _ in range(6)] == [503] * 6
            assert site.get("/health/ready").status_code == 503
            cluster.start()
            assert site.get("/api/opportunities").status_code == 200
            assert site.get("/health/ready").status_code == 200


def test_a_wrong_statement_stays_an_error_of_ours(db):
    assert not is_away(OperationalError("no such column"))


@pytest.mark.skipif(not IS_POSTGRES, reason="SQLite locks no table")
@pytest.mark.django_db(transaction=True)
def test_where_a_table_is_locked_health_says_so_in_time(client):
    with closing(connection.get_new_connection(connection.get_connection_params())) as other:
        other.cursor().execute("LOCK TABLE sync_logs")
        begun = time.monotonic()
        answer = client.get("/health/ready")
    assert (answer.status_code, time.monotonic() - begun < 5) == (503, True)
