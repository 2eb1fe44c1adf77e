"""Report a first look: as text for people, as JSON for programs."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from io import StringIO
from textwrap import fill
from typing import Any

from rich.console import Console
from rich.table import Table

from sync import conf
from sync.discovery import env_file
from sync.discovery.diagnosis import solutions, would_work
from sync.discovery.env_file import Written
from sync.discovery.first_look import FirstLook
from sync.oracle.fields.attributes import CUSTOM
from sync.oracle.findings import Findings
from sync.oracle.survey.survey import finder_in_words
from sync.reports.presentation import duration

WIDTH = 80
MOST_CUSTOM_ATTRIBUTES = 30
LONGEST_REASON = 200
NOT_TOLD = "not told"
NO_PROBLEM = "Nothing stands in the way of a sync."
NEXT = "Next: .venv/bin/python manage.py first_sync"
SECRET = {"SECRET_KEY", "ORACLE_PASSWORD", "ORACLE_CLIENT_SECRET", "ORACLE_PROXY"}


def text_report(look: FirstLook, written: Written) -> str:
    return "\n\n".join(_paragraphs(look, written))


def _paragraphs(look: FirstLook, written: Written) -> Iterator[str]:
    if look.found:
        yield from _survey(look.found)
    numbered = enumerate((each.sentence for each in look.problems), 1)
    yield "\n".join(_item(f"{n}.", sentence) for n, sentence in numbered) or NO_PROBLEM
    if written.names:
        former = f" The former one is {written.copy.name}." if written.copy else ""
        yield fill(f"Written to .env: {', '.join(written.names)}.{former}", WIDTH)
    elif look.missing:
        lines = (
            f"{name}=..." if name in SECRET else env_file.line(name, value)
            for name, value in look.missing.items()
        )
        yield "\n  ".join(("With --write, .env gets these lines:", *lines))
    if look.overridden:
        yield fill(
            f"The environment has other values for {', '.join(look.overridden)}, and overrides "
            ".env: change them there.",
            WIDTH,
        )
    elif would_work(look.problems, once_solved=True) and (written.names or not look.missing):
        yield NEXT


def _item(mark: str, sentence: str) -> str:
    return fill(f"{mark} {sentence}", WIDTH, subsequent_indent=" " * (len(mark) + 1))


def _survey(found: Findings) -> Iterator[str]:
    if found.shown:
        yield _table(found)
    yield f"{found.requests} questions were asked. Nothing was changed in Oracle."
    if found.shown and found.refusals:
        # Without the advice, which is for those whom this would stop.
        reasons = {what: why.partition(": check ")[0] for what, why in found.refusals.items()}
        items = (_item("-", f"{what}: {why[:LONGEST_REASON]}") for what, why in reasons.items())
        yield "\n".join(("Questions without an answer:", *items))


def _table(found: Findings) -> str:
    table = Table(title=f"Oracle at {found.config.host}", width=WIDTH, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for label, lines in _rows(found):
        table.add_row(label, "\n".join(lines) or NOT_TOLD)
    paper = StringIO()
    Console(file=paper, width=WIDTH, markup=False, highlight=False, emoji=False).print(table)
    return "\n".join(line.rstrip() for line in paper.getvalue().rstrip().splitlines())


def _rows(found: Findings) -> Iterator[tuple[str, Sequence[str]]]:
    yield "Address", [found.config.base_url]
    yield "API version", [found.config.api_version]
    yield "Versions offered", [", ".join(found.versions)]
    yield "Framework versions", [", ".join(found.framework_versions)]
    yield "Records it shows", [*_shown(found)]
    if found.best:
        yield "By status", [*_statuses(found)]
        yield "Stages in use", found.stages
        yield "Counts records", [_yes_or_no(found.is_counted)]
        yield "Records per answer", [_page_limit(found)]
        yield "Reads by OptyId", [_yes_or_no(found.is_by_id)]
        yield "Reads by offset", [_yes_or_no(found.is_by_offset)]
        yield "Reads changes", [_yes_or_no(found.is_by_change)]
        yield "Attributes", [_attributes(found)]
        yield "Custom attributes", [_custom_attributes(found)]
        yield "Clock", [_clock(found.clock_ahead_s)]


def _yes_or_no(answer: bool | None) -> str:
    return NOT_TOLD if answer is None else "yes" if answer else "no"


def _shown(found: Findings) -> Iterator[str]:
    for each in found.shown:
        used = " (used)" if each is found.best else ""
        yield f"{each.count_in_words} {finder_in_words(each.finder)}{used}"


def _statuses(found: Findings) -> Iterator[str]:
    """Yield one line for each meaning."""
    closed = conf.closed_statuses()
    codes: dict[str, list[str]] = {"closed": [], "open": [], "no setting names": []}
    for code, count in found.count_of_status.items():
        meaning = "open" if closed.is_mapped(code) else "no setting names"
        if count != 0:
            words = code if count is None else f"{code} {count:,}"
            codes["closed" if code in closed else meaning].append(words)
    return (f"{meaning}: {', '.join(words)}" for meaning, words in codes.items() if words)


def _page_limit(found: Findings) -> str:
    if found.page_limit:
        return f"{found.page_limit} at most"
    best = found.best
    return f"{best.rows}, as asked" if best and best.has_more else "too few records to tell"


def _attributes(found: Findings) -> str:
    if not found.attributes:
        return ""
    count = f"{len(found.attributes):,}"
    if not found.is_described:
        return f"{count}, found in records; Oracle does not describe them"
    refused = [each.name for each in found.attributes.values() if each.is_queryable is False]
    return f"{count}, of which {len(refused):,} cannot be used in q"


def _custom_attributes(found: Findings) -> str:
    custom = [each for each in found.attributes.values() if each.name.endswith(CUSTOM)]
    custom.sort(key=lambda each: (-(each.filled or 0), each.name))
    words = [
        each.name if each.filled is None else f"{each.name} {each.filled:.0%}"
        for each in custom[:MOST_CUSTOM_ATTRIBUTES]
    ]
    if not words:
        return "none" if found.attributes else ""
    more = f" and {len(custom) - len(words):,} more" if len(custom) > len(words) else ""
    return (
        f"{', '.join(words)}{more} (share of the {found.sample_size:,} newest records that have it)"
    )


def _clock(ahead_s: float | None) -> str:
    if ahead_s is None:
        return ""
    return f"{duration(abs(ahead_s))} {'ahead of' if ahead_s > 0 else 'behind'} this machine's"


def json_report(look: FirstLook, written: Written) -> str:
    return json.dumps(
        {
            "would_work": would_work(look.problems, once_solved=bool(written.names)),
            "problems": [asdict(each) for each in look.problems],
            "lines": solutions(look.problems),
            "written": [*written.names],
            "copy": str(written.copy) if written.copy else None,
            "found": _findings(look.found) if look.found else None,
        }
    )


def _findings(found: Findings) -> Mapping[str, Any]:
    """Return all but the settings, which hold a password."""
    plain = {each.name: getattr(found, each.name) for each in fields(found)}
    del plain["config"]
    return {
        **plain,
        "base_url": found.config.base_url,
        "api_version": found.config.api_version,
        "shown": [asdict(each) for each in found.shown],
        "attributes": [asdict(each) for each in found.attributes.values()],
    }
