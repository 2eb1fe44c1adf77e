"""How stored things look in JSON, for every API: ids as text, times in UTC with a Z."""

from datetime import UTC
from typing import Any, ClassVar, TypeVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from rest_framework import serializers

StoredModel = TypeVar("StoredModel", bound=models.Model)


class UtcDateTimeField(serializers.DateTimeField):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options, default_timezone=UTC)


class ChoiceOrNullField(serializers.ChoiceField):
    """No choice is a blank in the database and null in JSON."""

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
        models.BigAutoField: serializers.CharField,
    }


class PersonSerializer(serializers.Serializer[AbstractUser]):
    id = serializers.CharField()
    name = serializers.SerializerMethodField()

    def get_name(self, user: AbstractUser) -> str:
        return user.get_full_name() or user.get_username()
