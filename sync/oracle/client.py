"""Reads opportunities from Oracle. Knows no Django."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum, auto
from itertools import repeat
from threading import Event
from typing import Any, TypeVar
from urllib.parse import quote

from sync.oracle import query
from sync.oracle.config import OracleConfig
from sync.oracle.errors import (
    OracleForbidden,
    OracleNotFound,
    OracleProtocolError,
    OracleQueryRefused,
    OracleSignInPage,
    OracleUnavailable,
)
from sync.oracle.http import OracleHttp, Traffic
from sync.oracle.names import ID_ATTRIBUTE
from sync.oracle.paging import Item, Page, keyset_pages, offset_pages, page_of
from sync.oracle.ranges import EVERYTHING, IdRange
from sync.oracle.read_ahead import read_ahead

T = TypeVar("T")


# What a tenant may say to "describe" that serves its records all the same; a refused
# password (401) is not among them, as nothing may be asked after it.
NOT_DESCRIBED = (
    OracleForbidden,
    OracleNotFound,
    OracleQueryRefused,
    OracleSignInPage,
    OracleUnavailable,
)


class Whereabouts(Enum):
    SHOWN = auto()
    HIDDEN = auto()
    """It exists, but not for our user (403)."""
    GONE = auto()
    """404."""


class OracleClient:
    """One reader of one tenant; every method may raise OracleError."""

    def __init__(
        self,
        config: OracleConfig,
        attributes: Iterable[str],
        settings_of: Mapping[str, str] | None = None,
    ) -> None:
        """
        Args:
            attributes: the attributes to ask for; nothing else travels.
            settings_of: which setting names an attribute that not every tenant knows.
        """
        self._config = config
        self._refused = Event()
        self._https = [OracleHttp(config, self._refused)]
        self._settings_of = settings_of or {}
        self._attributes = list(attributes)
        self._params = query.collection_params(config.finder, self._attributes, config.page_size)

    @property
    def connections(self) -> int:
        """How many may read side by side; offset paging has an order to keep."""
        return self._config.concurrency if self._config.paging == "keyset" else 1

    @property
    def page_size(self) -> int:
        return self._config.page_size

    @property
    def traffic(self) -> Traffic:
        return sum((http.traffic for http in self._https), start=Traffic())

    @property
    def started_at(self) -> datetime | None:
        """When this client's reading began, on Oracle's clock."""
        answers = (http.first_answer_at for http in self._https)
        return min((moment for moment in answers if moment), default=None)

    def pages(
        self, since: datetime | None = None, ranges: Sequence[IdRange] = (EVERYTHING,)
    ) -> Iterator[list[Item]]:
        """Yield every page of the opportunities changed since then, or of all.

        Args:
            ranges: read side by side, each over a connection of its own (keyset paging only).
        """
        return self.prepared_pages(list, since, ranges)

    def prepared_pages(
        self,
        prepare: Callable[[list[Item]], T],
        since: datetime | None = None,
        ranges: Sequence[IdRange] = (EVERYTHING,),
        first: Page | None = None,
    ) -> Iterator[T]:
        """Yield what `prepare` makes of each page.

        That is done in one more thread, so that the readers can ask for the next page at once.

        Args:
            first: the page that the first range begins with, where it was read before.
        """
        changed = query.updated_since(since) if since else None
        if self._config.paging == "offset":
            readers = [self._offset_reader(changed)]
        else:
            beginnings = [first, *[None] * (len(ranges) - 1)]
            readers = [*map(self._keyset_reader, repeat(changed), ranges, beginnings)]
        return read_ahead([map(prepare, read_ahead(readers))])

    def _offset_reader(self, changed: str | None) -> Iterator[list[Item]]:
        http = self._another_connection()
        return offset_pages(
            lambda offset: self._page({"offset": str(offset)}, changed, http=http),
            self._config.page_size,
        )

    def _keyset_reader(
        self, changed: str | None, ids: IdRange, first: Page | None
    ) -> Iterator[list[Item]]:
        http, upto = self._another_connection(), query.upto_id(ids.upto)
        return keyset_pages(
            lambda last: self._page({}, query.after_id(last), upto, changed, http=http),
            ids,
            first,
        )

    def _another_connection(self) -> OracleHttp:
        self._https.append(OracleHttp(self._config, self._refused))
        return self._https[-1]

    def by_id(self, remote_id: str) -> Item | None:
        """The opportunity with this OptyId, or None where the finder does not show it."""
        page = self._page({}, query.exact_id(remote_id))
        if page.ids not in ([], [int(remote_id)]):
            raise OracleProtocolError(f"Asked for OptyId {remote_id}, Oracle sent others.")
        return page.items[0] if page.items else None

    def by_number(self, opty_number: str) -> Item | None:
        """The opportunity with this OptyNumber, or None."""
        params = {"onlyData": "true", "fields": self._params["fields"]}
        try:
            item = self._get(self._item_url(opty_number), params)
        except OracleNotFound:
            return None
        # Some keys name other things, such as "describe"; those have no OptyId.
        return item if isinstance(item, dict) and ID_ATTRIBUTE in item else None

    def whereabouts(self, opty_number: str) -> Whereabouts:
        """What has become of a record that a list did not show."""
        try:
            return Whereabouts.SHOWN if self.by_number(opty_number) else Whereabouts.GONE
        except OracleForbidden:
            return Whereabouts.HIDDEN

    def beginning(self) -> tuple[Page | None, int | None]:
        """The first page of all, and how many records there are, roughly.

        Neither where a tenant refuses to count, as was seen of one.
        """
        try:
            answer = self._counted({})
        except OracleQueryRefused:
            return None, None
        return page_of(answer), _total_of(answer)

    def estimated_total(self, since: datetime | None = None) -> int | None:
        """How many records a reading will bring, roughly; None where Oracle does not say."""
        try:
            return _total_of(self._counted({"limit": "1"}, since))
        except OracleQueryRefused:
            return None

    def _counted(self, more: dict[str, str], since: datetime | None = None) -> Any:
        changed = query.updated_since(since) if since else None
        params = query.with_conditions({**self._params, "totalResults": "true", **more}, changed)
        return self._https[0].get(self._config.opportunities_url, params)

    def known_attributes(self) -> set[str] | None:
        """What this tenant's opportunities have, or None where it does not tell us."""
        try:
            answer = self._another_connection().get(
                self._config.opportunities_url + "/describe", {}
            )
            attributes = answer["Resources"]["opportunities"]["attributes"]
            return {attribute["name"] for attribute in attributes}
        except (*NOT_DESCRIBED, LookupError, TypeError):
            return None

    def ids_at(self, offsets: Iterable[int]) -> list[int]:
        """The OptyIds at some places of the whole list, where there are any."""
        readers = [self._id_at(offset, self._another_connection()) for offset in offsets]
        return list(read_ahead(readers))

    def _id_at(self, offset: int, http: OracleHttp) -> Iterator[int]:
        yield from self._page({"offset": str(offset), "limit": "1"}, http=http).ids

    def _page(
        self, more: dict[str, str], *conditions: str | None, http: OracleHttp | None = None
    ) -> Page:
        params = query.with_conditions({**self._params, **more}, *conditions)
        return page_of(self._get(self._config.opportunities_url, params, http))

    def _get(self, url: str, params: dict[str, str], http: OracleHttp | None = None) -> Any:
        try:
            return (http or self._https[0]).get(url, params)
        except OracleQueryRefused as refusal:
            raise OracleQueryRefused(self._advice(str(refusal))) from refusal

    def _item_url(self, opty_number: str) -> str:
        return f"{self._config.opportunities_url}/{quote(opty_number, safe='')}"

    def advice_on(self, unknown_attribute: str) -> str:
        setting = self._settings_of.get(unknown_attribute, "ORACLE_API_VERSION")
        return (
            f"This Oracle does not know the attribute {unknown_attribute}: change {setting} "
            "(leave it blank where the tenant has none)."
        )

    def _advice(self, detail: str) -> str:
        for attribute in self._settings_of:
            if attribute in detail:
                return f"{self.advice_on(attribute)} Oracle says: {detail}"
        if "finder" in detail.lower() or "recordset" in detail.lower():
            return f"This Oracle does not know the finder: change ORACLE_FINDER. It says: {detail}"
        return (
            "Oracle refused our query: check ORACLE_FINDER, ORACLE_PAGING, ORACLE_PRACTICE_FIELD, "
            "ORACLE_GEO_FIELD, ORACLE_SECTOR_FIELD and ORACLE_EXTRA_FIELDS. "
            f"Oracle says: {detail}"
        )


def _total_of(answer: Any) -> int | None:
    total = answer.get("totalResults") if isinstance(answer, dict) else None
    return total if isinstance(total, int) else None
