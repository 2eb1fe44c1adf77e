"""Read opportunities from Oracle. Knows no Django."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from urllib.parse import quote

from requests import Session

from sync.oracle.errors import (
    OracleConfigError,
    OracleError,
    OracleLoginRefused,
    OracleNotFound,
    OracleProtocolError,
    OracleQueryRefused,
)
from sync.oracle.fields.attributes import Attributes
from sync.oracle.findings import described
from sync.oracle.names import ID_ATTRIBUTE
from sync.oracle.reading import query
from sync.oracle.reading.fitting import Fitting
from sync.oracle.reading.habits import Habit
from sync.oracle.reading.list_reader import ListReader, changed_pages
from sync.oracle.reading.paging import Item, Page, page_of, total_of
from sync.oracle.reading.ranges import EVERYTHING, IdRange
from sync.oracle.reading.read_ahead import read_ahead
from sync.oracle.transport.config import OracleConfig
from sync.oracle.transport.http import OracleHttp, Traffic, unchanged
from sync.oracle.transport.retry import Patience
from sync.oracle.transport.server_clock import ServerClock
from sync.oracle.transport.sign_in import SignIn, sign_in_for

logger = logging.getLogger(__name__)

T = TypeVar("T")


class OracleClient:
    """Read one tenant. Every method may raise OracleError."""

    def __init__(
        self,
        config: OracleConfig,
        attributes: Attributes,
        sign_in: SignIn | None = None,
        session: Session | None = None,
    ) -> None:
        """
        Args:
            attributes: what to ask for; what Oracle turns out not to know is left out of it.
            sign_in: in place of the one that the config describes, for a caller that watches it.
            session: whose connections are used; without it each gets one of its own.
        """
        self.config = config
        self._sign_in, self._session = sign_in or sign_in_for(config), session
        self._clock = ServerClock()
        self._https: list[OracleHttp] = []
        self.another_connection()
        self.habits: set[Habit] = set()
        """Ways in which the tenant differs from what Oracle documents."""
        self.attributes = attributes
        self._fitting = Fitting(attributes)
        self._params = query.collection_params(config.finder, config.page_size)

    @property
    def connections(self) -> int:
        """Return how many may read side by side; offset paging has an order to keep."""
        return self.config.concurrency if self.config.paging == "keyset" else 1

    @property
    def traffic(self) -> Traffic:
        return sum((http.traffic for http in self._https), start=Traffic())

    @property
    def started_at(self) -> datetime | None:
        """Return when this client's reading began, on Oracle's clock."""
        return self._clock.began_at

    def pages(
        self,
        prepare: Callable[[list[Item]], T],
        since: datetime | None = None,
        ranges: Sequence[IdRange] = (EVERYTHING,),
        first: Page | None = None,
    ) -> Iterator[T]:
        """Yield what `prepare` makes of each page of all opportunities, or of the changed ones.

        It works in one more thread, so that the readers can ask for the next page at once.

        Args:
            since: the time from which changes count.
            ranges: read side by side, each over a connection of its own (keyset paging only).
            first: the page that the first range begins with, where it was read before.
        """
        if since:
            pages = changed_pages(
                self.attributes,
                lambda date: self._listed_pages(query.updated_since(date, since)),
                self.habits,
            )
        else:
            pages = self._listed_pages(None, ranges, first)
        return read_ahead([map(prepare, pages)])

    def _listed_pages(
        self,
        changed: str | None,
        ranges: Sequence[IdRange] = (EVERYTHING,),
        first: Page | None = None,
    ) -> Iterator[list[Item]]:
        reader = ListReader(self._page, self.another_connection, self.habits, changed)
        if self.config.paging == "offset":
            return reader.by_position(self.config.page_size)
        return reader.by_keys(ranges, first, self.config.page_size)

    def another_connection(self) -> OracleHttp:
        self._https.append(OracleHttp(self.config, self._sign_in, self._clock, self._session))
        return self._https[-1]

    def by_id(self, remote_id: str) -> Item | None:
        """Return the opportunity with this OptyId, or None where the finder does not show it."""
        page = self.of_ids([remote_id])
        return page.items[0] if page.items else None

    def of_ids(self, remote_ids: Sequence[str]) -> Page:
        """Return the opportunities with these OptyIds that the finder shows; refuse others."""
        page = self._page({}, query.one_of_ids(remote_ids))
        if not {*page.ids} <= {*map(int, remote_ids)}:
            raise OracleProtocolError(f"Asked for OptyId {remote_ids[0]}, Oracle sent others.")
        return page

    def by_number(self, opty_number: str) -> Item | None:
        """Return the opportunity with this OptyNumber, or None."""
        try:
            item = self.at_number(opty_number)
        except OracleNotFound:
            return None
        # Some keys name other things, such as "describe"; those have no OptyId.
        return item if isinstance(item, dict) and ID_ATTRIBUTE in item else None

    def at_number(
        self, opty_number: str, http: OracleHttp | None = None, patience: Patience | None = None
    ) -> Any:
        """Return what is at the address of this OptyNumber, whether a finder shows it or not."""
        address = f"{self.config.opportunities_url}/{quote(opty_number, safe='')}"
        return self._get(address, {"onlyData": "true"}, unchanged, http, patience)

    # --- side questions: their answers only help ------------------------------------------------

    def _try(self, ask: Callable[[Patience], T]) -> T | None:
        """Return the answer to a side question, or None; only a refused login is raised."""
        try:
            return ask(self.config.side_patience)
        except (OracleLoginRefused, OracleConfigError):
            raise
        except OracleError as failure:
            logger.info("no answer to a side question: %s", failure)
            return None

    def beginning(self) -> tuple[Page | None, int | None]:
        """Return the first page of all, and roughly how many records there are.

        Neither where a tenant refuses to count; no total where it gives none.
        """
        return self._try(partial(self._counted, {}, None)) or (None, None)

    def estimated_total(self, since: datetime | None = None) -> int | None:
        """Return roughly how many records a reading will bring; None where Oracle does not say."""
        changed = query.updated_since(self.attributes.update_dates[0], since) if since else None
        counted = self._try(partial(self._counted, {"limit": "1"}, changed))
        return counted[1] if counted else None

    def _counted(
        self, more: dict[str, str], changed: str | None, patience: Patience
    ) -> tuple[Page, int | None]:
        counting = {**self._params, "totalResults": "true", **more}
        params = query.with_conditions(counting, changed)
        page, total = self._get(
            self.config.opportunities_url,
            params,
            lambda answer: (page_of(answer), total_of(answer)),
            patience=patience,
        )
        self.attributes.note_seen(page.items)
        return page, total

    def known_attributes(self) -> set[str] | None:
        """Return what this tenant's opportunities have, or None where it does not say."""
        http, address = self.another_connection(), f"{self.config.opportunities_url}/describe"
        return {*(self._try(partial(http.get, address, {}, described)) or ())} or None

    def ids_at(self, offsets: Iterable[int]) -> list[int] | None:
        """Return the OptyIds at some places of the list; None if Oracle does not show them."""

        def read(patience: Patience, offset: int, http: OracleHttp) -> Iterator[int]:
            more = {"offset": str(offset), "limit": "1"}
            yield from self._page(more, http=http, patience=patience).ids

        places = [(offset, self.another_connection()) for offset in offsets]
        return self._try(
            lambda patience: [*read_ahead([read(patience, *place) for place in places])]
        )

    # --- one question ---------------------------------------------------------------------------

    def first_page(self) -> Page:
        return self._page({})

    def _page(
        self,
        more: dict[str, str],
        *conditions: str | None,
        http: OracleHttp | None = None,
        patience: Patience | None = None,
    ) -> Page:
        params = query.with_conditions({**self._params, **more}, *conditions)
        page = self._get(self.config.opportunities_url, params, page_of, http, patience)
        self.attributes.note_seen(page.items)
        return page

    def _get(
        self,
        url: str,
        params: dict[str, str],
        understand: Callable[[Any], T],
        http: OracleHttp | None = None,
        patience: Patience | None = None,
    ) -> T:
        """Ask for every attribute that Oracle is not known to lack."""
        http = http or self._https[0]
        while True:
            asked = self.attributes.names
            try:
                return http.get(url, {**params, "fields": ",".join(asked)}, understand, patience)
            except OracleQueryRefused as refusal:
                is_accepted = partial(self._is_accepted, http, patience)
                self._fitting.learn(str(refusal), asked, params.get("q", ""), is_accepted)

    def _is_accepted(
        self, http: OracleHttp, patience: Patience | None, names: Sequence[str]
    ) -> bool:
        params = {**self._params, "limit": "1", "fields": ",".join(names)}
        try:
            http.get(self.config.opportunities_url, params, unchanged, patience)
        except OracleQueryRefused:
            return False
        return True
