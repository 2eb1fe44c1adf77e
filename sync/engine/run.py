"""Carry out one sync: lock, log, pages, removals, and the one place that ends it."""

import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from dataclasses import replace

from django.conf import settings
from django.db import Error as DatabaseFailure
from django.db import connection

from opportunities.lists.indexes import loading_without_indexes, make_missing_indexes
from opportunities.models import Opportunity
from sync import conf, current_run
from sync.engine import messages, sync_log
from sync.engine.missing import Findings, MissingRecords
from sync.engine.page_store import PageStore
from sync.engine.progress import Progress
from sync.engine.questions import ask_for_chosen, ask_for_quarantined
from sync.engine.request import Reading, SyncRequest, overlap, reading_for
from sync.engine.schema import fit_to_tenant, known_to_lack, lacks_essentials, note_attributes
from sync.ingest.ingest import Ingester
from sync.ingest.partitioning import Beginning, Partitioning, partition
from sync.ingest.sql_upsert import lazy_commits
from sync.ingest.upsert import Outcome, Upsert
from sync.models import SyncStatus, SyncType
from sync.oracle.errors import OracleError
from sync.oracle.fields.mapping import FieldMapping
from sync.oracle.reading.client import OracleClient
from sync.oracle.reading.habits import Habit, sentences
from sync.oracle.reading.list_reader import ChangesRefused
from sync.oracle.transport.http import Link
from sync.safety import mirror_check
from sync.safety.lock import sync_lock
from sync.safety.lock_waits import bounded_lock_waits, was_lock_wait
from sync.safety.removals import flag_removed, objection_to
from sync.safety.watermark import Began, next_watermark

logger = logging.getLogger("sync.runs")


PAGES_BEFORE_COUNT = 10
MOST_BY_ONE_CONNECTION = 0.1
"""Of all records: one connection reads and changes more than that in no less than a full run."""


class MuchChanged(Exception):
    """Report that so much changed that everything is read sooner, side by side."""


