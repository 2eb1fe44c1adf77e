"""One sync from end to end: lock, log, pages, removals, and the one place that ends it."""

import logging
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import datetime

from django.db import Error as DatabaseFailure
from django.db import connection, transaction

from opportunities.indexes import loading_without_indexes, make_missing_indexes
from opportunities.models import Opportunity
from sync import conf, logbook, promise
from sync.bulk import lazy_commits
from sync.division import Beginning, Division, divided
from sync.intake import Intake, Item, ParsedPage
from sync.lock import sync_lock
from sync.models import SyncLog, SyncStatus
from sync.oracle.client import OracleClient
from sync.oracle.errors import OracleError
from sync.oracle.mapping import FieldMapping
from sync.order import Reading, SyncOrder, reading_for
from sync.progress import Progress, Silent
from sync.quarantine import quarantined_ids
from sync.removals import confirmed_removals, flag_removed, missing_from, objection_to
from sync.schema import unmapped_attributes
from sync.seen import SeenIds
from sync.upsert import Outcome
from sync.watermark import next_watermark

logger = logging.getLogger(__name__)

NOTHING_VISIBLE = (
    "Oracle answered with 0 opportunities although the mirror has some. Most likely the Oracle "
    "user no longer sees them: check its data access (read all opportunities) and ORACLE_FINDER. "
    "Nothing was changed or removed."
)
NOTHING_AT_ALL = (
    "Oracle showed no opportunity at all. If it has some, the Oracle user does not see them: "
    "check its data access (read all opportunities) and ORACLE_FINDER."
)


