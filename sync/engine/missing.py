"""Ask Oracle for those of the mirror that a complete list did not show.

What is shown is ingested like any record; what is gone or hidden is only found here.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from heapq import nsmallest
from itertools import islice

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from opportunities.models import Opportunity, RemovalReason
from sync.engine import messages
from sync.engine.page_store import PageStore
from sync.oracle.errors import OracleError, OracleLoginRefused
from sync.oracle.reading.client import OracleClient
from sync.oracle.reading.questions import (
    Answer,
    Question,
    Whereabouts,
    asked_by_number,
    shown_by_id,
)

logger = logging.getLogger(__name__)

AT_ONCE = 500
# Requests for so many by their ids: more than that is needed only where batches are refused.
FEW = 5
ANSWERS_IN_A_PAGE = 100
MOST_WITNESSES = 200
NEVER = datetime.min.replace(tzinfo=UTC)
REASON_OF = {Whereabouts.GONE: RemovalReason.GONE, Whereabouts.HIDDEN: RemovalReason.HIDDEN}


@dataclass
class Findings:
    """Hold what has become of them: CRM ids, and rows with their removal_reason."""

    removed: list[Opportunity] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    """The list shows them when asked for them: the reading of it was not whole."""
    left_out: list[str] = field(default_factory=list)
    """Only asked by number Oracle shows them, and a list such as this should show them, too."""
    unclear: list[str] = field(default_factory=list)
    """The answer proves nothing."""
    to_ask: int = 0
    """How many are left for a later run."""

    def sentences(self) -> list[str]:
        """Return why the run is no success, for people."""
        kinds = (
            (messages.lost, self.lost),
            (messages.left_out, self.left_out),
            (messages.unclear, self.unclear),
        )
        sentences = [sentence(remote_ids) for sentence, remote_ids in kinds if remote_ids]
        if self.to_ask:
            sentences.append(messages.to_be_asked(self.to_ask, settings.SYNC_QUESTION_LIMIT))
        return sentences


class MissingRecords:
    def __init__(self, client: OracleClient, store: PageStore) -> None:
        self._client, self._store = client, store
        self._found = Findings()

    def ask(self, limit: int | None) -> Findings:
        """Ask for at most so many, those asked for least recently first.

        Raises: OracleLoginRefused.
        """
        missing = self._missing()
        self._found.to_ask = len(missing)
        ids = [key for _, key in nsmallest(len(missing) if limit is None else limit, missing)]
        for first in range(0, len(ids), AT_ONCE):
            some = Opportunity.objects.filter(pk__in=ids[first : first + AT_ONCE])
            rows = list(some.only("remote_id", "opty_number", "asked_at"))
            rows.sort(key=lambda row: (row.asked_at or NEVER, row.pk))
            if not self._ask_for(rows):
                break
        return self._found

    def _missing(self) -> list[tuple[datetime, int]]:
        """Return when each was last asked for, and its primary key.

        No closed one is missed in a list that shows open ones only.
        """
        rows = Opportunity.objects.all()
        misses_closed = self._store.lists_closed or self._is_a_closed_one_absent()
        rows = rows.present() if misses_closed else rows.open()
        values = rows.order_by("id").values_list("asked_at", "id", "remote_id").iterator()
        seen = self._store.seen
        return [(asked_at or NEVER, key) for asked_at, key, name in values if name not in seen]

    def _is_a_closed_one_absent(self) -> bool:
        """Ask for one of those that the list, which has no closed record, does not show.

        Where Oracle shows that one the list leaves out closed records; where not, it just has none.
        """
        closed = Opportunity.objects.present().exclude(pk__in=Opportunity.objects.open())
        oldest = closed.order_by(F("asked_at").asc(nulls_first=True), "pk")
        row = oldest.only("remote_id", "opty_number").first()
        if row is None or row.remote_id in self._store.seen:
            return False
        answers = list(asked_by_number(self._client, [Question(row.remote_id, row.opty_number)]))
        if answers:
            self._stamp_asked([row])
        return any(answer.is_absent for answer in answers)

    def _ask_for(self, rows: Sequence[Opportunity]) -> bool:
        """Return whether Oracle answers at all."""
        self._ask_by_id([row.remote_id for row in rows])
        lost = [row for row in rows if row.remote_id in self._store.seen]
        self._found.lost += [row.remote_id for row in lost]
        self._note_asked(lost)
        rest = {row.remote_id: row for row in rows if row not in lost}
        return self._ask_by_number(rest) == len(rest)

    def _ask_by_id(self, remote_ids: Sequence[str]) -> None:
        """Try the cheap way first: what came into the list while it was read is in it by now."""
        try:
            for _, items in shown_by_id(self._client, remote_ids, most_requests=FEW):
                self._store.store_asked(items)
        except OracleLoginRefused:
            raise
        except OracleError as error:
            logger.warning("the list was not asked for the missing ones: %s", error)

    def _ask_by_number(self, rows: dict[str, Opportunity]) -> int:
        """Return how many were asked for."""
        questions = [Question(each.remote_id, each.opty_number) for each in rows.values()]
        answers = asked_by_number(self._client, questions, self._witness(questions))
        count = 0
        while some := list(islice(answers, ANSWERS_IN_A_PAGE)):
            self._note_shown(some)
            for answer in some:
                self._note_absence(answer, rows[answer.question.remote_id])
            self._note_asked([rows[answer.question.remote_id] for answer in some])
            count += len(some)
        return count

    def _note_shown(self, answers: Sequence[Answer]) -> None:
        page = self._store.store_asked([answer.item for answer in answers if answer.item])
        shown = {a.question.remote_id for a in answers if a.whereabouts is Whereabouts.SHOWN}
        expected = set() if self._store.lists_closed else self._store.ingester.closed_among(page)
        self._found.left_out += sorted(shown & page.records.keys() - expected)

    def _note_absence(self, answer: Answer, row: Opportunity) -> None:
        if reason := REASON_OF.get(answer.whereabouts):
            row.removal_reason = reason
            self._found.removed.append(row)
        elif answer.whereabouts is not Whereabouts.SHOWN:
            self._found.unclear.append(row.remote_id)

    def _note_asked(self, rows: Sequence[Opportunity]) -> None:
        self._found.to_ask -= len(rows)
        self._stamp_asked(rows)

    def _stamp_asked(self, rows: Sequence[Opportunity]) -> None:
        if not self._store.is_dry:
            keys = [row.pk for row in rows]
            Opportunity.objects.filter(pk__in=keys).update(asked_at=timezone.now())

    def _witness(self, questions: Sequence[Question]) -> Question | None:
        """Return a record with a slash in its number, which Oracle has just shown."""
        if not any(question.has_slash for question in questions):
            return None
        rows = Opportunity.objects.filter(opty_number__contains="/").order_by("-id")
        some = rows.values_list("remote_id", "opty_number")[:MOST_WITNESSES]
        return next((Question(*each) for each in some if each[0] in self._store.seen), None)
