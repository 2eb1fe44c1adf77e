"""What happens is on record: in the table, and as a line for whoever watches."""

import json
import logging
import socket

import pytest
from django.contrib.auth.models import User
from django.test import Client, RequestFactory

from audit.models import AuditEvent, AuditIsAppendOnly, AuditKind
from audit.recording import log, record
from audit.settings_seen import note_settings
from opportunities.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a long way home 7"


@pytest.fixture
def lines():
    """Each line that a watching system would read."""
    told: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda entry: told.append(entry.getMessage())
    log.addHandler(handler)
    yield told
    log.removeHandler(handler)


def person() -> User:
    user = UserFactory()
    user.set_password(PASSWORD)
    user.save()
    return user


def kinds() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("kind", flat=True))


def signed_in_from(address: str, name: str, password: str) -> Client:
    client = Client(REMOTE_ADDR=address)
    client.get("/api/session")
    client.post(
        "/api/session",
        {"username": name, "password": password},
        content_type="application/json",
        headers={"X-Request-ID": "from-the-proxy"},
    )
    return client


def test_a_session_is_on_record_from_its_beginning_to_its_end():
    user = person()
    client = signed_in_from("192.0.2.77", user.username, PASSWORD)
    client.delete("/api/session")
    opened = AuditEvent.objects.earliest("id")
    assert kinds() == ["session.opened", "session.closed"]
    assert (opened.actor_id, opened.address) == (user.pk, "192.0.2.77")
    assert opened.request_id == "from-the-proxy"


def test_a_failure_names_whom_it_was_tried_for_and_never_what_was_typed():
    user = person()
    signed_in_from("192.0.2.77", user.username, "wrong")
    signed_in_from("192.0.2.77", "hunter2 typed into the name", "wrong")
    known, unknown = AuditEvent.objects.order_by("id")
    assert (known.kind, known.actor_id, known.about_id) == ("session.failed", None, str(user.pk))
    assert unknown.about_id == ""
    assert "hunter2" not in json.dumps(unknown.details)


def test_each_event_is_a_line_of_json_once_it_is_committed(
    lines, django_capture_on_commit_callbacks
):
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.77")
    user = UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        record(AuditKind.EXPORT_MADE, request=request, actor=user, about=user, rows=7)
        assert lines == []
    told = json.loads(lines[0])
    assert told["kind"] == "export.made"
    assert told["about"] == {"kind": "auth.user", "id": str(user.pk)}
    assert (told["actor"], told["address"], told["details"]) == (user.pk, "192.0.2.77", {"rows": 7})


def test_a_kind_that_is_none_is_refused():
    with pytest.raises(ValueError, match=r"token\.mad"):
        record("token.mad")


@pytest.mark.parametrize(
    "change",
    [
        lambda event: event.save(),
        lambda event: event.delete(),
        lambda event: AuditEvent.objects.update(kind="x"),
        lambda event: AuditEvent.objects.all().delete(),
    ],
)
def test_nothing_on_record_is_changed(change):
    event = record(AuditKind.EXPORT_MADE)
    with pytest.raises(AuditIsAppendOnly):
        change(event)


def test_other_settings_are_seen_once_and_never_with_a_secret(monkeypatch):
    monkeypatch.setenv("ORACLE_PASSWORD", "hunter2 of Oracle")
    monkeypatch.setenv("SITE_URL", "https://bqs.example.com")
    note_settings("web")
    note_settings("web")
    monkeypatch.setenv("ORACLE_PASSWORD", "another")
    note_settings("web")
    first, second = AuditEvent.objects.order_by("id")
    assert first.details["settings"]["SITE_URL"] == "https://bqs.example.com"
    assert "hunter2" not in json.dumps(first.details)
    assert second.details["changed"] == ["ORACLE_PASSWORD"]


def test_hosts_with_settings_of_their_own_do_not_note_them_in_turn(monkeypatch):
    for host in ("north", "south", "north", "south"):
        monkeypatch.setattr(socket, "gethostname", lambda host=host: host)
        monkeypatch.setenv("DATA_FOLDER", f"/srv/{host}")
        note_settings("schedule")
    first, second = AuditEvent.objects.order_by("id")
    assert (first.details["host"], second.details["host"]) == ("north", "south")
    assert second.details["changed"] == ["DATA_FOLDER"]


def test_a_container_under_a_new_name_notes_only_what_differs(monkeypatch):
    for host in ("3f2a", "77c1"):
        monkeypatch.setattr(socket, "gethostname", lambda host=host: host)
        note_settings("web")
    assert AuditEvent.objects.count() == 1
