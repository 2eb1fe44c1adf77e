"""Read in one query all that a pulse stands on, and make an ETag of it.

While that is the same, so are the answer and the right to it: bqs/middleware/quiet_pulse.py
says so without looking further (decision 66).
"""

import json
import re
import time
from typing import NamedTuple

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

# Written out, as each open page asks it every other second: building it from models took several
# times as long as answering it.
STATE = """
    SELECT 'session', session_data FROM django_session
    WHERE session_key = %(session)s AND expire_date > %(now)s
    UNION ALL SELECT 'person', password || CAST(is_active AS varchar) || CAST(is_staff AS varchar)
        || CAST(is_superuser AS varchar) FROM auth_user WHERE id = %(person)s
    UNION ALL SELECT 'right', CAST(group_id AS varchar) || ' '
        || coalesce(CAST(permission_id AS varchar), '')
    FROM auth_user_groups mine LEFT JOIN auth_group_permissions held USING (group_id)
    WHERE user_id = %(person)s
    UNION ALL SELECT 'own right', CAST(permission_id AS varchar) FROM auth_user_user_permissions
    WHERE user_id = %(person)s
    UNION ALL SELECT 'second factor', type FROM mfa_authenticator WHERE user_id = %(person)s
    UNION ALL SELECT 'feed', CAST(transaction_id AS varchar) || ' ' || CAST(position AS varchar)
    FROM (SELECT transaction_id, position FROM feed_positions
          ORDER BY transaction_id DESC, position DESC LIMIT 1) last
    UNION ALL SELECT 'sync', CAST(id AS varchar) || ' ' || status || ' ' || CAST(pages AS varchar)
        || ' ' || coalesce(CAST(completed_at AS varchar), '')
    FROM (SELECT id, status, pages, completed_at FROM sync_logs
          ORDER BY started_at DESC, id DESC LIMIT 1) sync
    UNION ALL SELECT 'bell', (
        SELECT CAST(coalesce(max(id), 0) AS varchar) FROM bell_entries WHERE user_id = %(person)s
    ) || ' ' || CAST(count(*) AS varchar)
    FROM bell_entries WHERE user_id = %(person)s AND read_at IS NULL"""
TAG = re.compile(r'(?:W/)?"(?P<person>[0-9]{1,18})\.[0-9a-f]{64}"', re.ASCII)


class PulseState(NamedTuple):
    """Hold what a pulse stands on; each value is a text that changes whenever its subject does."""

    person: int
    rows: list[tuple[str, str]]

    def of(self, kind: str) -> str:
        return next((value for each, value in self.rows if each == kind), "")

    def tag(self, *asked: str | None) -> str:
        """Return the ETag for what was asked.

        It is good for one minute of the clock: a session's age, and that it is in use, are looked
        at once in each.
        """
        stands_on = [sorted(self.rows), asked, time.time() // 60]
        digest = salted_hmac("bqs.pulse", json.dumps(stands_on), algorithm="sha256").hexdigest()
        return f'"{self.person}.{digest}"'


def pulse_state(person: int, session: str | None) -> PulseState:
    with connection.cursor() as cursor:
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        cursor.execute(STATE, {"person": person, "session": session or "", "now": now})
        return PulseState(person, cursor.fetchall())
