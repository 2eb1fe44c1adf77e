"""Write stored things as JSON: ids as text, times in UTC with a Z."""

from collections.abc import Callable
from datetime import UTC
from decimal import Decimal
from operator import attrgetter
from typing import Any, ClassVar, TypeVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property
from rest_framework import serializers

from opportunities.domain import amounts
from opportunities.domain.amounts import MOST_PLACES, trimmed
from opportunities.lists.presentation import person

Reader = Callable[[Any], Any]
StoredModel = TypeVar("StoredModel", bound=models.Model)


class UtcDateTimeField(serializers.DateTimeField):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options, default_timezone=UTC)


class AmountField(serializers.DecimalField):
    """Write an amount as text with two decimals, or more where it has them."""

    def __init__(self, max_digits: int | None, **options: Any) -> None:
        super().__init__(max_digits, **{"decimal_places": MOST_PLACES, **options})

    def quantize(self, value: Decimal) -> Decimal:
        return trimmed(value)


class ChoiceOrNullField(serializers.ChoiceField):
    """Write no choice, a blank in the database, as null."""

    def __init__(self, choices: Any) -> None:
        super().__init__(choices, allow_null=True, read_only=True)

    def to_representation(self, value: Any) -> Any:
        return super().to_representation(value) or None


# The comments below are no docstrings because those are published in the API's schema.
class StoredSerializer(serializers.ModelSerializer[StoredModel]):
    # A browser cannot hold every 64-bit id as a number, so ids travel as text.
    serializer_field_mapping: ClassVar = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.DateTimeField: UtcDateTimeField,
        amounts.AmountField: AmountField,
        models.BigAutoField: serializers.CharField,
    }

    # Nothing is read by these: bodies have a StrictSerializer.
    def include_extra_kwargs(self, kwargs: Any, extra_kwargs: Any) -> Any:
        return super().include_extra_kwargs(kwargs, {**extra_kwargs, "read_only": True})

    def get_fields(self) -> dict[str, Any]:
        found: dict[str, Any] = super().get_fields()
        for field in found.values():
            field.read_only, field.required = True, False
        return found

    # A client is told of the blank, too: the library does not where nobody may write the field.
    def build_standard_field(self, field_name: str, model_field: Any) -> Any:
        kind, options = super().build_standard_field(field_name, model_field)
        if "choices" in options and (model_field.blank or model_field.default == ""):
            options["choices"] = [*options["choices"], ("", "")]
        return kind, options

    # The same as the library's without its detours, which took half of a page's time.
    def to_representation(self, instance: Any) -> Any:
        told = {}
        for name, read, show in self._columns:
            value = read(instance)
            told[name] = None if value is None else show(value)
        return told

    @cached_property
    def _columns(self) -> list[tuple[str, Reader, Reader]]:
        fields: Any = self._readable_fields
        return [(each.field_name, self._reader_of(each), each.to_representation) for each in fields]

    def _reader_of(self, field: Any) -> Reader:
        is_method = callable(getattr(self.Meta.model, field.source, None))
        is_plain = len(field.source_attrs) == 1 and not is_method
        return attrgetter(field.source) if is_plain else field.get_attribute


class PersonSerializer(serializers.Serializer[AbstractUser]):
    id = serializers.CharField()
    name = serializers.SerializerMethodField()

    def get_name(self, user: AbstractUser) -> str:
        return person(user)
