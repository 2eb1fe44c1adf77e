from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from opportunities.models import Opportunity
from sync.management.commands import prune_sync_history
from sync.models import SyncLog, Trigger
from sync.schedule import cron
from sync.schedule.cron import nightly_sync
from sync.tests.builders import oracle_item
from sync.tests.lock_elsewhere import sync_lock_elsewhere

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def told(caplog):
    """How the sync ended; what follows it, follows it in the log too."""
    lines = [(record.levelname, record.getMessage()) for record in caplog.records]
    return [line for line in lines if line[1].startswith("Scheduled sync")][-1]


def test_the_schedule_syncs_and_says_so(oracle, caplog):
    oracle.serve([oracle_item()])
    nightly_sync()
    assert (SyncLog.objects.get().trigger, Opportunity.objects.count()) == ("CRON", 1)
    assert told(caplog) == ("INFO", "Scheduled sync has ended: it succeeded.")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has the index")
@pytest.mark.django_db(transaction=True)
def test_the_schedule_makes_the_search_index_once_the_first_load_is_in(oracle):
    assert "opp_search_text" not in indexes()
    oracle.serve([oracle_item()])
    nightly_sync()
    nightly_sync()
    assert "opp_search_text" in indexes()


def indexes():
    with connection.cursor() as cursor:
        return connection.introspection.get_constraints(cursor, "opportunities")


def test_a_failed_sync_is_an_error_in_the_job_log_and_in_its_own(settings, caplog):
    settings.ORACLE_BASE_URL = "http://127.0.0.1:9"
    nightly_sync()
    level, words = told(caplog)
    assert (level, "FAILED" in words) == ("ERROR", True)
    assert SyncLog.objects.get().status == "FAILED"


def test_a_partial_sync_is_a_warning(oracle, caplog):
    oracle.serve([oracle_item(), oracle_item(Revenue="much")])
    nightly_sync()
    level, words = told(caplog)
    assert (level, "PARTIAL" in words) == ("WARNING", True)


def test_a_sync_that_finds_another_running_is_left_out(caplog):
    with sync_lock_elsewhere():
        nightly_sync()
    level, words = told(caplog)
    assert (level, "another sync was running" in words) == ("WARNING", True)
    assert not SyncLog.objects.exists()


def test_a_run_of_a_process_that_follows_is_waited_for(oracle, monkeypatch, caplog):
    SyncLog.objects.create(trigger=Trigger.FOLLOW)
    oracle.serve([oracle_item()])
    with ExitStack() as in_the_way:
        in_the_way.enter_context(sync_lock_elsewhere())
        monkeypatch.setattr(cron.time, "sleep", lambda seconds: in_the_way.close())
        nightly_sync()
    assert "it succeeded" in told(caplog)[1]
    assert Opportunity.objects.count() == 1


@pytest.mark.any_database
def test_housekeeping_ends_old_sessions_and_one_that_fails_keeps_no_other_from_its_turn(
    oracle, monkeypatch, caplog
):
    session = Session.objects.create(session_key="old", expire_date=timezone.now() - A_DAY)
    # As a fault of ours would be.
    monkeypatch.setattr(prune_sync_history.Command, "handle", lambda self, **_: 1 / 0)
    nightly_sync()
    assert not Session.objects.filter(pk=session.pk).exists()
    assert "prune_sync_history" in caplog.text
