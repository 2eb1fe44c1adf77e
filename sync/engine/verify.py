"""Read Oracle once more and compare it with the mirror, field by field.

Compares by itself instead of asking `decide`, whose mistakes it is there to find. Writes
nothing but its certificate.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from opportunities.models import Opportunity
from sync import conf
from sync.engine.schema import known_to_lack
from sync.ingest.ingest import Item
from sync.ingest.partitioning import Beginning, partition
from sync.ingest.upsert import stored_rows
from sync.models import Reconciliation
from sync.oracle.errors import RecordError
from sync.oracle.fields.mapping import CrmOpportunity, FieldMapping
from sync.safety.open_only import shows_closed

Group = tuple[str, str]
"""Currency and stage: amounts in different currencies are never added up."""


@dataclass
class Figures:
    count: int = 0
    value: Decimal = Decimal(0)


@dataclass
class Comparison:
    source: dict[Group, Figures] = field(default_factory=lambda: defaultdict(Figures))
    mirror: dict[Group, Figures] = field(default_factory=lambda: defaultdict(Figures))
    differing: dict[str, str] = field(default_factory=dict)
    """CRM id -> what is not the same, in words."""
    seen: set[str] = field(default_factory=set)
    statuses: set[str | None] = field(default_factory=set)


def verify() -> Reconciliation:
    """Compare, and store the certificate. Raises: OracleError; then there is no certificate."""
    comparison = Comparison()
    mapping = conf.field_mapping()
    with conf.oracle_client(mapping, known_to_lack(mapping)) as client:
        parts = partition(client, Beginning.of(client))
        for items in client.pages(list, None, parts.ranges, parts.first):
            _compare_page(items, mapping, comparison)
    _count_mirror(comparison)
    return Reconciliation.objects.create(
        is_equal=not comparison.differing and comparison.source == comparison.mirror,
        figures=_figures(comparison),
        differing=comparison.differing,
    )


def _compare_page(items: Iterable[Item], mapping: FieldMapping, comparison: Comparison) -> None:
    records = list(_readable(items, mapping, comparison))
    rows = stored_rows(records)
    for record in records:
        _add(comparison.source, record.values)
        comparison.seen.add(record.remote_id)
        comparison.statuses.add(record.values.get("crm_status"))
        if difference := _difference(record, rows.get(record.remote_id)):
            comparison.differing[record.remote_id] = difference


def _readable(
    items: Iterable[Item], mapping: FieldMapping, comparison: Comparison
) -> Iterable[CrmOpportunity]:
    for item in items:
        try:
            yield mapping.parse(item)
        except RecordError as error:
            comparison.differing[error.remote_id or "(no id)"] = f"cannot be imported: {error}"
            comparison.seen.add(error.remote_id or "")


def _difference(record: CrmOpportunity, row: dict[str, Any] | None) -> str:
    if row is None:
        return "not in the mirror"
    if row["removed_in_crm_at"]:
        return "flagged as removed, but Oracle shows it"
    extra = {f"extra.{k}" for k, value in record.extra.items() if row["extra"].get(k) != value}
    fields = {name for name, value in record.values.items() if row[name] != value}
    return ", ".join(sorted(fields | extra))


def _count_mirror(comparison: Comparison) -> None:
    closed, rows = conf.closed_statuses(), Opportunity.objects.all()
    # A list without a single closed record shows open ones only; one without any, nothing.
    is_of_open = comparison.statuses and not shows_closed(comparison.statuses, closed)
    present = (rows.open() if is_of_open else rows.present()).order_by()
    # Added up here: SQLite adds decimals as floats.
    for row in present.values("remote_id", "currency", "stage", "deal_value").iterator():
        _add(comparison.mirror, {**row})
        if row["remote_id"] not in comparison.seen:
            comparison.differing[row["remote_id"]] = "in the mirror, but Oracle does not show it"


def _add(groups: dict[Group, Figures], values: dict[str, Any]) -> None:
    figures = groups[values.get("currency") or "", values.get("stage") or ""]
    figures.count += 1
    figures.value += values.get("deal_value") or 0


def _figures(comparison: Comparison) -> list[dict[str, Any]]:
    """Return a row for each group, amounts as exact texts: JSON has no decimals."""
    return [
        {
            "currency": group[0],
            "stage": group[1],
            **{f"source_{k}": str(v) for k, v in asdict(comparison.source[group]).items()},
            **{f"mirror_{k}": str(v) for k, v in asdict(comparison.mirror[group]).items()},
        }
        for group in sorted({*comparison.source, *comparison.mirror})
    ]
