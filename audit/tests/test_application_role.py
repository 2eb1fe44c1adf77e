"""The site works as a role that owns nothing, by the commands of docs/audit.md."""

import re
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import ApiToken
from assessments.tests.factories import SCREEN, assigned, bid_manager, complete
from audit.models import AuditEvent
from audit.sealing import seal
from audit.tests.test_tampering import decided_deal, verified
from audit.tests.triggers import run
from opportunities.domain.states import Action
from opportunities.models import Opportunity
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.workflow.crm_changes import CrmChanges, follow_crm
from opportunities.workflow.services import opportunity_comment
from opportunities.workflow.transitions import apply_transition
from sync.models import SyncLog, SyncType

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles"),
]
DOCS = Path(__file__).resolve().parents[2] / "docs" / "audit.md"
KEPT = ("opportunity_events", "audit_events", "seals", "assessment_decisions")


@pytest.fixture
def as_application():
    """The transaction ends it all, the roles as well."""
    roles, grants = re.findall(r"```sql\n(.*?)```", DOCS.read_text(), re.S)
    for command in [*roles.split(";"), *grants.split(";")]:
        if command.strip() and "DATABASE" not in command:
            run(command)
    run("SET LOCAL ROLE bqs_app")


def is_denied(statement: str) -> bool:
    try:
        with transaction.atomic():
            run(statement)
    except DatabaseError as refusal:
        return re.search("permission denied|must be owner", str(refusal)) is not None
    return False


def test_it_does_the_work_and_can_neither_change_the_trail_nor_take_its_triggers_off(
    as_application,
):
    deal, by = decided_deal(), bid_manager()
    apply_transition(deal, Action.CONDITIONS_MET, by=by, **SCREEN)
    opportunity_comment(opportunity=deal, by=by, text="Well done", **SCREEN)
    apply_transition(deal, Action.REQUALIFY, by=by, reason="Again", **SCREEN)
    complete(assigned())
    the_crm_closes(OpportunityFactory())
    ApiToken.objects.create(user=by, name="x", digest="x", expires_at=timezone.now())
    Client().force_login(UserFactory())
    SyncLog.objects.create(sync_type=SyncType.FULL)
    assert seal() > 0
    assert verified()[0] == 0
    for table in KEPT:
        assert is_denied(f"UPDATE {table} SET {key_of(table)} = {key_of(table)}"), table
        assert is_denied(f"DELETE FROM {table}"), table
    for table in (*KEPT, "assessments", "assessment_answers", "assessment_conditions"):
        assert is_denied(f"TRUNCATE {table} CASCADE"), table
        assert is_denied(f"ALTER TABLE {table} DISABLE TRIGGER USER"), table
        assert is_denied(f"DROP TABLE {table} CASCADE"), table
    assert is_denied("SET session_replication_role = replica")
    assert AuditEvent.objects.filter(kind="session.opened").exists()


def the_crm_closes(deal: Opportunity) -> None:
    diff = {"crm_status": ("OPEN", "LOST"), "workflow_status": ("NEW", "CLOSED_IN_CRM")}
    follow_crm([CrmChanges(deal.pk, deal.remote_id, diff)], timezone.now())


def key_of(table: str) -> str:
    return "position" if table == "seals" else "id"
