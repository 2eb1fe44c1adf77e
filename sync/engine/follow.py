"""Follow Oracle: look every few seconds whether it shows something new, and sync where it does.

A look asks one question and writes nothing. It proves nothing either: what it overlooks, the next
run reads, and a run comes at least every few minutes.
"""

import logging
import random
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import islice
from typing import NoReturn

from django.db import Error as DatabaseFailure
from django.db import connection
from django.utils import timezone

from sync import conf
from sync.engine import sync_log
from sync.engine.request import SyncRequest
from sync.engine.run import SyncRun, run_sync
from sync.engine.schema import known_to_lack
from sync.ingest.ingest import Ingester, ParsedPage
from sync.ingest.quarantine import quarantined_ids
from sync.ingest.upsert import Upsert
from sync.models import Trigger
from sync.oracle.errors import OracleError
from sync.oracle.reading.client import OracleClient
from sync.oracle.transport.http import Link
from sync.safety.lock import AlreadyRunning
from sync.safety.refused_login import is_left_alone
from sync.safety.watermark import Began
from sync.schedule.worker import follower_rests

logger = logging.getLogger(__name__)

EVERY_S = 15.0
RUN_EVERY_S = 300.0
LOOK_BACK = timedelta(seconds=30)
"""How far a look reaches behind the one before: a change is committed soon after its stamp. The
run that is due anyway reads the whole overlap."""
MOST_PAGES = 4
"""Of a look: after a mass update the rest is for the run that is due anyway."""
LONGEST_PAUSE_S = 900.0
IDLE_SHARE = 4
"""Of the time a look took, so many times as much passes before the next."""


class Follower:
    def __init__(self, every_s: float, ended: Callable[[SyncRun], None]) -> None:
        """
        Args:
            ended: told of every run.
        """
        self._every_s, self._ended = every_s, ended
        self._pause_s = every_s
        self._run_due_s = time.monotonic()
        self._looks = self._requests = self._retries = 0
        self._link: Link | None = None
        self._began = Began(None, timezone.now())

    def follow(self) -> NoReturn:
        """Poll until the process is stopped. Raises: SharedSession, KeyboardInterrupt."""
        while True:
            if not follower_rests(timezone.now()):
                self.poll()
            # Jitter, so that several do not come in step.
            time.sleep(self._pause_s * random.uniform(0.9, 1.1))  # noqa: S311 - no secret

    def poll(self) -> None:
        """Look or run once, and come again later where Oracle is slow, throttles or refuses."""
        began_s, self._retries = time.monotonic(), 0
        is_well = self._is_answered() and not self._retries
        took_s = time.monotonic() - began_s
        pause_s = IDLE_SHARE * took_s if is_well else 2 * self._pause_s
        self._pause_s = max(self._every_s, min(pause_s, LONGEST_PAUSE_S))

    def _is_answered(self) -> bool:
        try:
            if self._is_refused():
                return False
            return self._run() if self._is_run_due() or self._sees_news() else True
        except AlreadyRunning:
            return True  # Ours stays due.
        except DatabaseFailure as failure:
            logger.error("The database failed: %s", str(failure).strip())
            connection.close()
            return False

    def _is_run_due(self) -> bool:
        return time.monotonic() >= self._run_due_s

    def _is_refused(self) -> bool:
        """Return whether the login is to be left alone; another try begins with a new sign-in."""
        with suppress(OracleError):  # A run says what is wrong.
            if self._link is None or self._link.sign_in.refusal:
                self._link = Link(conf.oracle_config())
            return is_left_alone(self._link.sign_in)
        return False

    # --- a look ---------------------------------------------------------------------------------

    def _sees_news(self) -> bool:
        """Return whether Oracle shows what is not in the mirror, or does not answer well."""
        with suppress(OracleError):
            mapping = conf.field_mapping()
            with conf.oracle_client(mapping, known_to_lack(mapping), self._link) as client:
                return self._look(client, Ingester(mapping, Upsert(log=None)))
        return True

    def _look(self, client: OracleClient, ingester: Ingester) -> bool:
        now = timezone.now()
        try:
            pages = client.pages(ingester.parse, self._began.earlier - LOOK_BACK)
            is_news = any(_is_news(page, ingester) for page in islice(pages, MOST_PAGES))
            self._began = Began(client.started_at, now)
            return is_news
        finally:
            self._looks += 1
            self._requests += client.traffic.requests
            self._retries += client.traffic.retries

    # --- a run ----------------------------------------------------------------------------------

    def _run(self) -> bool:
        """Return whether Oracle gave all that was asked for."""
        self._run_due_s = 0.0
        run = run_sync(SyncRequest(trigger=Trigger.FOLLOW), link=self._link)
        sync_log.add_looks(run.log, self._looks, self._requests)
        self._looks = self._requests = 0
        self._retries += run.retries
        self._ended(run)
        if run.log.watermark is None:
            return False
        self._began, self._run_due_s = run.began, time.monotonic() + RUN_EVERY_S
        return True


def _is_news(page: ParsedPage, ingester: Ingester) -> bool:
    outcome = ingester.upsert.write([*page.records.values()], dry_run=True)
    refused = {error.remote_id for _, error in (*page.refused, *outcome.refused)}
    return bool(outcome.changes) or bool(refused and refused - {*quarantined_ids()})
