"""Read what a request for a list asks for: the parameters, checked and typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from sync.simulator.attributes import OPTY_ID, Attribute
from sync.simulator.conditions import Term, known_attribute
from sync.simulator.errors import BadRequest
from sync.simulator.finder import read_finder
from sync.simulator.grammar import read_q
from sync.simulator.messages import Request
from sync.simulator.shape import Shape

USUAL_LIMIT, HIGHEST_LIMIT = 25, 500
NEWEST_FRAMEWORK = 9


class Order(Enum):
    """Name the orders of rows that BQS asks for."""

    OWN = ""
    ASCENDING = f"{OPTY_ID}:asc"
    DESCENDING = f"{OPTY_ID}:desc"


@dataclass(frozen=True)
class Wanted:
    """Hold which rows are asked for, in which order."""

    is_mine: bool
    conditions: tuple[Term, ...]
    order: Order


@dataclass(frozen=True)
class Query:
    wanted: Wanted
    shape: Shape
    limit: int
    offset: int
    has_total: bool


def framework_version(request: Request) -> int:
    text = request.header("REST-Framework-Version") or "1"
    if not text.isdecimal() or not 1 <= int(text) <= NEWEST_FRAMEWORK:
        raise BadRequest(f"The header REST-Framework-Version cannot be {text}.")
    return int(text)


def read_query(request: Request, known: Mapping[str, Attribute]) -> Query:
    params = request.params
    found = read_finder(params.get("finder", ""))
    conditions = read_q(params.get("q", ""), framework_version(request), known)
    return Query(
        wanted=Wanted(found.is_mine, found.conditions + conditions, _order(params)),
        shape=read_shape(request, known),
        limit=min(_whole(params, "limit", USUAL_LIMIT, least=1), HIGHEST_LIMIT),
        offset=_whole(params, "offset", 0, least=0),
        has_total=_flag(params, "totalResults"),
    )


def read_shape(request: Request, known: Mapping[str, Attribute]) -> Shape:
    wanted = request.params.get("fields", "").split(",")
    names = [name.strip() for name in wanted if name.strip()]
    fields = tuple(known_attribute(name, known, "fields").name for name in names) or None
    own_names = tuple(names) if fields and fields != tuple(names) else ()
    return Shape(fields, own_names)


def _order(params: Mapping[str, str]) -> Order:
    text = params.get("orderBy", "")
    try:
        return Order(text)
    except ValueError:
        raise BadRequest(f"The parameter orderBy cannot be {text}.") from None


def _whole(params: Mapping[str, str], name: str, usual: int, *, least: int) -> int:
    text = params.get(name, str(usual))
    if not text.isdecimal() or int(text) < least:
        raise BadRequest(f"The parameter {name} cannot be {text}.")
    return int(text)


def _flag(params: Mapping[str, str], name: str) -> bool:
    text = params.get(name, "false")
    if text not in ("true", "false"):
        raise BadRequest(f"The parameter {name} cannot be {text}.")
    return text == "true"
