"""Settings and commands are named to whoever can use them; everybody else is told whom to ask."""

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from opportunities.access.operators import ASK, TOOLS, for_reader
from opportunities.access.roles import Role
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import UserFactory
from sync.models import SyncLog, SyncStatus
from sync.schedule.crontab import Installed
from sync.tests.factories import SyncLogFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
OTHERS = [role for role in Role if role is not Role.ADMINISTRATOR]
MESSAGE = "Oracle refused the login: check ORACLE_USERNAME and ORACLE_PASSWORD."


def read_everywhere(role: Role) -> str:
    """All that somebody of this role reads about a sync that failed, in API and admin."""
    user = UserFactory(roles=[role], is_staff=True)
    api, admin = client_of(user), Client()
    admin.force_login(user)
    run = SyncLog.objects.get()
    pages = [api.get(f"/api/{address}") for address in ("sync-status", "sync-history")]
    pages += [api.get(f"/api/sync-history/{run.pk}"), api.get("/api/sync-progress")]
    addresses = [reverse("admin:index"), reverse("admin:sync_synclog_change", args=[run.pk])]
    pages += [admin.get(address) for address in addresses]
    assert {page.status_code for page in pages} == {200}
    return "".join(page.content.decode() for page in pages)


@pytest.fixture(autouse=True)
def a_sync_that_failed():
    SyncLogFactory(status=SyncStatus.FAILED, error_message=MESSAGE)


@pytest.mark.parametrize("role", OTHERS)
def test_who_cannot_change_a_setting_reads_none_of_their_names(role: Role):
    read = read_everywhere(role)
    assert f"Oracle refused the login. {ASK}" in read
    for word in ("ORACLE_USERNAME", "manage.py", "SYNC_SCHEDULE"):
        assert word not in read


def test_an_administrator_reads_which_setting_to_change():
    read = read_everywhere(Role.ADMINISTRATOR)
    assert read.count(MESSAGE) >= 4
    assert "manage.py schedule add" in read


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (Installed.NO.value, f"The schedule is not installed. {ASK}"),
        ("Gone. If they are really gone, run `sync_oracle --full`.", f"Gone. {ASK}"),
        ("ORACLE_BASE_URL is not set.", ASK),
        (
            "The sync could not start: exit code 3. The job log x on the server tells more.",
            f"The sync could not start. {ASK}",
        ),
        ("Oracle does not answer.", "Oracle does not answer."),
    ],
)
def test_what_is_left_of_a_sentence_is_one(sentence: str, told: str):
    assert for_reader(sentence, None) == told


def test_every_setting_has_a_name_that_is_told_by():
    names = [name for name in dir(django_settings) if name.startswith(("ORACLE_", "SYNC_"))]
    assert [name for name in names if not TOOLS.search(name)] == []
