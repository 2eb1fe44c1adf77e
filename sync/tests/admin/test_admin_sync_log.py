from datetime import UTC, datetime

import pytest
from django.test import Client
from requests import Session

from opportunities.access.roles import Role
from opportunities.tests.admin_clients import (
    administrator,
    queries_of,
    solution_architect,
    staff,
    text_of,
)
from opportunities.tests.factories import UserFactory
from sync.models import SyncLog
from sync.tests.factories import RejectedRecordFactory, SyncLogFactory
from sync.tests.lock_elsewhere import sync_lock_elsewhere
from sync.tests.scratch_database import scratch_database
from sync.tests.simulator_process import OracleSimulator
from sync.tests.web_server import PASSWORD, WebServer
from sync.tests.worker_process import worker_on

pytestmark = pytest.mark.django_db
LIST = "/admin/sync/synclog/"
SYNC_NOW = f"{LIST}sync_now/"
# What the dialog sends.
CONFIRMED = {"_form_submitted": "True"}


def page_of(log):
    return text_of(solution_architect().get(f"{LIST}{log.pk}/change/"))


def listed(query):
    page = solution_architect().get(f"{LIST}?{query}")
    assert page.status_code == 200
    return set(page.context["cl"].result_list)


def operator():
    return staff("view_synclog", "trigger_sync")


@pytest.fixture
def job_log(settings, tmp_path):
    # A task runs at once, as if a worker had waited for it.
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.SYNC_JOB_LOG = tmp_path / "sync.log"
    return settings.SYNC_JOB_LOG


@pytest.mark.parametrize(
    ("status", "word"), [("SUCCESS", "Success"), ("PARTIAL", "Partial"), ("FAILED", "Failed")]
)
def test_the_status_of_a_run_is_a_word(status, word):
    log = SyncLogFactory(status=status)
    assert f"Status {word}" in page_of(log)
    assert f"{word} Incremental" in text_of(solution_architect().get(LIST))


def test_a_run_whose_process_lives_is_running():
    log = SyncLogFactory(is_running=True)
    with sync_lock_elsewhere():
        assert "Status Running" in page_of(log)


def test_a_run_whose_process_died_is_interrupted_though_its_log_says_running():
    log = SyncLogFactory(is_running=True)
    assert "Status Interrupted Message If its process has died, the next run" in page_of(log)
    assert "Interrupted Incremental" in text_of(solution_architect().get(LIST))


def test_a_run_tells_its_counts_its_duration_and_who_asked():
    log = SyncLogFactory(
        trigger="ADMIN",
        user=UserFactory(first_name="Inês", last_name="Ferreira"),
        total_fetched=12345,
        new_records=12000,
        unchanged_records=345,
        removals_waiting=1234,
        duration_seconds=4008,
        requests=26,
    )
    page = page_of(log)
    for told in ("Trigger Admin, Inês Ferreira", "Fetched 12,345", "Duration 1 h 6 min"):
        assert told in page
    assert "Removals waiting for a person 1,234" in page
    assert "Requests 26" in page


def test_a_message_is_shown_escaped_with_its_lines():
    log = SyncLogFactory(status="FAILED", error_message="<b>No</b>\nlogin")
    page = solution_architect().get(f"{LIST}{log.pk}/change/")
    assert '<p class="bqs-text">&lt;b&gt;No&lt;/b&gt;\nlogin</p>' in page.content.decode()


def test_attributes_that_no_setting_names_are_listed():
    assert "Attributes not taken over Tier_c, Risk_c" in page_of(
        SyncLogFactory(unmapped_attributes=["Tier_c", "Risk_c"])
    )


def test_what_was_otherwise_than_expected_is_listed():
    page = page_of(
        SyncLogFactory(
            remarks=["Oracle keeps no <clock>.", "Check ORACLE_FINDER."],
            absent_attributes=["PartyName1"],
            unmapped_statuses=["NO_SALE"],
        )
    )
    assert "Remarks Oracle keeps no &lt;clock&gt;. Ask an administrator." in page
    assert "Attributes that Oracle lacks PartyName1 (their columns keep their values)" in page
    assert "Unknown CRM statuses NO_SALE (counted as open)" in page
    quiet = page_of(SyncLogFactory())
    assert "Remarks No remarks" in quiet
    assert "Attributes that Oracle lacks None missing" in quiet


def test_a_run_lists_its_rejected_records_up_to_a_limit_and_says_how_many_there_are():
    log = SyncLogFactory()
    RejectedRecordFactory.create_batch(51, sync_log=log, field="Revenue", reason="is text")
    RejectedRecordFactory(field="Other_c")
    page = page_of(log)
    assert "the latest 50 of 51" in page
    assert page.count("Revenue is text") == 50
    assert "Other_c" not in page


def test_a_rejected_record_of_a_run_is_a_click_away():
    rejected = RejectedRecordFactory()
    page = solution_architect().get(f"{LIST}{rejected.sync_log_id}/change/").content.decode()
    assert f"/admin/sync/rejectedrecord/{rejected.pk}/change/" in page


