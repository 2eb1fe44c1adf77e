"""Describe each field of an opportunity once; everything that lists fields is derived from this.

Mapping, filters, sorting, grouping, search, columns, files, the decision record, the words of the
trail and `GET /api/opportunities/fields` read this table: see docs/add-an-attribute.md. Pure.
"""

from dataclasses import dataclass
from enum import Enum, Flag, StrEnum, auto

from django.db.models import TextChoices

from opportunities.domain.crm_status import CrmOutcome
from opportunities.domain.states import BidDecision, Priority, WorkflowStatus


class Kind(StrEnum):
    """Decide how a value is parsed, filtered, sorted and written."""

    ID = "id"
    TEXT = "text"
    NAME = "name"
    """Of a customer or a person: many different ones, each on several opportunities."""
    WORD = "word"
    """One of the few words that the CRM has for it: offered to choose from."""
    CHOICE = "choice"
    """One of our own codes, which has a label."""
    PERSON = "person"
    AMOUNT = "amount"
    """In the currency of the opportunity."""
    PERCENT = "percent"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    FLAG = "flag"
    LONG_TEXT = "long_text"


# Compared with the number of records, these have few different values: parsed ones are kept.
REPETITIVE = frozenset({Kind.NAME, Kind.WORD, Kind.PERCENT, Kind.DATE})
# These sort as people sort them: Ä beside A, 9 before 10.
SORTED_AS_WORDS = frozenset({Kind.TEXT, Kind.NAME, Kind.WORD})


class Owner(Enum):
    CRM = "crm"
    """Only a sync writes it."""
    PERSON = "person"
    SYSTEM = "system"
    """Follows from what the CRM and people write."""


class Use(Flag):
    NONE = 0
    SORT = auto()
    FILTER = auto()
    GROUP = auto()
    SEARCH = auto()
    EXPORT = auto()
    """A column of a file, for those who ask for it by name."""
    USUAL = auto()
    """A column of every file."""
    LIST = auto()
    """A column that a list shows at first."""
    RECORD = auto()
    """A line of the decision record, as it was at the submission."""
    MATERIAL = auto()
    """A change of it in the CRM puts a scoring in question: see domain/material.py."""
    AUDIT = auto()
    """An event keeps what an action made of it."""


@dataclass(frozen=True)
class Field:
    name: str
    """Of the column, the JSON member and the parameter."""
    label: str
    kind: Kind
    owner: Owner
    uses: Use = Use.NONE
    attributes: tuple[str, ...] = ()
    """Oracle's usual names: a tenant has one of them, or all."""
    setting: str = ""
    """Names the tenant's own attribute; ORACLE_ATTRIBUTES can do so for every field."""
    width: int = 16
    """In characters, where a file has columns."""
    choices: type[TextChoices] | None = None
    parameter: str = ""
    """What the parameters of a range begin with, where that is not the name."""

    def has(self, use: Use) -> bool:
        return bool(self.uses & use)

    @property
    def range_parameter(self) -> str:
        return self.parameter or self.name.removesuffix("_on").removesuffix("_at")


def _crm(name: str, label: str, kind: Kind, attributes: str, uses: Use, **more: object) -> Field:
    return Field(name, label, kind, Owner.CRM, uses, tuple(attributes.split()), **more)  # type: ignore[arg-type]


def _person(name: str, label: str, kind: Kind, uses: Use, **more: object) -> Field:
    return Field(name, label, kind, Owner.PERSON, uses, **more)  # type: ignore[arg-type]


def _system(name: str, label: str, kind: Kind, uses: Use, **more: object) -> Field:
    return Field(name, label, kind, Owner.SYSTEM, uses, **more)  # type: ignore[arg-type]


U, K = Use, Kind
SHOWN = U.SORT | U.EXPORT
FILED = SHOWN | U.USUAL
NARROWS = FILED | U.FILTER

