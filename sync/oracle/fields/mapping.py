"""Parse the attributes that Oracle sends into our columns, as the catalogue of fields says.

No queries. Lengths and ranges come from the columns, so that what does not fit is found while
parsing and costs one record instead of a page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, models

from opportunities.domain.amounts import AmountField
from opportunities.domain.fields import BY_NAME, FIELDS, REPETITIVE
from opportunities.models import Opportunity
from sync.oracle.errors import RecordError
from sync.oracle.fields import parsers
from sync.oracle.fields.attributes import Attribute
from sync.oracle.fields.renames import wanted_attributes
from sync.oracle.names import ID_ATTRIBUTE, ID_COLUMN, UPDATED_COLUMN
from sync.oracle.transport.salvage import BrokenRecord

# SQLite keeps decimals as floats; a longer amount would come back as another one.
EXACT_DIGITS = {"sqlite": 15}

COLUMN_OF = {attribute: field.name for field in FIELDS for attribute in field.attributes}


# One for each record of a sync: frozen, they would take three times as long to make.
@dataclass(slots=True)
class CrmOpportunity:
    """Hold one opportunity of Oracle: only the columns whose attributes it sent."""

    remote_id: str
    values: dict[str, Any]
    extra: dict[str, Any]
    item: Mapping[str, Any] = field(repr=False, compare=False)
    """As Oracle sent it, for the quarantine."""

    @property
    def updated_at(self) -> datetime | None:
        moment: datetime | None = self.values.get("crm_updated_at")
        return moment


class FieldMapping:
    """Hold the mapping of one tenant: its own names, and its extra attributes."""

    def __init__(
        self,
        tenant_names: Mapping[str, str] | None = None,
        extra_fields: Iterable[str] = (),
        renamed: Mapping[str, str] | None = None,
    ) -> None:
        """
        Args:
            tenant_names: setting of a field -> the tenant's own attribute, or "" for none.
            renamed: usual name -> the tenant's, or "" for an attribute that is not to be read;
                it counts before `tenant_names`.

        Raises: OracleConfigError, naming the setting.
        """
        named = tenant_names or {}
        short_forms = {
            field.attributes[0]: (named.get(field.setting, ""), field.setting)
            for field in FIELDS
            if field.setting
        }
        mapped = wanted_attributes(
            {ID_ATTRIBUTE: ID_COLUMN, **COLUMN_OF}, short_forms, renamed or {}
        )
        names = {each.name for each in mapped}
        self._extras = [name for name in extra_fields if name not in names]
        self.wanted = [
            *mapped,
            *(Attribute(each, "", "ORACLE_EXTRA_FIELDS", is_named=True) for each in self._extras),
        ]
        """Every attribute to ask Oracle for; those of one column side by side, the best first."""
        first_date, *other_dates = (e.name for e in mapped if e.column == UPDATED_COLUMN)
        self._other_date = other_dates[0] if other_dates else None
        self._table = [
            (each.name, each.column, _parser_for(each.column))
            for each in mapped
            if each.name not in (ID_ATTRIBUTE, self._other_date)
        ]
        # Where both dates come, either may be null.
        self._table_of_both = [
            (name, column, parsers.instant if name == first_date else parse)
            for name, column, parse in self._table
        ]

    def parse(self, item: Mapping[str, Any]) -> CrmOpportunity:
        """Return the typed record of one item of a page, or raise RecordError."""
        if not isinstance(item, Mapping):
            raise RecordError("", "is not a record")
        remote_id, attribute = None, ID_ATTRIBUTE
        values, extra = {}, {}
        # One try for all: a page has thousands of values, and hardly ever a bad one.
        try:
            remote_id = parsers.identifier(item.get(ID_ATTRIBUTE))
            has_other = (other := self._other_date) in item
            for attribute, column, parse in self._table_of_both if has_other else self._table:
                if attribute in item:
                    values[column] = parse(item[attribute])
            if other and has_other:
                attribute = other
                values[UPDATED_COLUMN] = _later(values.get(UPDATED_COLUMN), item[other])
            for attribute in self._extras:
                if attribute in item:
                    extra[attribute] = parsers.anything(item[attribute])
        except ValueError as error:
            raise RecordError(attribute, str(error), remote_id) from None
        if isinstance(item, BrokenRecord):
            raise RecordError("", "has an attribute whose name cannot be read", remote_id)
        return CrmOpportunity(remote_id, values, extra, item)


def _later(moment: datetime | None, value: Any) -> datetime:
    other = parsers.instant(value)
    if moment is None and other is None:
        raise ValueError("is empty")
    return max(each for each in (moment, other) if each)


def _parser_for(column: str) -> parsers.Parser:
    model_field = Opportunity._meta.get_field(column)
    parser = _parser_of_kind(model_field)
    if BY_NAME[column].kind in REPETITIVE:
        parser = parsers.remembered(parser)
    return parser if model_field.null else _required(parser)


def _parser_of_kind(model_field: Any) -> parsers.Parser:
    match model_field:
        case models.CharField():
            return parsers.text(model_field.max_length or 0)
        case AmountField():
            digits, places = model_field.max_digits, model_field.decimal_places
            return parsers.amount(digits, places, EXACT_DIGITS.get(connection.vendor))
        case models.DecimalField():
            return parsers.decimal(model_field.max_digits, model_field.decimal_places)
        case models.DateTimeField():
            return parsers.instant
        case models.DateField():
            return parsers.day
    raise TypeError(f"no parser for a {type(model_field).__name__}")


def _required(parser: parsers.Parser) -> parsers.Parser:
    def parse(value: Any) -> Any:
        parsed = parser(value)
        if parsed is None:
            raise ValueError("is empty")
        return parsed

    return parse
