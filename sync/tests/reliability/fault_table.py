"""How a full run has to end under each fault, written down by hand, one fault a line."""

from enum import IntEnum
from typing import NamedTuple


class Ending(IntEnum):
    """In the order of what prevails where two faults meet."""

    SUCCESS = 0
    REJECTS = 1
    """Everything was read; some records were refused."""
    LEFT_OUT = 2
    """The list is not all there is; what is known was asked for one by one."""
    STOPS = 3
    """The run read what it could; PARTIAL, or FAILED where that was nothing."""


SUCCESS, REJECTS, LEFT_OUT, STOPS = Ending


class Mode(NamedTuple):
    paging: str
    connections: int


MODES = {
    "one reader": Mode("keyset", 1),
    "four readers": Mode("keyset", 4),
    "by offset": Mode("offset", 1),
}

# Each fault in the form that two of them can meet in: it begins in the middle of the run, what
# passes is tried again often enough, and records are spoiled in more answers than another fault
# keeps from arriving. Of two that spoil one thing the last prevails: the harmless come first.
ENDINGS: dict[str, Ending | dict[str, Ending]] = {
    # --- what passes
    "exception:after=3,times=2": SUCCESS,
    "reset:after=3": SUCCESS,
    "throttle:after=3,seconds=0": SUCCESS,
    "throttle-silent:after=3": SUCCESS,
    "error-500:after=3": SUCCESS,
    "error-502:after=3": SUCCESS,
    "error-503:after=3": SUCCESS,
    "error-504:after=3": SUCCESS,
    "hang:after=3,seconds=1": SUCCESS,
    "drip:after=3,ms=2": SUCCESS,
    "cut:after=3": SUCCESS,
    "bad-json:after=3": SUCCESS,
    "plain-text:after=3,times=2": SUCCESS,
    "error:after=3": SUCCESS,
    "interim:after=3": SUCCESS,
    "empty-204:after=3": SUCCESS,
    "empty-body:after=3": SUCCESS,
    # --- what does not
    "html:after=3": STOPS,
    "unauthorized:after=3": STOPS,
    "forbidden:after=3": STOPS,
    "not-found:after=3": STOPS,
    "redirect:after=3": STOPS,
    "not-a-page:after=3": STOPS,
    "odd-answer:after=3": STOPS,
    # --- odd, but no harm
    "clock-ahead": SUCCESS,
    "other-charset:after=3": SUCCESS,
    "new-field:after=3,times=2": SUCCESS,
    "absent-field:after=3,times=2": SUCCESS,
    "string-numbers:after=3,times=2": SUCCESS,
    # --- lies that nobody can see through; a later full run puts them right
    "null-field:after=3,times=2": SUCCESS,
    "emoji:after=3,times=2": SUCCESS,
    "decomposed:after=3,times=2": SUCCESS,
    "far-date:after=3,times=2": SUCCESS,
    # --- records that cannot be imported; those without an id are missed as well
    "missing-id:after=3,times=4": STOPS,
    "overflow:after=3,times=4": REJECTS,
    "nan:after=3,times=4": REJECTS,
    "nul:after=3,times=4": REJECTS,
    "long-text:after=3,times=4": REJECTS,
    "bad-date:after=3,times=4": REJECTS,
    "wrong-type:after=3,times=4": REJECTS,
    "broken-bytes:after=3,times=4": REJECTS,
    "half-character:after=3,times=4": REJECTS,
    "forbidden-character:after=3,times=4": REJECTS,
    "endless-number:after=3,times=4": REJECTS,
    "deep-nesting:after=3,times=4": REJECTS,
    "cut-character:after=3,times=4": REJECTS,
    "vast-number:after=3,times=4": REJECTS,
    # --- rows that change under the reader
    "edit-between": SUCCESS,
    "add-between": SUCCESS,
    "remove-between": SUCCESS,
    "ties:after=2": SUCCESS,
    "late-commit": SUCCESS,
    "row-ahead:after=2,seconds=600": SUCCESS,
    # --- pages that are cut wrongly
    "short-pages": SUCCESS,
    "offset-ignored:after=2": {"one reader": SUCCESS, "four readers": SUCCESS, "by offset": STOPS},
    "items-absent:after=3": STOPS,
    "empty:after=3": STOPS,
    "page-repeated:after=3": STOPS,
    "wrong-has-more:after=1": SUCCESS,
    # By offset the twin stands where the next record should: no row is lost, none is passed.
    "duplicate:after=3": {"one reader": SUCCESS, "four readers": SUCCESS, "by offset": STOPS},
}

