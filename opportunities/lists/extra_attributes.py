"""Read the CRM's further attributes that settings add to lists and filters."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Expression, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, NullIf

from opportunities.lists.presentation import in_words
from opportunities.models import Opportunity


@dataclass(frozen=True)
class ExtraAttribute:
    attribute: str
    """As the CRM calls it."""
    label: str

    @property
    def name(self) -> str:
        """Return the name of parameter and column: no column of ours has a dot."""
        return f"extra.{self.attribute}"

    def of(self, deal: Opportunity) -> Any:
        """Return a text, a number or None; a list or a record as one line."""
        value = deal.extra.get(self.attribute)
        if isinstance(value, float):
            return Decimal(str(value))
        is_plain = value is None or isinstance(value, str | int)
        return value if is_plain and not isinstance(value, bool) else in_words(value)

    def as_text(self) -> Expression:
        """Return its text in SQL, NULL where there is none: a number in its digits."""
        text = Cast(KeyTextTransform(self.attribute, "extra"), TextField())
        # What SQLite makes of JSON's null.
        return NullIf(text, Value("null", TextField()))


def extra_columns() -> tuple[ExtraAttribute, ...]:
    return _named(settings.EXTRA_COLUMNS)


def extra_filters() -> tuple[ExtraAttribute, ...]:
    return _named(settings.EXTRA_FILTERS)


def _named(labels: dict[str, str]) -> tuple[ExtraAttribute, ...]:
    return tuple(ExtraAttribute(attribute, label) for attribute, label in labels.items())
