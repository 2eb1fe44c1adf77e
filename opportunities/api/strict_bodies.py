"""Refuse what a body has and nobody reads, instead of dropping it without a word."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from opportunities.domain.nearest import MOST_NAMED, advice_on


class StrictSerializer(serializers.Serializer[Any]):
    @classmethod
    def read(cls, request: Request) -> dict[str, Any]:
        """Return the body of a request. Raises: ValidationError."""
        body = cls(data=request.data)
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            self._refuse_unknown(data)
        return super().to_internal_value(data)

    def _refuse_unknown(self, sent: Mapping[str, Any]) -> None:
        writable = {name for name, field in self.fields.items() if not field.read_only}
        unknown = [str(name) for name in sent if name not in writable][:MOST_NAMED]
        if unknown:
            raise serializers.ValidationError(
                {name: [_unknown(name, writable)] for name in unknown}
            )


def _unknown(name: str, writable: set[str]) -> serializers.ErrorDetail:
    sentence = f"This cannot be written here. {advice_on(name, writable)}"
    return serializers.ErrorDetail(sentence, "not_writable")


class TextField(serializers.CharField):
    """Take text alone, no number for one; a NUL, which no database holds, is refused."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class IdField(TextField, serializers.RegexField):
    """Take an id as text, as all ids travel."""

    def __init__(self, **options: Any) -> None:
        super().__init__(regex=r"^[0-9]{1,18}\Z", **options)


class WholeNumberField(serializers.IntegerField):
    """Take a number of JSON: no text for one, and not true."""

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return super().to_internal_value(data)


class LockVersionField(WholeNumberField):
    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "As you last read it; a later one is answered with 409.")
        super().__init__(min_value=0, max_value=2_147_483_647, **options)