# Each fault once more in other forms, for when it comes alone.
OTHER_FORMS: dict[str, Ending | dict[str, Ending]] = {
    "exception": STOPS,
    "error-500:after=3,times=0": STOPS,
    "throttle-silent:times=0": STOPS,
    "error:status=425,after=3": SUCCESS,
    "error:status=501,after=3": STOPS,
    "error:status=599,after=3": SUCCESS,
    "interim:status=102,after=3,times=1": SUCCESS,
    "empty-204:after=3,times=0": STOPS,
    "odd-answer:on=one": SUCCESS,
    "bad-json:after=3,times=0": STOPS,
    "cut:times=0": STOPS,
    # Of four readers the question how many there are comes first, and decides nothing.
    "html:times=1": {"one reader": STOPS, "four readers": SUCCESS, "by offset": STOPS},
    "unauthorized:after=5,times=1": STOPS,
    "not-a-page:after=5,times=1": SUCCESS,
    "null-field:field=Name,times=2": REJECTS,
    "absent-field:field=OptyId,times=1": STOPS,
    "bad-date:field=LastUpdateDate,times=2": REJECTS,
    "far-date:field=LastUpdateDate,times=2": SUCCESS,
    "string-numbers:rows=500": SUCCESS,
    "short-pages:rows=1,times=5": SUCCESS,
    "empty": STOPS,
    "items-absent:empty=1": SUCCESS,
    "page-repeated:after=3,times=1": {
        "one reader": STOPS,
        "four readers": STOPS,
        "by offset": SUCCESS,
    },
    "wrong-has-more:times=1": SUCCESS,
    "duplicate:times=1": SUCCESS,
}

# What Oracle says without a new stamp an incremental run cannot see.
UNSTAMPED = ("null-field", "emoji", "decomposed", "far-date")
# What a row that is not known yet lacks, nobody misses until a full run.
UNSTAMPED_AT_FIRST = (*UNSTAMPED, "absent-field")


# Pages so short and overlapping bring in the next what lost its id in the one before.
TOGETHER = {("by offset", "missing-id:after=3,times=4", "short-pages"): REJECTS}


def endings_of(mode: str, *faults: str) -> set[Ending]:
    """More than one where it depends on which reader is quicker."""
    ending = TOGETHER.get((mode, *faults)) or max(
        (_alone(mode, fault) for fault in faults), default=SUCCESS
    )
    # All that a page announced of a range may be gone before it is asked for: to stop is safe.
    return {ending, STOPS} if mode == "four readers" and "remove-between" in faults else {ending}


def only_a_full_run_sees(mode: str, *faults: str) -> bool:
    unstamped = any(fault.startswith(UNSTAMPED) for fault in faults)
    # A stamp of now takes the watermark past a row that lacked something; among four readers
    # it is chance whether a new row does.
    stamps = ("row-ahead", "add-between", "edit-between") if mode == "four readers" else "row-ahead"
    lacks = any(fault.startswith("absent-field") for fault in faults)
    return unstamped or (lacks and any(fault.startswith(stamps) for fault in faults))


def _alone(mode: str, fault: str) -> Ending:
    ending = {**ENDINGS, **OTHER_FORMS}[fault]
    return ending[mode] if isinstance(ending, dict) else ending
