"""A decision record in which every text that is printed comes from outside."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from assessments.record.parts import Record


def record_of(texts: Iterator[str]) -> Record:
    return _filled(Record, texts)


def _filled(kind: Any, texts: Iterator[str]) -> Any:
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{field.name: _filled(hints[field.name], texts) for field in fields(kind)})
    if kind is str:
        return next(texts)
    return _of_generic(get_origin(kind), get_args(kind), kind, texts)


def _of_generic(origin: Any, arguments: Any, kind: Any, texts: Iterator[str]) -> Any:
    if origin is list:
        return [_filled(arguments[0], texts)]
    if origin is tuple:
        return tuple(_filled(each, texts) for each in arguments)
    if origin is Mapping:
        return {name: next(texts) for name in ("name", "strength", "weakness")}
    return _filled(arguments[0], texts) if origin is UnionType else kind(1)