class EndsEarly(Exception):
    """End a run that read what it could, and cannot be a success."""

    def __init__(self, status: SyncStatus, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def run_sync(
    request: SyncRequest, progress: Progress | None = None, link: Link | None = None
) -> "SyncRun":
    """Carry out one sync; its finished log is `.log` (never stored after a dry run).

    Args:
        link: connections that are open from an earlier run.

    Raises: AlreadyRunning. What goes wrong with Oracle or our settings is in the log instead.
    """
    with nullcontext() if request.dry_run else sync_lock(), bounded_lock_waits():
        if not request.dry_run:
            sync_log.close_dead_runs()
            make_missing_indexes()
            mirror_check.withdraw_watermarks_if_damaged()
        run = SyncRun(request, progress or Progress(), link)
        run.carry_out()
        return run


class SyncRun:
    def __init__(self, request: SyncRequest, progress: Progress, link: Link | None) -> None:
        self._request, self._progress, self._link = request, progress, link
        self._reading = reading_for(request)
        self.log = sync_log.open_log(request, self._reading)
        self._started_at = self.log.started_at
        self.would_write = Outcome()
        """Of a dry run, what it would write; of a real one only the counts are kept."""
        self._client: OracleClient | None = None
        self._mirror_was_empty = self._has_read_all = False
        self._shortcomings: list[str] = []
        """Why it is no success, one sentence each."""

    @property
    def began(self) -> Began:
        return Began(self._client.started_at if self._client else None, self._started_at)

    @property
    def retries(self) -> int:
        """Return how many requests of this run had to be sent again."""
        return self._client.traffic.retries if self._client else 0

    def carry_out(self) -> None:
        """Carry it out; whatever ends a run passes here, so that no row stays RUNNING."""
        try:
            mapping = conf.field_mapping()
            absent = known_to_lack(mapping)
            with conf.oracle_client(mapping, absent, self._link) as self._client:
                self._sync_with(self._client, mapping)
        except EndsEarly as end:
            self._close(end.status, str(end))
        except OracleError as error:
            self._close(self._as_far_as_read, str(error))
        except BaseException as error:
            self._note_breakdown(error)
            if not was_lock_wait(error):
                raise
        finally:
            self._progress.ended()

    def _sync_with(self, client: OracleClient, mapping: FieldMapping) -> None:
        self._mirror_was_empty = not Opportunity.objects.exists()
        store = self._read_as_fits(client, mapping)
        if not_shown := store.unseen(self._reading.only):
            sentence = f"Oracle shows no opportunity with OptyId {', '.join(not_shown)}."
            raise EndsEarly(SyncStatus.PARTIAL, sentence)
        self._check_essentials(client)
        if self._follow_removals(client, store):
            self._note_watermark(client, store)
        self._finish(store)

    # --- reading ------------------------------------------------------------------------------

    def _read_as_fits(self, client: OracleClient, mapping: FieldMapping) -> PageStore:
        """Read what was asked for, or everything where Oracle refuses that, or takes longer."""
        try:
            return self._read_all(client, mapping)
        except ChangesRefused:
            # Each time anew: one refused question a night is less than to remember what may change.
            reason = Habit.CHANGES_REFUSED.value
        except MuchChanged:
            reason = messages.MUCH_CHANGED
        self._reading = Reading(SyncType.FULL)
        self.log.sync_type = self._reading.sync_type
        store = self._read_all(client, mapping)
        sync_log.remark(self.log, reason)
        return store

    def _read_all(self, client: OracleClient, mapping: FieldMapping) -> PageStore:
        is_dry, is_full = self._request.dry_run, self._reading.is_full
        upsert = Upsert(
            None if is_dry else self.log,
            mirror_is_empty=self._mirror_was_empty,
            asked_for_changes=not is_full,
            truth_since=self.log.started_at if self._reading.is_truth else None,
        )
        would_write = self.would_write if is_dry else None
        ingester = Ingester(mapping, upsert)
        store = PageStore(self.log, ingester, client, self._progress, would_write)
        partitioning = self._partition(client)
        is_first_load = self._mirror_was_empty and is_full and not is_dry
        indexes = loading_without_indexes() if is_first_load else nullcontext()
        with lazy_commits(), indexes:
            self._read(client, store, partitioning)
        return store

    def _partition(self, client: OracleClient) -> Partitioning:
        """Look at the tenant's schema while the ids are divided, but after a first login."""
        if not self._reading.is_full:
            # A range without a change could not be told from one whose answer was cut off; where
            # much changed, everything is read instead.
            return Partitioning()
        beginning, asked = Beginning.of(client), client.attributes.names
        with ThreadPoolExecutor(max_workers=1) as aside:
            unmapped = aside.submit(fit_to_tenant, client)
            partitioning = partition(client, beginning)
            self.log.unmapped_attributes = unmapped.result()
        is_fit = client.attributes.names == asked or not partitioning.first
        # Else its first page was asked for too much or too little.
        return partitioning if is_fit else replace(partitioning, first=client.first_page())

    def _read(self, client: OracleClient, store: PageStore, partitioning: Partitioning) -> None:
        self._progress.started(self.log, self._expected(client))
        if self._reading.only:
            return ask_for_chosen(client, store, self._reading.only)
        pages = client.pages(
            store.ingester.parse, self._reading.since, partitioning.ranges, partitioning.first
        )
        for page in pages:
            store.store_listed(page)
            self._refuse_mass_update(client, store)
        self._has_read_all = self._reading.is_full and bool(store.listed)
        if store.listed or not self._reading.is_full:
            ask_for_quarantined(client, store)

    def _refuse_mass_update(self, client: OracleClient, store: PageStore) -> None:
        """Ask once, after some pages of changes, how many are to come over this one connection.

        Raises: MuchChanged where all connections read everything in less time.
        """
        is_time = store.pages == PAGES_BEFORE_COUNT and self._reading.watermark is not None
        if is_time and client.connections > 1:
            left = (client.estimated_total(self._reading.since) or 0) - store.listed
            if left > MOST_BY_ONE_CONNECTION * Opportunity.objects.count():
                raise MuchChanged

    def _expected(self, client: OracleClient) -> int | None:
        if self._reading.only:
            return len(self._reading.only)
        return client.estimated_total(self._reading.since) if self._progress.wants_total else None

    # --- what follows from having read it all ---------------------------------------------------

    def _follow_removals(self, client: OracleClient, store: PageStore) -> bool:
        """Return whether nothing speaks against the list having been whole."""
        if not self._reading.is_full:
            return True
        found, accepts = Findings(), self._request.accept_removals
        if not self._mirror_was_empty:
            limit = None if accepts else settings.SYNC_QUESTION_LIMIT
            found = MissingRecords(client, store).ask(limit)
        self._check_visibility(store, found)
        objection = "" if accepts else objection_to(len(found.removed), found.to_ask)
        self.log.removals_waiting = len(found.removed) if objection else 0
        if not objection:
            if not self._request.dry_run:
                flag_removed(found.removed, self.log)
            self.log.removed_records = len(found.removed)
        self._shortcomings += [*filter(None, [objection]), *found.sentences()]
        return not (objection or found.lost)

    def _check_visibility(self, store: PageStore, found: Findings) -> None:
        """Refuse an empty list unless each open deal of the mirror is closed by now."""
        shows_others = found.lost or found.left_out or not self.log.total_fetched
        if not store.listed and shows_others and Opportunity.objects.exists():
            raise EndsEarly(SyncStatus.FAILED, messages.NOTHING_VISIBLE)

    def _check_essentials(self, client: OracleClient) -> None:
        is_all_rejected = self.log.failed_records == self.log.total_fetched
        if self._has_read_all and is_all_rejected and (sentence := lacks_essentials(client)):
            raise EndsEarly(SyncStatus.FAILED, sentence)

    def _note_watermark(self, client: OracleClient, store: PageStore) -> None:
        """Move it, but not past a record that only reading on from here can bring again."""
        if self._reading.is_chosen or store.unaskable:
            return
        former = self._reading.watermark
        self.log.watermark = next_watermark(former, store.newest, self.began, overlap())
        if not client.started_at and store.newest:
            client.habits.add(Habit.NO_CLOCK)
        mirror_check.record_mirror(self.log)

    # --- the end ------------------------------------------------------------------------------

    def _finish(self, store: PageStore) -> None:
        if store.awaiting:
            self._shortcomings.append(messages.rejected(store.awaiting))
        if self._reading.is_full and store.lists_suspiciously_open:
            self._shortcomings.append(messages.only_open(store.listed))
        if self._shortcomings:
            self._close(SyncStatus.PARTIAL, " ".join(self._shortcomings))
        else:
            saw_nothing = self._reading.is_full and not self.log.total_fetched
            self._close(SyncStatus.SUCCESS, messages.NOTHING_AT_ALL if saw_nothing else "")

    def _note_breakdown(self, error: BaseException) -> None:
        """Note it as far as the database lets us; where it is gone, the next run closes the row."""
        if not connection.in_atomic_block and not connection.is_usable():
            connection.close()  # Never one that works: it holds the lock.
        with suppress(DatabaseFailure):
            sync_log.forget_unsaved_counts(self.log)
            if was_lock_wait(error):
                waited_s = settings.SYNC_LOCK_TIMEOUT_S
                self._close(self._as_far_as_read, messages.row_locked(waited_s))
            else:
                self._close(SyncStatus.FAILED, messages.cause_of(error))

    @property
    def _as_far_as_read(self) -> SyncStatus:
        return SyncStatus.PARTIAL if self.log.pages else SyncStatus.FAILED

    def _close(self, status: SyncStatus, message: str) -> None:
        if self._client:
            sync_log.count_traffic(self.log, self._client.traffic)
            note_attributes(self.log, self._client, read_all=self._has_read_all)
            for sentence in sentences(self._client.habits):
                sync_log.remark(self.log, sentence)
        sync_log.close_log(self.log, status, message)
        line = sync_log.line_of(self.log)
        logger.info("%s ended: %s %s", self.log, status, message, extra=line)
        current_run.end()
