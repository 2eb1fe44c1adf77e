"""Vary which records a list shows, and what it can be asked."""

import re
from dataclasses import replace
from datetime import datetime

from sync.simulator.attributes import KNOWN
from sync.simulator.conditions import Condition, OneOf, Term
from sync.simulator.errors import BadRequest
from sync.simulator.finder import read_finder
from sync.simulator.grammar import QUOTED
from sync.simulator.habits import Known
from sync.simulator.messages import Reply, Request
from sync.simulator.query import Query
from sync.tests.misbehaving_oracle.habits.refusal import refusal
from sync.tests.misbehaving_oracle.habits.table import Variation, variation
from sync.tests.misbehaving_oracle.options import BadSwitch

STATUS = KNOWN["StatusCode"]
CLOSE_DATE = KNOWN["EffectiveDate"]
IN = re.compile(r"\bin\b", re.IGNORECASE)
RECORD_SET = re.compile(r"RecordSet\s*=\s*(')?")


@variation("open-only", "lists show what is open, also with ALLOPTIES; one record is always shown")
class OpenOnly(Variation):
    codes: str = "OPEN"

    def query(self, query: Query, request: Request, now: datetime) -> Query:
        return _narrowed(query, OneOf(STATUS, frozenset(self.codes.split("+"))))


@variation("own-period", "lists show this year's, unless the finder gives begin and end")
class OwnPeriod(Variation):
    def query(self, query: Query, request: Request, now: datetime) -> Query:
        found = read_finder(request.params.get("finder", "")).conditions
        signs = {each.operator for each in found if each.attribute == CLOSE_DATE}
        usual = {">=": f"{now.year}-01-01", "<=": f"{now.year}-12-31"}
        missing = [Condition(CLOSE_DATE, *each) for each in usual.items() if each[0] not in signs]
        return _narrowed(query, *missing)


@variation("record-set", "RecordSet is understood in one form only: quoted or plain")
class RecordSet(Variation):
    form: str = "quoted"

    def __post_init__(self) -> None:
        if self.form not in ("quoted", "plain"):
            raise BadSwitch("Option form of variation record-set is quoted or plain.")

    def asked(self, request: Request, known: Known) -> Request:
        found = RECORD_SET.search(request.params.get("finder", ""))
        if found and bool(found[1]) is not (self.form == "quoted"):
            raise BadRequest("The variable RecordSet of the finder cannot be read.")
        return request


@variation("plain-q", "q does not know in")
class PlainQ(Variation):
    def asked(self, request: Request, known: Known) -> Request:
        q = request.params.get("q", "")
        if IN.search(re.sub(QUOTED, "''", q)):
            raise BadRequest(f"The parameter q cannot be read: {q}")
        return request


@variation("no-q-with-finder", "q and finder are refused together")
class NoQWithFinder(Variation):
    status: int = 400

    def instead(self, request: Request) -> Reply | None:
        is_both = request.params.get("q") and request.params.get("finder")
        return refusal(self.status, "q and finder do not go together.") if is_both else None


def _narrowed(query: Query, *conditions: Term) -> Query:
    wanted = query.wanted
    return replace(query, wanted=replace(wanted, conditions=wanted.conditions + conditions))
