"""Survey a tenant with about fifteen questions, none of which changes anything.

A question without an answer is "not told". Only a refused login, or an address at which
nothing answers, ends the survey. Knows no Django.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from itertools import chain, product
from typing import Any

from sync.oracle.errors import (
    OracleError,
    OracleForbidden,
    OracleNotFound,
    OracleProtocolError,
    OracleQueryRefused,
    OracleSignInPage,
    OracleUnavailable,
)
from sync.oracle.fields.attributes import Attribute, Attributes, stand_ins
from sync.oracle.findings import Findings, SeenAttribute, Shown, described, kind_of_values
from sync.oracle.names import ID_ATTRIBUTE, USUAL_FINDER
from sync.oracle.reading import query
from sync.oracle.reading.paging import Item, Page, page_of, total_of
from sync.oracle.survey.address import base_addresses
from sync.oracle.survey.questions import Ended, Questions
from sync.oracle.transport.config import OracleConfig
from sync.oracle.transport.sign_in import SignIn

SAMPLE = 200
LARGEST_PAGE = 500
MOST_STATUSES_COUNTED = 6
USUAL_VERSIONS = ("11.13.18.05", "latest")
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

ALL_QUOTED = USUAL_FINDER
ALL_UNQUOTED = ALL_QUOTED.replace("'", "")
EVER_QUOTED = f"{ALL_QUOTED},EffectiveBeginDate='1970-01-01',EffectiveEndDate='2199-12-31'"
EVER_UNQUOTED = EVER_QUOTED.replace("'", "")
NO_FINDER = ""
IN_WORDS = {
    ALL_QUOTED: "with RecordSet='ALLOPTIES'",
    ALL_UNQUOTED: "with RecordSet=ALLOPTIES",
    EVER_QUOTED: "with ALLOPTIES of all times",
    EVER_UNQUOTED: "with ALLOPTIES of all times",
    NO_FINDER: "without a finder",
}


def finder_in_words(finder: str) -> str:
    return IN_WORDS.get(finder, "with ORACLE_FINDER")


def survey(
    config: OracleConfig,
    sign_in: SignIn,
    wanted: Iterable[Attribute],
    statuses: Iterable[str],
    on_question: Callable[[str], object] = lambda what: None,
) -> Findings:
    """Return what this tenant offers, and settings that work there.

    Args:
        wanted: the attributes that a sync would like to have.
        statuses: the status codes that count as open or closed.
        on_question: called with each question in words.
    """
    questions = Questions(config, sign_in, on_question)
    try:
        _Survey(questions, list(wanted), list(statuses)).run()
    except (Ended, OracleError) as end:
        questions.found.end = str(end)
    return questions.found


class _Survey:
    def __init__(self, questions: Questions, wanted: list[Attribute], statuses: list[str]) -> None:
        self._questions, self._wanted, self._statuses = questions, wanted, statuses
        self._found = questions.found
        self._ids: list[int] = []
        self._first_id = 0
        self._records: list[Item] = []

    def run(self) -> None:
        self._find_service()
        self._find_finder()
        self._see_attributes()
        self._rehearse()
        self._found.is_by_offset = self._goes_on(self._page("records by offset", offset="1"))
        self._count_statuses()

    @property
    def _url(self) -> str:
        return self._found.config.opportunities_url

    @property
    def _page_size(self) -> int:
        return min(LARGEST_PAGE, self._found.config.page_size)

    def _params(self, *conditions: str | None, **more: str) -> dict[str, str]:
        params = _params(self._found.config.finder, 1) | more
        return query.with_conditions(params, *conditions)

    def _page(self, what: str, *conditions: str | None, **more: str) -> Page | None:
        params = self._params(*conditions, **more)
        return self._page_in(what, self._questions.try_to_ask(what, self._url, params))

    def _page_in(self, what: str, answer: Any) -> Page | None:
        try:
            return None if answer is None else page_of(answer)
        except OracleProtocolError as error:
            self._found.refusals[what] = str(error)
            return None

    # --- where it is ----------------------------------------------------------------------------

    def _find_service(self) -> None:
        bases = base_addresses(self._found.config.base_url)
        for base in bases:
            url = f"{base}/crmRestApi/resources/"
            catalog = self._questions.try_to_ask("which versions there are", url, {})
            if isinstance(catalog, dict):
                self._found.refusals.clear()
                self._questions.adopt(base_url=base)
                return self._choose_version(catalog)
        versions = dict.fromkeys((self._found.config.api_version, *USUAL_VERSIONS))
        self._try_each(product(bases, versions))

    def _choose_version(self, catalog: Mapping[str, Any]) -> None:
        items = [item for item in catalog.get("items") or [] if isinstance(item, dict)]
        versions = [str(item["version"]) for item in items if item.get("version")]
        allowed = (each.get("allowedFrameworkVersions") or [] for each in [catalog, *items])
        self._found.versions = versions
        self._found.framework_versions = [*dict.fromkeys(map(str, chain.from_iterable(allowed)))]
        if versions and self._found.config.api_version not in [*versions, "latest"]:
            self._questions.adopt(api_version=max(versions, key=_version_key))

    def _try_each(self, places: Iterable[tuple[str, str]]) -> None:
        """Find where there are opportunities, where there is no catalog."""
        errors = []
        for base, version in places:
            self._questions.adopt(base_url=base, api_version=version)
            try:
                params = self._params(finder=NO_FINDER)
                self._questions.ask("whether it answers", self._url, params)
            except (OracleNotFound, OracleSignInPage) as error:
                errors.append(error)
            except (OracleQueryRefused, OracleForbidden):
                return
            else:
                return
        raise errors[0]

    # --- which finder shows most ----------------------------------------------------------------

    def _find_finder(self) -> None:
        configured = self._found.config.finder
        pages: dict[str, Page] = {}
        for finder in dict.fromkeys((configured, ALL_QUOTED, ALL_UNQUOTED)):
            self._found.shown.append(self._shown_by(finder, pages))
        is_unquoted = ALL_QUOTED not in pages and ALL_UNQUOTED in pages
        for finder in (EVER_UNQUOTED if is_unquoted else EVER_QUOTED, NO_FINDER):
            if finder != configured:
                self._found.shown.append(self._shown_by(finder, pages))
        best = self._found.best
        if best is None:
            raise Ended(self._found.shown[0].refusal)
        self._questions.adopt(finder=best.finder)
        self._ids = pages[best.finder].ids
        self._first_id = next(iter(self._ids), 0)
        if best.has_more and best.rows < self._page_size:
            self._found.page_limit = best.rows

    def _shown_by(self, finder: str, pages: dict[str, Page]) -> Shown:
        what, params = f"what it shows {finder_in_words(finder)}", _params(finder, self._page_size)
        try:
            answer = self._questions.ask_with_total(what, self._url, params)
            page = pages[finder] = page_of(answer)
        except OracleError as error:
            if isinstance(error, OracleUnavailable) and not (pages or self._found.versions):
                raise
            return Shown(finder, refusal=str(error))
        total, last_id = _plausible_total(answer, page), max(page.ids, default=0)
        return Shown(finder, len(page.items), page.has_more, total, last_id)

    # --- what a record has ----------------------------------------------------------------------

    def _see_attributes(self) -> None:
        answer = self._questions.try_to_ask("what a record has", f"{self._url}/describe", {})
        seen = described(answer)
        self._found.is_described = bool(seen)
        what = "the newest records, whole"
        params = self._params(orderBy=f"{ID_ATTRIBUTE}:desc", limit=str(SAMPLE))
        del params["fields"]
        answer = self._questions.try_to_ask(what, self._url, params)
        self._records = _records_of(self._page_in(what, answer))
        self._found.sample_size = len(self._records)
        sent = (name for record in self._records for name in record if name != "links")
        names = dict.fromkeys((*seen, *sent))
        self._found.attributes = {name: self._attribute(name, seen.get(name)) for name in names}

    def _attribute(self, name: str, seen: SeenAttribute | None) -> SeenAttribute:
        values = [record.get(name) for record in self._records]
        filled = [value for value in values if value is not None and str(value).strip()]
        return SeenAttribute(
            name,
            (seen.kind if seen else "") or kind_of_values(filled),
            seen.is_queryable if seen else None,
            len(filled) / len(values) if values else None,
        )

    # --- how it can be read ---------------------------------------------------------------------

    def _rehearse(self) -> None:
        """Ask as a sync does, for everything that has changed behind the first id."""
        names = {each.name for each in self._wanted}
        lacking = names - self._found.attributes.keys()
        attributes = Attributes(
            self._wanted, lacking if self._found.attributes else stand_ins(self._wanted)
        )
        whole = {"fields": ",".join(attributes.names), "limit": str(self._page_size)}
        behind = query.after_id(self._first_id)
        changed = [query.updated_since(date, LONG_AGO) for date in attributes.update_dates[:1]]
        if page := self._page("records as a sync reads them", behind, *changed, **whole):
            self._found.is_readable = self._found.is_by_change = True
            self._found.is_by_id = self._goes_on(page)
        else:
            page = self._page("records without a condition", **whole)
            self._found.is_readable = page is not None
            self._found.is_by_id = self._goes_on(self._page("records by OptyId", behind))
            by_change = self._page("records by last change", *changed)
            self._found.is_by_change = by_change is not None
        self._records += _records_of(page)

    def _goes_on(self, page: Page | None) -> bool:
        """Return whether the page begins behind the first record, where there are more."""
        if page is None or any(each <= self._first_id for each in page.ids):
            return False
        return bool(page.ids) or len(self._ids) < 2

    # --- what is in use -------------------------------------------------------------------------

    def _count_statuses(self) -> None:
        used = self._values_of("crm_status")
        self._found.stages = sorted(self._values_of("stage"))
        self._found.count_of_status = dict.fromkeys(used)
        if not (self._found.is_counted and self._name_of("crm_status")):
            return
        for code in list(dict.fromkeys((*self._statuses, *used)))[:MOST_STATUSES_COUNTED]:
            count = self._count(code)
            if count is None:
                return
            self._found.count_of_status[code] = count

    def _values_of(self, column: str) -> list[str]:
        """Return the texts in use, the most frequent first."""
        values = [record.get(self._name_of(column)) for record in self._records]
        texts = [value.strip() for value in values if isinstance(value, str) and value.strip()]
        return sorted(set(texts), key=lambda text: (-texts.count(text), text))

    def _name_of(self, column: str) -> str:
        """Return this tenant's name of the attribute that fills a column, as settings have it."""
        return next((each.name for each in self._wanted if each.column == column), "")

    def _count(self, code: str) -> int | None:
        quoted = code.replace("'", "''")
        what, condition = f"how many are {code}", f"{self._name_of('crm_status')} = '{quoted}'"
        params = self._params(condition, totalResults="true")
        answer = self._questions.try_to_ask(what, self._url, params)
        page = self._page_in(what, answer)
        return _plausible_total(answer, page) if page else None


def _params(finder: str, limit: int) -> dict[str, str]:
    return {**query.collection_params(finder, limit), "fields": ID_ATTRIBUTE}


def _plausible_total(answer: Any, page: Page) -> int | None:
    """Return the number that Oracle counts, unless the very answer contradicts it."""
    total = total_of(answer)
    return total if total is not None and total >= len(page.items) + page.has_more else None


def _records_of(page: Page | None) -> list[Item]:
    return [item for item in page.items if isinstance(item, dict)] if page else []


def _version_key(version: str) -> list[int]:
    return [int(part) if part.isdecimal() else -1 for part in version.split(".")]
