"""Vary the attributes: which there are, their names and what q may ask of them."""

from collections.abc import Mapping
from dataclasses import replace

from sync.simulator import exact_json
from sync.simulator.attributes import LAST_UPDATE
from sync.simulator.habits import Known
from sync.simulator.messages import Reply, Request
from sync.tests.misbehaving_oracle.habits.refusal import refusal
from sync.tests.misbehaving_oracle.habits.table import Variation, variation
from sync.tests.misbehaving_oracle.options import BadSwitch

CREATION = "CreationDate"
DATES = {CREATION: f"Opty{CREATION}", LAST_UPDATE: f"Opty{LAST_UPDATE}"}


@variation("missing", "these attributes are not known")
class Missing(Variation):
    attributes: str = "PartyName1"

    def knows(self, known: Known) -> Known:
        names = self.attributes.split("+")
        return {name: each for name, each in known.items() if name not in names}


@variation("renamed", "these attributes have other names")
class Renamed(Variation):
    old: str = "PartyName1"
    new: str = "OwnerName_c"

    def __post_init__(self) -> None:
        self._names = dict(zip(self.old.split("+"), self.new.split("+"), strict=False))
        if len(self.old.split("+")) != len(self.new.split("+")):
            raise BadSwitch("Options old and new of variation renamed need as many names.")

    def knows(self, known: Known) -> Known:
        return _renamed(known, self._names)


@variation("new-schema", "dates are called OptyCreationDate and OptyLastUpdateDate, no PartyName1")
class NewSchema(Variation):
    def knows(self, known: Known) -> Known:
        return _renamed({name: known[name] for name in known if name != "PartyName1"}, DATES)


@variation("both-dates", "OptyCreationDate and OptyLastUpdateDate stand beside the usual dates")
class BothDates(Variation):
    def knows(self, known: Known) -> Known:
        """Add the dates; those of the rows themselves take precedence."""
        return {**{new: known[old] for old, new in DATES.items() if old in known}, **known}


@variation("unqueryable", "q refuses these attributes")
class Unqueryable(Variation):
    attributes: str = "OptyId"

    def knows(self, known: Known) -> Known:
        refused = {name: known[name] for name in self.attributes.split("+") if name in known}
        return {**known, **{n: replace(each, is_queryable=False) for n, each in refused.items()}}


@variation("ignores-unknown-fields", "fields that are not known are left out without a word")
class IgnoresUnknownFields(Variation):
    def asked(self, request: Request, known: Known) -> Request:
        names = request.params.get("fields", "").split(",")
        left = ",".join(name for name in names if name.strip() in known)
        return replace(request, params={**request.params, "fields": left}) if left else request


@variation("nameless-400", "a 400 does not say what is wrong")
class Nameless400(Variation):
    def reply(self, request: Request, reply: Reply) -> None:
        if reply.status == 400:
            reply.body = exact_json.encode({"title": "Bad Request", "status": "400"})


@variation("no-describe", "describe is refused")
class NoDescribe(Variation):
    status: int = 404
    ms: float = 0

    def instead(self, request: Request) -> Reply | None:
        is_meant = request.path.endswith("/describe")
        return refusal(self.status, after_ms=self.ms) if is_meant else None


def _renamed(known: Known, names: Mapping[str, str]) -> Known:
    taken = names.values()
    return {names.get(name, name): each for name, each in known.items() if name not in taken}