class EndsEarly(Exception):
    """The run read what it could, and cannot be a success."""

    def __init__(self, status: SyncStatus, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def run_sync(order: SyncOrder, progress: Progress | None = None) -> "SyncRun":
    """Carry out one sync; its finished log is `.log` (never stored after a dry run).

    Raises: AlreadyRunning. What goes wrong with Oracle or our settings is in the log instead.
    """
    with nullcontext() if order.dry_run else sync_lock():
        if not order.dry_run:
            logbook.close_dead_runs()
            make_missing_indexes()
            promise.withdraw_if_broken()
        run = SyncRun(order, reading_for(order), progress or Silent())
        run.carry_out()
        return run


class SyncRun:
    def __init__(self, order: SyncOrder, reading: Reading, progress: Progress) -> None:
        self._order, self._reading, self._progress = order, reading, progress
        self.log: SyncLog = logbook.open_log(order, reading)
        self.would_write = Outcome()
        """Of a dry run, what it would write; of a real one only the counts are kept."""
        self._client: OracleClient | None = None
        self._seen = SeenIds()
        self._newest: datetime | None = None
        self._list_is_read = self._mirror_was_empty = False
        self._troubling = self._unaskable = 0

    def carry_out(self) -> None:
        """Whatever ends a run passes here, so that no row stays RUNNING."""
        try:
            mapping = conf.field_mapping()
            self._client = client = conf.oracle_client(mapping)
            self._mirror_was_empty = not Opportunity.objects.exists()
            intake = self._intake(mapping)
            division = self._prepare(client, mapping)
            with lazy_commits(), self._in_quickest_way():
                self._read(client, intake, division)
            self._check_visibility()
            self._follow_removals(client)
            self._note_watermark(client)
            self._finish()
        except EndsEarly as end:
            self._close(end.status, str(end))
        except OracleError as error:
            self._close(SyncStatus.PARTIAL if self.log.pages else SyncStatus.FAILED, str(error))
        except BaseException as error:
            self._note_breakdown(error)
            raise
        finally:
            self._progress.ended()

    @property
    def _stored_log(self) -> SyncLog | None:
        return None if self._order.dry_run else self.log

    def _intake(self, mapping: FieldMapping) -> Intake:
        return Intake(
            mapping,
            self._stored_log,
            mirror_is_empty=self._mirror_was_empty,
            asked_for_changes=not self._reading.is_full,
        )

    # --- reading ------------------------------------------------------------------------------

    def _prepare(self, client: OracleClient, mapping: FieldMapping) -> Division:
        """Look at the tenant's schema while the ids are divided, but after a first login."""
        if not self._reading.is_full:
            # A range without a change could not be told from one whose answer was cut off.
            return Division()
        beginning = Beginning.of(client)
        with ThreadPoolExecutor(max_workers=1) as aside:
            unmapped = aside.submit(unmapped_attributes, client, mapping)
            division = divided(client, beginning)
            self.log.unmapped_attributes = unmapped.result()
        return division

    def _in_quickest_way(self) -> AbstractContextManager[None]:
        is_first_load = self._mirror_was_empty and self._reading.is_full
        return loading_without_indexes() if is_first_load and self._stored_log else nullcontext()

    def _read(self, client: OracleClient, intake: Intake, division: Division) -> None:
        quarantined = quarantined_ids()
        self._progress.started(self.log, self._expected(client))
        for page in self._pages(client, intake, division, quarantined):
            self._take_in(page, intake, quarantined)
            self._progress.page_done(self.log)

    def _expected(self, client: OracleClient) -> int | None:
        if self._reading.only:
            return len(self._reading.only)
        return client.estimated_total(self._reading.since) if self._progress.wants_total else None

    def _pages(
        self, client: OracleClient, intake: Intake, division: Division, quarantined: set[str]
    ) -> Iterator[ParsedPage]:
        if not self._reading.only:
            since, ranges, first = self._reading.since, division.ranges, division.first
            yield from client.prepared_pages(intake.parse, since, ranges, first)
        self._list_is_read = True
        if not self._sees_nothing:
            # By id: a record may have become right without Oracle stamping it anew.
            unseen = sorted(each for each in quarantined if each not in self._seen)
            ids = self._reading.only or unseen
            yield from map(intake.parse, _one_by_one(client, ids))

    def _take_in(self, page: ParsedPage, intake: Intake, quarantined: set[str]) -> None:
        """Rows, history, quarantine and counters of a page are stored together or not at all."""
        with transaction.atomic():
            batch = intake.take_in(page, quarantined, dry_run=self._order.dry_run)
            logbook.count_page(self.log, batch.outcome)
            self._note_traffic()
            logbook.save_counters(self.log)
        self._seen.add(batch.ids)
        if not self._list_is_read:  # A record asked for by its id proves nothing of the list.
            self._newest = max(filter(None, (self._newest, batch.newest)), default=None)
        found = {*self.log.unmapped_statuses, *batch.unmapped_statuses}
        self.log.unmapped_statuses = sorted(found)
        self._troubling += batch.troubling
        self._unaskable += batch.unaskable
        if self._order.dry_run:
            self.would_write.merge(batch.outcome)
        logger.info("page %s, %s records so far", self.log.pages, self.log.total_fetched)

    def _note_traffic(self) -> None:
        if self._client:
            logbook.note_traffic(self.log, self._client.traffic)

    # --- what follows from having read it all ---------------------------------------------------

    def _check_visibility(self) -> None:
        if unseen := [each for each in self._reading.only if each not in self._seen]:
            raise EndsEarly(
                SyncStatus.PARTIAL, f"Oracle shows no opportunity with OptyId {', '.join(unseen)}."
            )
        if self._sees_nothing and Opportunity.objects.exists():
            raise EndsEarly(SyncStatus.FAILED, NOTHING_VISIBLE)

    @property
    def _sees_nothing(self) -> bool:
        return self._reading.is_full and not self.log.total_fetched

    def _note_watermark(self, client: OracleClient) -> None:
        """Not past a record that only reading on from here can bring again."""
        if not self._reading.is_chosen and not self._unaskable:
            self.log.watermark = next_watermark(
                self._reading.watermark, self._newest, client.started_at
            )
            promise.note_promise(self.log)

    def _follow_removals(self, client: OracleClient) -> None:
        if not self._reading.is_full:
            return
        missing = [] if self._mirror_was_empty else missing_from(self._seen)
        objection = objection_to(len(missing))
        if objection and not self._order.accept_removals:
            self.log.removals_waiting = len(missing)
            raise EndsEarly(SyncStatus.PARTIAL, objection)
        still_there: list[str] = []
        for rows in confirmed_removals(missing, client, still_there):
            if not self._order.dry_run:
                flag_removed(rows, self.log)
            self.log.removed_records += len(rows)
        self.log.removals_waiting = 0
        if still_there:
            raise EndsEarly(SyncStatus.PARTIAL, _incomplete(still_there))

    # --- the end ------------------------------------------------------------------------------

    def _finish(self) -> None:
        if self._troubling:
            self._close(SyncStatus.PARTIAL, _rejected(self._troubling))
        else:
            self._close(SyncStatus.SUCCESS, NOTHING_AT_ALL if self._sees_nothing else "")

    def _note_breakdown(self, error: BaseException) -> None:
        """As far as the database lets us; where it is gone, the next run closes the row."""
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        with suppress(DatabaseFailure):
            logbook.forget_unsaved_counts(self.log)
            self._close(SyncStatus.FAILED, _cause(error))

    def _close(self, status: SyncStatus, message: str) -> None:
        self._note_traffic()
        logbook.close_log(self.log, status, message)
        logger.info("%s ended: %s %s", self.log, status, message)


def _one_by_one(client: OracleClient, remote_ids: Iterable[str]) -> Iterator[list[Item]]:
    for remote_id in remote_ids:
        if item := client.by_id(remote_id):
            yield [item]


def _incomplete(still_there: list[str]) -> str:
    return (
        f"Oracle's list left out {len(still_there):,} opportunities that Oracle shows when asked "
        f"for each: OptyId {', '.join(still_there[:5])}{' …' if len(still_there) > 5 else ''}. "
        "They are kept. If it happens again, check ORACLE_FINDER."
    )


def _rejected(count: int) -> str:
    records = "1 record was" if count == 1 else f"{count:,} records were"
    return (
        f"{records} rejected; everything else is in. See the rejected records for the reasons: "
        "each later run tries them again."
    )


def _cause(error: BaseException) -> str:
    if isinstance(error, KeyboardInterrupt | SystemExit):
        return "Stopped by hand. What had been written is kept; the next run reads the rest."
    first_line = (str(error).strip() or "no further words").splitlines()[0]
    return f"Stopped by an unexpected {type(error).__name__}: {first_line}"