# In the order of the columns of a file.
FIELDS = (
    _crm("opty_number", "Number", K.TEXT, "OptyNumber", FILED | U.SEARCH | U.LIST),
    _crm("name", "Opportunity", K.TEXT, "Name", FILED | U.SEARCH | U.LIST, width=48),
    _crm(
        "customer", "Customer", K.NAME, "TargetPartyName",
        NARROWS | U.SEARCH | U.MATERIAL, width=28,
    ),
    _person(
        "workflow_status", "State", K.CHOICE, NARROWS | U.GROUP | U.LIST, choices=WorkflowStatus
    ),
    _person("assigned_sa", "SA", K.PERSON, NARROWS | U.GROUP | U.LIST),
    _system("age", "Working days in state", K.NUMBER, U.EXPORT | U.USUAL),
    _system("clock", "Clock", K.CHOICE, U.EXPORT | U.USUAL),
    _system("due_at", "Due", K.MOMENT, FILED | U.LIST),
    _system("score", "Score", K.NUMBER, FILED | U.LIST),
    _system("best_case", "Best case", K.NUMBER, U.EXPORT | U.USUAL),
    _system("band", "Score band", K.CHOICE, NARROWS),
    _system("recommendation", "Recommendation", K.CHOICE, U.EXPORT | U.USUAL),
    _crm("deal_value", "Value", K.AMOUNT, "Revenue", NARROWS | U.LIST | U.RECORD | U.MATERIAL),
    _crm("currency", "Currency", K.WORD, "CurrencyCode", NARROWS | U.MATERIAL, width=10),
    _person("decision", "Decision", K.CHOICE, NARROWS | U.AUDIT, choices=BidDecision),
    _crm(
        "practice", "Practice", K.WORD, "Practice_c",
        NARROWS | U.GROUP | U.LIST | U.RECORD, setting="ORACLE_PRACTICE_FIELD",
    ),
    _crm(
        "geo", "Geography", K.WORD, "Geo_c",
        NARROWS | U.GROUP | U.LIST | U.RECORD, setting="ORACLE_GEO_FIELD",
    ),
    _crm(
        "sector", "Sector", K.WORD, "Sector_c",
        NARROWS | U.GROUP | U.RECORD, setting="ORACLE_SECTOR_FIELD",
    ),
    _crm(
        "stage", "Sales stage", K.WORD, "SalesStage",
        NARROWS | U.GROUP | U.LIST | U.RECORD | U.MATERIAL, width=24,
    ),
    _crm("win_probability", "Win probability", K.PERCENT, "WinProb", FILED | U.LIST | U.RECORD),
    _crm(
        "close_date", "Close date", K.DATE, "EffectiveDate",
        NARROWS | U.LIST | U.RECORD | U.MATERIAL,
    ),
    _crm(
        "sales_owner", "Sales owner", K.NAME, "PartyName1",
        NARROWS | U.SEARCH | U.RECORD, width=24,
    ),
    _crm(
        "crm_updated_at", "Updated in CRM", K.MOMENT, "LastUpdateDate OptyLastUpdateDate",
        FILED | U.LIST,
    ),
    _system("crm_outcome", "Outcome in CRM", K.CHOICE, NARROWS, choices=CrmOutcome),
    _system("removed_in_crm_at", "Removed in CRM", K.MOMENT, FILED),
    _system("remote_id", "CRM id", K.ID, FILED | U.SEARCH),
    _person("bid_due_on", "Bid due", K.DATE, SHOWN | U.FILTER | U.LIST | U.AUDIT),
    _person(
        "priority", "Priority", K.CHOICE, SHOWN | U.FILTER | U.LIST | U.AUDIT, choices=Priority
    ),
    _crm("crm_status", "CRM status", K.WORD, "StatusCode", SHOWN | U.FILTER | U.RECORD),
    _crm("crm_created_at", "Created in CRM", K.MOMENT, "CreationDate OptyCreationDate", SHOWN),
    _system(
        "status_entered_at", "In state since", K.MOMENT, SHOWN | U.FILTER | U.LIST,
        parameter="entered",
    ),
    _system("decided_at", "Decided", K.MOMENT, SHOWN | U.FILTER),
    _system("first_seen_at", "First seen", K.MOMENT, SHOWN | U.FILTER),
    _system("last_synced_at", "Last synced", K.MOMENT, SHOWN),
    _person("sa_notes", "SA notes", K.LONG_TEXT, U.EXPORT | U.AUDIT, width=48),
    _system(
        "first_assessment_at", "First answered", K.MOMENT, U.FILTER, parameter="first_answered"
    ),
    _system("submitted_at", "Submitted", K.MOMENT, U.FILTER),
    _person("is_unscored_decision", "Decided without scoring", K.FLAG, U.AUDIT),
    _person("hold_review_on", "Review the hold on", K.DATE, U.AUDIT),
    _person("first_approved_by", "First approval", K.PERSON, U.NONE),
)  # fmt: skip
BY_NAME = {field.name: field for field in FIELDS}


def fields_for(use: Use) -> tuple[Field, ...]:
    return tuple(field for field in FIELDS if field.has(use))


def names_for(use: Use) -> tuple[str, ...]:
    return tuple(field.name for field in fields_for(use))


def crm_names() -> tuple[str, ...]:
    return tuple(field.name for field in FIELDS if field.owner is Owner.CRM)
