"""Turn findings into problems, and into the lines of `.env` that solve them."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from opportunities.domain.crm_status import ClosedStatuses
from sync.discovery.likely_names import likely_name
from sync.oracle.fields.attributes import ESSENTIAL_COLUMNS, Attribute, Attributes
from sync.oracle.findings import Findings
from sync.oracle.names import ATTRIBUTES_SETTING
from sync.oracle.survey.survey import finder_in_words
from sync.oracle.transport.config import OracleConfig
from sync.oracle.transport.http import FRAMEWORK_VERSION
from sync.reports.presentation import duration
from sync.safety.open_only import is_suspiciously_open

CLOCKS_MAY_DIFFER_S = 120
ENOUGH_TO_CALL_IT_EMPTY = 20
WON_OR_LOST = re.compile(r"(?:CLOSED|DEAL|OPTY)?(WON|LOST)(?:CLOSED|DEAL|OPTY)?")


@dataclass(frozen=True)
class Problem:
    sentence: str
    lines: Mapping[str, str] = field(default_factory=dict)
    """Setting -> the value that solves it."""
    stops: bool = False
    """Whether no sync can succeed before it is solved."""


@dataclass(frozen=True)
class CurrentSettings:
    config: OracleConfig
    written_address: str
    wanted: Sequence[Attribute]
    renamed: Mapping[str, str]
    usual_names: Mapping[str, str]
    """Column -> the name that most tenants have for its attribute."""
    closed: ClosedStatuses
    lists_of_statuses: Mapping[str, Sequence[str]]
    """Setting -> its status codes."""
    stages: Collection[str] = ()
    """The sales stages in their order, where a setting gives it."""


def diagnose(found: Findings, current: CurrentSettings) -> list[Problem]:
    """Return every problem, those that stop a sync first."""
    checks = (
        *(_connection, _finder, _missing_records, _reading, _paging),
        *(_attributes, _statuses, _stages, _clock),
    )
    problems = [problem for check in checks for problem in check(found, current)]
    return sorted(problems, key=lambda problem: not problem.stops)


def solutions(problems: Sequence[Problem]) -> dict[str, str]:
    """Return the lines of all problems together: setting -> value."""
    return {name: value for problem in problems for name, value in problem.lines.items()}


def would_work(problems: Sequence[Problem], *, once_solved: bool) -> bool:
    return not any(each.stops and not (once_solved and each.lines) for each in problems)


# --- reaching Oracle ----------------------------------------------------------------------------


def _connection(found: Findings, current: CurrentSettings) -> Iterator[Problem]:
    if found.end:
        yield Problem(found.end, stops=True)
    base_url, version = found.config.base_url, found.config.api_version
    if current.written_address.rstrip("/") != base_url:
        yield Problem(
            f"ORACLE_BASE_URL must be the bare address, {base_url}: without a path, a user name "
            "or a password, and with https, because over http the password would travel in the "
            "clear.",
            {} if found.end else {"ORACLE_BASE_URL": base_url},
            stops=True,
        )
    if not found.end and current.config.api_version != version:
        yield Problem(
            f"This Oracle does not offer version {current.config.api_version} of its API, but "
            f"{version}.",
            {"ORACLE_API_VERSION": version},
            stops=True,
        )
    allowed = found.framework_versions
    if allowed and FRAMEWORK_VERSION not in allowed:
        yield Problem(
            f"BQS needs version {FRAMEWORK_VERSION} of Oracle's REST framework, but this Oracle "
            f"offers {', '.join(allowed)}: ask whoever runs it.",
            stops=not found.known,
        )


def _clock(found: Findings, current: CurrentSettings) -> Iterator[Problem]:
    ahead_s = found.clock_ahead_s
    if ahead_s is not None and abs(ahead_s) > CLOCKS_MAY_DIFFER_S:
        where = "ahead of" if ahead_s > 0 else "behind"
        yield Problem(
            f"Oracle's clock is {duration(abs(ahead_s))} {where} this machine's: check this "
            "machine's. Syncs use Oracle's clock, so they still work."
        )


# --- the records Oracle shows -------------------------------------------------------------------


def _finder(found: Findings, current: CurrentSettings) -> Iterator[Problem]:
    best, now = found.best, found.shown[0] if found.shown else None
    if not (best and now) or best.finder == now.finder:
        return
    if now.refusal:
        difference = "is refused"
    elif now.total is None or best.total is None:
        difference = "leaves out records"
    else:
        difference = f"shows {now.total:,} records only"
    yield Problem(
        f"ORACLE_FINDER {difference}. Oracle shows {best.count_in_words} "
        f"{finder_in_words(best.finder)}.",
        {"ORACLE_FINDER": best.finder or "none"},
        stops=bool(now.refusal),
    )


def _missing_records(found: Findings, current: CurrentSettings) -> Iterator[Problem]:
    if found.best and not found.known:
        yield Problem(
            "Oracle shows this user no opportunity at all. If there are some, give the user the "
            "right to read all opportunities."
        )
    if is_suspiciously_open(found.known, _used_statuses(found), current.closed):
        yield Problem(
            "None of these deals is closed, so Oracle most likely shows open ones only: give the "
            "user the right to read all opportunities, or name a finder that shows closed ones "
            "in ORACLE_FINDER. Until then only full runs notice closings, and each is partial. "
            "If this is intended, set ORACLE_SHOWS_OPEN_ONLY=true."
        )


# --- how records can be read --------------------------------------------------------------------


def _reading(found: Findings, current: CurrentSettings) -> Iterator[Problem]:
    if found.is_readable is False:
        reason = found.refusals.get("records without a condition", "it does not say why")
        yield Problem(
            f"Oracle gives no page with all attributes that a sync asks for: {reason}", stops=True
        )
    if found.page_limit:
        yield Problem(
            f"Oracle gives at most {found.page_limit} records in an answer.",
            {"ORACLE_PAGE_SIZE": str(found.page_limit)},
        )
    if found.is_by_change is False:
        yield Problem("Oracle cannot be asked for changes: every sync will read everything.")


def _paging(found: Findings, current: CurrentSettings) -> Iterator[Problem]:
    works = {"keyset": found.is_by_id, "offset": found.is_by_offset}
    ways = {"keyset": "behind an OptyId", "offset": "from an offset on"}
    configured = current.config.paging
    other = "offset" if configured == "keyset" else "keyset"
    if works[configured] is False and works[other] is False:
        yield Problem(f"Oracle refuses to give records {' and '.join(ways.values())}.", stops=True)
    elif works[configured] is False:
        yield Problem(
            f"Oracle refuses to give records {ways[configured]}.", {"ORACLE_PAGING": other}
        )


# --- attributes: which the tenant lacks, and which of its own most likely replace them ----------


def _attributes(found: Findings, current: CurrentSettings) -> Iterator[Problem]:
    if not found.attributes:
        return
    taken = {each.name for each in current.wanted}
    renamed = dict(current.renamed)
    columns: set[str] = set()
    unknown = [each.name for each in current.wanted if each.name not in found.attributes]
    absent = Attributes(current.wanted, unknown).absent
    for each in [*absent, *_empty(found, current)]:
        if not each.column or each.column not in columns:
            yield _lacking(each, found, current, taken, renamed)
        columns.add(each.column)


def _empty(found: Findings, current: CurrentSettings) -> Iterator[Attribute]:
    """Yield those whose column would stay empty, though another attribute seems to fill it."""
    if found.sample_size < ENOUGH_TO_CALL_IT_EMPTY:
        return
    taken = {each.name for each in current.wanted}
    there = [each for each in current.wanted if each.name in found.attributes]
    filled = {each.column for each in there if found.attributes[each.name].filled}
    for each in there:
        if each.column in current.usual_names.keys() - filled and likely_name(
            each.name, each.column, found.attributes, taken
        ):
            yield each


def _lacking(
    missing: Attribute,
    found: Findings,
    current: CurrentSettings,
    taken: set[str],
    renamed: dict[str, str],
) -> Problem:
    """Return the problem, with the attribute's likely name entered into `taken` and `renamed`."""
    is_known = missing.name in found.attributes
    lacks = f"No record has a {missing.name}" if is_known else f"This Oracle has no {missing.name}"
    usual = current.usual_names.get(missing.column)
    guess = usual and likely_name(usual, missing.column, found.attributes, taken)
    if not usual or not guess:
        return _without(missing, lacks)
    taken.add(guess.name)
    value = guess.name
    if missing.setting == ATTRIBUTES_SETTING:
        renamed[usual] = guess.name
        value = ",".join(f"{usual}={own}" for usual, own in renamed.items())
    share = "" if guess.filled is None else f", which {guess.filled:.0%} of the records have"
    return Problem(
        f"{lacks}. Our guess is {guess.name}{share}: please check.",
        {missing.setting: value},
        stops=missing.column in ESSENTIAL_COLUMNS and not is_known,
    )


