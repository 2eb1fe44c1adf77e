"""What people decide in the mirror, and how to tell whether a sync has left it alone."""

from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import connection

from opportunities.models import Opportunity
from outbox.models import Event
from sync.models import Reconciliation, RejectedRecord, SyncLog
from sync.tests.reliability.mirror import Query, here

CLOSED_IN_ORACLE = ("WON", "LOST")
NEW_PERSON = """
INSERT INTO auth_user (username, password, first_name, last_name, email,
                       is_superuser, is_staff, is_active, date_joined)
VALUES ('architect', '', '', '', '', FALSE, FALSE, TRUE, CURRENT_TIMESTAMP)
"""
DECIDE = """
UPDATE opportunities
SET workflow_status = CASE id % 4 WHEN 0 THEN 'ASSIGNED' WHEN 1 THEN 'IN_REVIEW'
                                  WHEN 2 THEN 'APPROVED' ELSE 'NO_BID' END,
    assigned_sa_id = (SELECT min(id) FROM auth_user WHERE username = 'architect'),
    sa_notes = 'Seen: ' || remote_id
WHERE workflow_status <> 'CLOSED_IN_CRM'
"""


class Decision(NamedTuple):
    workflow_status: str
    """Of a deal that is closed in the CRM: the one that comes back when it reopens."""
    assigned_sa_id: int | None
    sa_notes: str


def decisions(query: Query) -> dict[str, Decision]:
    """CRM id -> what people decided; fails where the CRM's own status is not followed."""
    found: dict[str, Decision] = {}
    for remote_id, crm_status, status, before_close, *more in query(
        "SELECT remote_id, crm_status, workflow_status, status_before_close, assigned_sa_id, "
        "sa_notes FROM opportunities"
    ):
        is_closed = crm_status in CLOSED_IN_ORACLE
        follows = (status == "CLOSED_IN_CRM", bool(before_close)) == (is_closed, is_closed)
        assert follows, f"{remote_id} is {crm_status} in the CRM and {status}, {before_close} here"
        found[remote_id] = Decision(before_close or status, *more)
    return found


def decide_here() -> dict[str, Decision]:
    """Have people decide in the tests' own database; return what they decided."""
    with connection.cursor() as cursor:
        cursor.execute(NEW_PERSON)
        cursor.execute(DECIDE)
    return decisions(here)


def forget_everything() -> None:
    """Empty the tests' own database of what a sync and people have written."""
    for model in (Event, Opportunity, SyncLog, RejectedRecord, Reconciliation, User):
        model.objects.all().delete()
