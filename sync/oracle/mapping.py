"""Which attribute of Oracle fills which column: the one table, all else is derived from it.

Pure: no queries. Lengths and ranges come from the columns, so that what does not fit is
found while parsing and costs one record instead of a page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, models

from opportunities.amounts import AmountField
from opportunities.models import Opportunity
from sync.oracle import parsers
from sync.oracle.errors import RecordError
from sync.oracle.names import ID_ATTRIBUTE, UPDATED_ATTRIBUTE

# SQLite keeps decimals as floats; a longer amount would come back as another one.
EXACT_DIGITS = {"sqlite": 15}

COLUMN_OF = {
    "OptyNumber": "opty_number",
    "Name": "name",
    "TargetPartyName": "customer",
    "Revenue": "deal_value",
    "CurrencyCode": "currency",
    "WinProb": "win_probability",
    "SalesStage": "stage",
    "StatusCode": "crm_status",
    "PartyName1": "sales_owner",
    "EffectiveDate": "close_date",
    "CreationDate": "crm_created_at",
    UPDATED_ATTRIBUTE: "crm_updated_at",
}
# Of few different values, compared with the number of records.
REPETITIVE = frozenset(
    {"customer", "practice", "geo", "sector", "currency", "win_probability", "stage"}
    | {"crm_status", "sales_owner", "close_date"}
)


# One for each record of a sync: frozen, they would take three times as long to make.
@dataclass(slots=True)
class CrmOpportunity:
    """What Oracle says of one deal: only the columns whose attributes it sent."""

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
    """The table as one tenant has it: its own names for practice, geo and sector, its extras."""

    def __init__(
        self,
        practice_field: str = "",
        geo_field: str = "",
        sector_field: str = "",
        extra_fields: Iterable[str] = (),
    ) -> None:
        columns = dict(COLUMN_OF)
        self.settings_of: dict[str, str] = {}
        """Which setting names an attribute that not every tenant has."""
        for attribute, column, setting in (
            (practice_field, "practice", "ORACLE_PRACTICE_FIELD"),
            (geo_field, "geo", "ORACLE_GEO_FIELD"),
            (sector_field, "sector", "ORACLE_SECTOR_FIELD"),
        ):
            if attribute:
                columns[attribute] = column
                self.settings_of[attribute] = setting
        self._table = [
            (attribute, column, _parser_for(column)) for attribute, column in columns.items()
        ]
        self._extras = [name for name in extra_fields if name not in {ID_ATTRIBUTE, *columns}]
        self.settings_of.update(dict.fromkeys(self._extras, "ORACLE_EXTRA_FIELDS"))

    @property
    def attributes(self) -> list[str]:
        """Every attribute to ask Oracle for."""
        return [ID_ATTRIBUTE, *(attribute for attribute, _, _ in self._table), *self._extras]

    def parse(self, item: Mapping[str, Any]) -> CrmOpportunity:
        """Return the typed record of one item of a page, or raise RecordError."""
        if not isinstance(item, Mapping):
            raise RecordError("", "is not a record")
        remote_id, attribute = None, ID_ATTRIBUTE
        values, extra = {}, {}
        # One try for all: a page has thousands of values, and hardly ever a bad one.
        try:
            remote_id = parsers.identifier(item.get(ID_ATTRIBUTE))
            for attribute, column, parse in self._table:
                if attribute in item:
                    values[column] = parse(item[attribute])
            for attribute in self._extras:
                if attribute in item:
                    extra[attribute] = parsers.anything(item[attribute])
        except ValueError as error:
            raise RecordError(attribute, str(error), remote_id) from None
        return CrmOpportunity(remote_id, values, extra, item)


def _parser_for(column: str) -> parsers.Parser:
    model_field = Opportunity._meta.get_field(column)
    parser = _parser_of_kind(model_field)
    if column in REPETITIVE:
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