def _without(missing: Attribute, lacks: str) -> Problem:
    if missing.is_essential:
        return Problem(
            f"{lacks}, and nothing can be read without it: put the tenant's own name into "
            f"{missing.setting}.",
            stops=True,
        )
    column = missing.column.removeprefix("crm_").replace("_", " ")
    effect = f"the {column} stays empty" if column else "it is left out"
    return Problem(f"{lacks}: {effect}, unless {missing.setting} names another.")


# --- statuses and stages that no setting names --------------------------------------------------


def _used_statuses(found: Findings) -> dict[str, int | None]:
    return {code: count for code, count in found.count_of_status.items() if count != 0}


def _statuses(found: Findings, current: CurrentSettings) -> Iterator[Problem]:
    unnamed = {
        code: code if count is None else f"{code} ({count:,} records)"
        for code, count in _used_statuses(found).items()
        if not current.closed.is_mapped(code)
    }
    if unknown := [words for code, words in unnamed.items() if not _outcome(code)]:
        yield Problem(
            f"No setting names these CRM statuses, so such deals count as open: "
            f"{', '.join(unknown)}. Add each to ORACLE_CLOSED_STATUS_CODES or "
            "ORACLE_OPEN_STATUS_CODES."
        )
    lists = {name: list(codes) for name, codes in current.lists_of_statuses.items()}
    for code, words in unnamed.items():
        if outcome := _outcome(code):
            names = ("ORACLE_CLOSED_STATUS_CODES", f"ORACLE_{outcome}_STATUS_CODES")
            for name in names:
                lists[name].append(code)
            yield Problem(
                f"No setting names the status {words}, which looks like {outcome.lower()}: "
                "please check.",
                {name: ",".join(lists[name]) for name in names},
            )


def _outcome(code: str) -> str:
    """Return WON or LOST, where the code says so."""
    match = WON_OR_LOST.fullmatch(re.sub(r"[\W_]", "", code.upper()))
    return match[1] if match else ""


def _stages(found: Findings, current: CurrentSettings) -> Iterator[Problem]:
    def has_place(stage: str) -> bool:
        return stage in current.stages if current.stages else bool(re.match(r"\s*\d", stage))

    if unplaced := [each for each in found.stages if not has_place(each)]:
        yield Problem(
            f"SALES_STAGES does not give the order of these stages, so BQS cannot notice that a "
            f"deal moved back: {', '.join(unplaced)}."
        )
