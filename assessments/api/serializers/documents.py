"""Serialize a document made of dataclasses."""

from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from rest_framework import serializers


def serializer_of(document: Any) -> type[serializers.Serializer[Any]]:
    """Return a serializer of a dataclass and the dataclasses in it."""
    hints = get_type_hints(document)
    members = {each.name: _field_of(hints[each.name]) for each in fields(document)}
    return type(f"{document.__name__}Serializer", (serializers.Serializer,), members)


def _field_of(kind: Any) -> Any:
    if kind in (str, int, bool):
        plain = {str: serializers.CharField, int: serializers.IntegerField}
        return plain.get(kind, serializers.BooleanField)()
    if is_dataclass(kind):
        return serializer_of(kind)()
    if get_origin(kind) is list:
        return _list_of(get_args(kind)[0])
    inner = [each for each in get_args(kind) if is_dataclass(each)]
    return serializer_of(inner[0])(allow_null=True)


def _list_of(kind: Any) -> Any:
    if is_dataclass(kind):
        return serializer_of(kind)(many=True)
    if get_origin(kind) is tuple:
        return serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    if kind is str:
        return serializers.ListField(child=serializers.CharField())
    return serializers.ListField(child=serializers.DictField(child=serializers.CharField()))
