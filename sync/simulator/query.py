"""Read what a request for a list asks for: the parameters, checked and typed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sync.simulator.attributes import Attribute
from sync.simulator.conditions import Term, known_attribute
from sync.simulator.errors import BadRequest
from sync.simulator.finder import read_finder
from sync.simulator.grammar import read_q
from sync.simulator.messages import Request
from sync.simulator.shape import Shape

USUAL_LIMIT, HIGHEST_LIMIT = 25, 500
NEWEST_FRAMEWORK = 9


@dataclass(frozen=True)
class Order:
    attribute: Attribute
    is_descending: bool


@dataclass(frozen=True)
class Wanted:
    """Hold which rows are asked for, in which order."""

    is_mine: bool
    conditions: tuple[Term, ...]
    order: tuple[Order, ...]


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


def read_query(request: Request, known: Mapping[str, Attribute], links_to: str) -> Query:
    params = request.params
    found = read_finder(params.get("finder", ""))
    conditions = read_q(params.get("q", ""), framework_version(request), known)
    order = tuple(_order(params.get("orderBy", ""), known))
    return Query(
        wanted=Wanted(found.is_mine, found.conditions + conditions, order),
        shape=read_shape(request, known, links_to),
        limit=min(_whole(params, "limit", USUAL_LIMIT, least=1), HIGHEST_LIMIT),
        offset=_whole(params, "offset", 0, least=0),
        has_total=_flag(params, "totalResults"),
    )


def read_shape(request: Request, known: Mapping[str, Attribute], links_to: str) -> Shape:
    params = request.params
    names = [name.strip() for name in params.get("fields", "").split(",") if name.strip()]
    fields = tuple(known_attribute(name, known, "fields").name for name in names) or None
    own_names = tuple(names) if fields and fields != tuple(names) else ()
    links_to = "" if _flag(params, "onlyData") else links_to
    return Shape(fields, links_to, own_names)


def _order(text: str, known: Mapping[str, Attribute]) -> Iterator[Order]:
    for part in filter(None, text.split(",")):
        name, _, direction = part.strip().partition(":")
        if direction not in ("", "asc", "desc"):
            raise BadRequest(f"The parameter orderBy cannot sort {name} by {direction}.")
        yield Order(known_attribute(name, known, "orderBy"), direction == "desc")


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