def test_who_may_not_see_rejected_records_does_not_see_them_in_a_run():
    rejected = RejectedRecordFactory(reason="is text")
    page = text_of(staff("view_synclog").get(f"{LIST}{rejected.sync_log_id}/change/"))
    assert "is text" not in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status__exact=FAILED", "failed"),
        ("sync_type__exact=FULL", "full"),
        ("trigger__exact=CRON", "nightly"),
        ("started_at_from=2026-10-02", "failed"),
        ("started_at_to=2026-09-30", "nightly"),
        ("started_at_from=2026-10-01&started_at_to=2026-10-01", "full"),
    ],
)
def test_runs_can_be_narrowed(query, expected):
    runs = {
        "nightly": SyncLogFactory(
            trigger="CRON", started_at=datetime(2026, 9, 30, 23, 59, tzinfo=UTC)
        ),
        "full": SyncLogFactory(
            sync_type="FULL", started_at=datetime(2026, 10, 1, 23, 59, tzinfo=UTC)
        ),
        "failed": SyncLogFactory(
            status="FAILED", started_at=datetime(2026, 10, 2, 0, 0, tzinfo=UTC)
        ),
    }
    assert listed(query) == {runs[expected]}


def test_nobody_adds_changes_or_deletes_a_run():
    log, admin = SyncLogFactory(), administrator()
    for address in (f"{LIST}add/", f"{LIST}{log.pk}/delete/"):
        assert admin.get(address).status_code == 403
        assert admin.post(address, {"post": "yes"}).status_code == 403
    assert admin.post(f"{LIST}{log.pk}/change/", {"status": "FAILED"}).status_code == 403
    admin.post(LIST, {"action": "delete_selected", "_selected_action": log.pk, "post": "yes"})
    log.refresh_from_db()
    assert log.status == "SUCCESS"


def test_more_runs_cost_no_more_queries():
    browser = solution_architect()
    SyncLogFactory(user=UserFactory())
    SyncLogFactory(is_running=True)
    few = len(queries_of(browser, LIST))
    for _ in range(20):
        SyncLogFactory(user=UserFactory())
    assert len(queries_of(browser, LIST)) == few


def test_sync_now_is_offered_to_who_may_start_one_only():
    assert "Sync now" in text_of(operator().get(LIST))
    assert "Sync now" not in text_of(solution_architect().get(LIST))


def test_who_may_not_start_a_sync_is_refused_at_the_address_itself(job_log):
    browser = solution_architect()
    assert browser.get(SYNC_NOW).status_code == 403
    assert browser.post(SYNC_NOW, CONFIRMED).status_code == 403
    assert not job_log.exists()


def test_a_mere_look_starts_nothing(job_log):
    assert "Start a sync with Oracle?" in text_of(operator().get(SYNC_NOW))
    assert not job_log.exists()


def test_another_site_cannot_start_a_sync_in_our_name(job_log):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(UserFactory(is_staff=True, is_superuser=True))
    assert browser.post(SYNC_NOW, CONFIRMED).status_code == 403
    assert not job_log.exists()


def test_while_one_runs_a_second_is_refused_in_a_sentence(job_log):
    browser = operator()
    with sync_lock_elsewhere():
        answer = browser.post(SYNC_NOW, CONFIRMED)
    assert answer["HX-Redirect"] == LIST
    assert "A sync is running already" in text_of(browser.get(LIST))
    assert not job_log.exists()


def test_a_sync_that_cannot_start_says_why(settings, tmp_path, job_log):
    settings.BASE_DIR = tmp_path
    (tmp_path / "manage.py").write_text("import sys; sys.exit('SECRET_KEY is not set.')")
    told = {}
    for is_superuser in (False, True):
        user = UserFactory(is_staff=True, is_superuser=is_superuser, roles=[Role.BID_MANAGER])
        browser = Client()
        browser.force_login(user)
        browser.post(SYNC_NOW, CONFIRMED)
        told[is_superuser] = text_of(browser.get(LIST))
    assert "SECRET_KEY is not set." in told[True]
    assert "SECRET_KEY" not in told[False]
    assert "Ask an administrator." in told[False]
    assert not SyncLog.objects.exists()


def test_sync_now_starts_a_sync_that_names_who_asked(tmp_path):
    with (
        scratch_database() as database,
        OracleSimulator("--rows", "3") as oracle,
        worker_on(database, ORACLE_BASE_URL=oracle.url, SYNC_JOB_LOG=str(tmp_path / "sync.log")),
        WebServer(database) as site,
        Session() as browser,
    ):
        browser.trust_env = False
        send(browser, f"{site.url}/accounts/login/", {"login": "admin", "password": PASSWORD})
        answer = send(browser, site.url + SYNC_NOW, CONFIRMED)
        assert answer.headers["HX-Redirect"] == LIST
        assert "Started: full sync of" in browser.get(site.url + LIST).text
        asked_by = "SELECT trigger, username FROM sync_logs JOIN auth_user u ON u.id = user_id"
        assert database.rows(asked_by) == [("ADMIN", "admin")]


def send(browser, address, form):
    browser.get(address)
    token = browser.cookies["csrftoken"]
    answer = browser.post(address, {**form, "csrfmiddlewaretoken": token}, timeout=30)
    assert answer.status_code == 200, answer.text
    return answer
