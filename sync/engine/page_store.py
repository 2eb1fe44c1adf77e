"""Store page after page of one run, and remember what they showed."""

import logging
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from sync.engine import sync_log
from sync.engine.progress import Progress
from sync.ingest.ingest import Batch, Ingester, Item, ParsedPage
from sync.ingest.quarantine import quarantined_ids
from sync.ingest.upsert import Outcome
from sync.models import SyncLog
from sync.oracle.reading.client import OracleClient
from sync.safety.open_only import is_suspiciously_open, shows_closed

logger = logging.getLogger(__name__)


class SeenIds:
    """Keep the CRM ids that a run has seen, in eight bytes each."""

    def __init__(self) -> None:
        self._ids = array("q")
        self._is_sorted = True

    def add(self, remote_ids: Iterable[str]) -> None:
        self._ids.extend(map(int, remote_ids))
        self._is_sorted = False

    def __contains__(self, remote_id: object) -> bool:
        if not self._is_sorted:
            self._ids = array("q", sorted(self._ids))
            self._is_sorted = True
        wanted = int(str(remote_id))
        place = bisect_left(self._ids, wanted)
        return place < len(self._ids) and self._ids[place] == wanted


class PageStore:
    def __init__(
        self,
        log: SyncLog,
        ingester: Ingester,
        client: OracleClient,
        progress: Progress,
        would_write: Outcome | None = None,
    ) -> None:
        """
        Args:
            would_write: takes what a dry run would write; without it, everything is written.
        """
        self.log, self.ingester = log, ingester
        self._client, self._progress, self._would_write = client, progress, would_write
        self._quarantined = set(quarantined_ids())
        self.seen = SeenIds()
        self.newest: datetime | None = None
        """The latest stamp that the list showed."""
        self.pages = self.listed = 0
        """How many pages and records the list showed."""
        self._listed_statuses: set[str] = set()
        self.awaiting = self.unaskable = 0
        """As of a Batch, of all of them."""

    @property
    def is_dry(self) -> bool:
        return self._would_write is not None

    @property
    def lists_suspiciously_open(self) -> bool:
        closed = self.ingester.upsert.closed
        return is_suspiciously_open(self.listed, self._listed_statuses, closed)

    @property
    def lists_closed(self) -> bool:
        return shows_closed(self._listed_statuses, self.ingester.upsert.closed)

    def unseen(self, remote_ids: Iterable[str]) -> list[str]:
        return [each for each in remote_ids if each not in self.seen]

    def store_asked(self, items: Sequence[Item]) -> ParsedPage:
        """Store what was asked for by itself; it proves nothing of the list."""
        page = self.ingester.parse(items)
        if items:
            self._store(page)
        return page

    def store_listed(self, page: ParsedPage) -> None:
        """Store a page of the list."""
        batch = self._store(page)
        self.newest = max(filter(None, (self.newest, batch.newest)), default=None)
        self.pages += 1
        self.listed += len(batch.ids)
        self._listed_statuses |= batch.statuses

    def _store(self, page: ParsedPage) -> Batch:
        """Store rows, history, quarantine and counters of a page together or not at all."""
        with transaction.atomic():
            batch = self.ingester.ingest(page, self._quarantined, dry_run=self.is_dry)
            sync_log.save_page(self.log, batch.outcome, self._client.traffic)
        self.seen.add(batch.ids)
        closed = self.ingester.upsert.closed
        unmapped = {each for each in batch.statuses if not closed.is_mapped(each)}
        self.log.unmapped_statuses = sorted({*self.log.unmapped_statuses, *unmapped})
        self.awaiting += batch.awaiting
        self.unaskable += batch.unaskable
        if self._would_write is not None:
            self._would_write.merge(batch.outcome)
        logger.info("page %s, %s records so far", self.log.pages, self.log.total_fetched)
        self._progress.page_done(self.log)
        return batch
