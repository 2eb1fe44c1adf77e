"""Ask for records that a list did not bring: by OptyId in batches, or each by its OptyNumber.

An odd answer proves nothing and ends nothing; only a refused login ends all. Knows no Django.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from sync.oracle.errors import (
    OracleError,
    OracleForbidden,
    OracleLoginRefused,
    OracleNotFound,
    OracleProtocolError,
    OracleQueryRefused,
    OracleUnavailable,
)
from sync.oracle.reading.client import OracleClient
from sync.oracle.reading.paging import Item, Page
from sync.oracle.reading.read_ahead import read_ahead
from sync.oracle.transport.http import OracleHttp

# With ids of 18 digits an address stays well below the 8 kB that servers take.
IDS_IN_A_BATCH = 200
# Of one connection: an Oracle that is down need not be asked for each of 500 records.
MOST_UNREACHED_IN_A_ROW = 5


class Whereabouts(Enum):
    SHOWN = auto()
    HIDDEN = auto()
    """It exists, but not for our user."""
    GONE = auto()
    """There is no such record, or its number is used again for another one."""
    UNKNOWN = auto()
    """Not proved by the answer."""
    UNREACHED = auto()
    """There was no answer."""


@dataclass(frozen=True)
class Question:
    remote_id: str
    opty_number: str | None
    """None leaves nothing to ask by."""

    @property
    def has_slash(self) -> bool:
        """Return whether servers may refuse its address, as many do with an encoded slash."""
        return "/" in (self.opty_number or "")


@dataclass(frozen=True)
class Answer:
    question: Question
    whereabouts: Whereabouts
    item: Item | None = None
    """The record or, where its number is used again, the other one."""

    @property
    def is_absent(self) -> bool:
        """Return whether Oracle has nothing to show under this number."""
        return self.item is None and self.whereabouts in (Whereabouts.HIDDEN, Whereabouts.GONE)


def shown_by_id(
    client: OracleClient, remote_ids: Sequence[str], most_requests: int | None = None
) -> Iterator[tuple[list[str], list[Item]]]:
    """Yield some of the ids, and the records the list shows of them, until all were asked for.

    They are asked for in batches; one by one where a tenant does not understand that.

    Args:
        most_requests: the ids that would take more are left out.

    Raises: OracleError, OracleQueryRefused where not even a single id can be asked for.
    """
    ids, size = [*remote_ids], IDS_IN_A_BATCH
    while ids and most_requests != 0:
        most_requests = most_requests and most_requests - 1
        batch, rest = ids[:size], ids[size:]
        try:
            page = client.of_ids(batch)
        except (OracleQueryRefused, OracleProtocolError):
            if size == 1:
                raise
            size = 1
            continue
        # A server that gives fewer records than asked for says nothing of the later ids.
        reached = max(page.ids, default=None) if page.has_more else None
        answered = [each for each in batch if reached is None or int(each) <= reached]
        yield answered, page.items
        ids = [each for each in batch if each not in answered] + rest


def asked_by_number(
    client: OracleClient, questions: Sequence[Question], witness: Question | None = None
) -> Iterator[Answer]:
    """Yield the answer to each, asked side by side, in the order they come.

    Where Oracle cannot be reached the rest is not asked for.

    Args:
        witness: a record that the list shows and whose number has a slash. A server that does
            not find it either proves nothing about those with a slash.

    Raises: OracleLoginRefused.
    """
    with_slash = any(question.has_slash for question in questions)
    knows_slash = False
    if with_slash and witness:
        answer = _answer(client, witness, client.another_connection())
        knows_slash = answer.whereabouts is Whereabouts.SHOWN
    count = min(client.config.concurrency, len(questions))
    shares = [questions[n::count] for n in range(count)]
    return read_ahead([_answers(client, share, knows_slash) for share in shares])


def _answers(
    client: OracleClient, questions: Sequence[Question], knows_slash: bool
) -> Iterator[Answer]:
    http, unreached = client.another_connection(), 0
    for question in questions:
        answer = _answer(client, question, http)
        if question.has_slash and not knows_slash and answer.is_absent:
            answer = Answer(question, Whereabouts.UNKNOWN)
        yield answer
        unreached = unreached + 1 if answer.whereabouts is Whereabouts.UNREACHED else 0
        if unreached == MOST_UNREACHED_IN_A_ROW:
            return


def _answer(client: OracleClient, question: Question, http: OracleHttp) -> Answer:
    if not question.opty_number:
        return Answer(question, Whereabouts.UNKNOWN)
    try:
        answer = client.at_number(question.opty_number, http, client.config.question_patience)
    except OracleNotFound:
        return Answer(question, Whereabouts.GONE)
    except OracleForbidden:
        return Answer(question, Whereabouts.HIDDEN)
    except OracleUnavailable:
        return Answer(question, Whereabouts.UNREACHED)
    except OracleLoginRefused:
        raise
    except OracleError:
        return Answer(question, Whereabouts.UNKNOWN)
    return _understood(question, answer)


def _understood(question: Question, answer: object) -> Answer:
    """Count an answer only if it has an id: some keys name other things, such as "describe"."""
    ids = Page([answer], has_more=False).ids if isinstance(answer, dict) else []
    if not isinstance(answer, dict) or not ids:
        return Answer(question, Whereabouts.UNKNOWN)
    is_it = ids == [int(question.remote_id)]
    return Answer(question, Whereabouts.SHOWN if is_it else Whereabouts.GONE, answer)
