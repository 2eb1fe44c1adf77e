"""Make the filters that follow from the kind of a field in the catalogue."""

from collections.abc import Iterator
from typing import Any

from opportunities.api.filter_fields import amount, day, moment
from opportunities.api.strict_filters import AnyOfChoices, AnyOfWords, StrictFilterSet
from opportunities.domain.fields import Field, Kind, Use, fields_for


def filters_of(field: Field) -> dict[str, Any]:
    """Return parameter -> filter; none for what a filter set has to say by itself."""
    name, prefix, label = field.name, field.range_parameter, field.label
    match field.kind:
        case Kind.WORD | Kind.NAME:
            return {name: AnyOfWords()}
        case Kind.CHOICE if field.choices:
            return {name: AnyOfChoices(field.choices)}
        case Kind.DATE:
            return {
                f"{prefix}_from": day(name, "gte", f"{label}: the earliest day that is wanted."),
                f"{prefix}_to": day(name, "lte", f"{label}: the latest day that is wanted."),
            }
        case Kind.MOMENT:
            return {
                f"{prefix}_from": moment(name, "gte", f"{label}: then or later."),
                f"{prefix}_before": moment(name, "lt", f"{label}: before then."),
            }
        case Kind.AMOUNT | Kind.PERCENT:
            return {
                f"{prefix}_min": amount(name, "gte", f"{label}: at least, in any currency."),
                f"{prefix}_max": amount(name, "lte", f"{label}: at most, in any currency."),
            }
    return {}


def _all() -> Iterator[tuple[str, Any]]:
    for field in fields_for(Use.FILTER):
        yield from filters_of(field).items()


class CatalogueFilter(StrictFilterSet):
    """Filter by every field that the catalogue says can be filtered by."""

    locals().update(_all())
