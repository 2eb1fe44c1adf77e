"""The dashboard's figures, each with the filter of the list that brings exactly its rows.

Every one is counted over the rows that are given; nothing is added up across currencies.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from accounts.people import names_of
from assessments.win_rate import win_rate_by_band
from opportunities import conditions
from opportunities.figures import AGES, ATTENTION, WAITING, months_until, start_of
from opportunities.querysets import OpportunityQuerySet
from opportunities.workflow import BidDecision, WorkflowStatus

Figure = dict[str, Any]
STEPS = {
    "to_start": WorkflowStatus.ASSIGNED,
    "in_progress": WorkflowStatus.IN_ASSESSMENT,
    "returned": WorkflowStatus.RETURNED,
}
OUTCOMES = (BidDecision.BID, BidDecision.CONDITIONAL, BidDecision.NO_BID)
MONTHS = 6


class Figures:
    def __init__(self, rows: OpportunityQuerySet, user: Any, bar: Mapping[str, list[str]]) -> None:
        """
        Args:
            bar: the filters that narrowed the rows, which each figure's own are added to.
        """
        self.rows, self.user, self.bar = rows.order_by(), user, bar
        self.now = timezone.now()

    def all(self) -> dict[str, Any]:
        return {
            "my_work": self.my_work(),
            "attention": self.attention(),
            "pipeline": self.pipeline(),
            "age": self.age(),
            "load": self.load(),
            "decisions": self.decisions(),
            "practice_and_geo": self.practice_and_geo(),
            "win_rate": self.win_rate(),
            "no_bid_reasons": self.no_bid_reasons(),
        }

    def my_work(self) -> list[Figure]:
        mine = conditions.my_queue(self.user.pk)
        steps = {name: Q(workflow_status=status) for name, status in STEPS.items()}
        counts = self._counts(
            {name: mine & step for name, step in steps.items()}
            | {"overdue": mine & conditions.overdue(self.now)}
        )
        of_steps = [
            self._figure(counts[name], name=name, tab="my_queue", workflow_status=status)
            for name, status in STEPS.items()
        ]
        overdue = self._figure(counts["overdue"], name="overdue", tab="my_queue", overdue="true")
        return [*of_steps, overdue]

    def attention(self) -> list[Figure]:
        counts = self._counts({each.name: each.condition(self.now) for each in ATTENTION})
        return [
            self._figure(
                counts[each.name], name=each.name, label=each.label, attention_reason=each.name
            )
            for each in ATTENTION
        ]

    def pipeline(self) -> list[Figure]:
        groups = self._by("workflow_status")
        return [
            self._figure(
                groups[status].count,
                name=status,
                label=status.label,
                values=groups[status].values,
                workflow_status=status,
            )
            for status in WorkflowStatus
        ]

    def age(self) -> list[Figure]:
        ages = {each.name: Count("pk", filter=each.condition(self.now) or None) for each in AGES}
        named = {f"age{number}": ages[each.name] for number, each in enumerate(AGES)}
        rows: Any = self.rows.filter(workflow_status__in=WAITING).values("workflow_status")
        return [
            self._figure(
                row[f"age{number}"],
                name=row["workflow_status"],
                label=each.label,
                workflow_status=row["workflow_status"],
                age=each.name,
            )
            for row in rows.annotate(**named)
            for number, each in enumerate(AGES)
        ]

    def load(self) -> list[Figure]:
        work = self.rows.filter(conditions.IN_ASSESSMENT).exclude(assigned_sa=None)
        late = Count("pk", filter=conditions.overdue(self.now))
        counted = list(work.values("assigned_sa").annotate(count=Count("pk"), overdue=late))
        names = names_of(row["assigned_sa"] for row in counted)
        return [self._load_of(row, names[row["assigned_sa"]]) for row in counted]

    def _load_of(self, row: Mapping[str, Any], name: str) -> Figure:
        here: dict[str, Any] = {"tab": "in_assessment", "assigned_sa": str(row["assigned_sa"])}
        overdue = self._figure(row["overdue"], name="overdue", overdue="true", **here)
        return self._figure(row["count"], name=name, overdue_of_it=overdue, **here)

    def decisions(self) -> list[Figure]:
        """Of the last months, those that count now."""
        months = months_until(timezone.localdate(self.now), MONTHS)
        since = start_of(months[-1])
        decided = self.rows.filter(decided_at__gte=since, decision__in=OUTCOMES)
        rows = decided.annotate(month=TruncMonth("decided_at")).values("month", "decision")
        counts = {
            (f"{row['month']:%Y-%m}", row["decision"]): row["count"]
            for row in rows.annotate(count=Count("pk"))
        }
        return [
            self._figure(
                counts.get((month, outcome), 0),
                name=month,
                label=outcome.label,
                decision=outcome,
                decided_from=start_of(month).isoformat(),
                decided_before=_after(month).isoformat(),
            )
            for month in months
            for outcome in OUTCOMES
        ]

    def practice_and_geo(self) -> list[Figure]:
        groups = self._by("practice", "geo")
        return [
            self._figure(
                group.count,
                name=" / ".join(word or "–" for word in key),
                values=group.values,
                practice=key[0] or "",
                geo=key[1] or "",
            )
            for key, group in sorted(groups.items(), key=lambda each: -each[1].count)
        ]

    def win_rate(self) -> list[Figure]:
        return [
            self._figure(
                band.ended,
                name=band.band,
                label=str(band),
                won=band.won,
                percent=None if band.percent is None else str(band.percent),
                decision=BidDecision.BID,
                crm_outcome=["WON", "LOST"],
                deciding_band=band.band,
            )
            for band in win_rate_by_band(self.rows)
        ]

    def no_bid_reasons(self) -> list[Figure]:
        declined: Any = self.rows.filter(decision=BidDecision.NO_BID).with_deciding()
        counted = declined.values("deciding_reason_code").annotate(count=Count("pk"))
        return [
            self._figure(
                row["count"],
                name=row["deciding_reason_code"],
                decision=BidDecision.NO_BID,
                reason_code=row["deciding_reason_code"],
            )
            for row in counted.exclude(deciding_reason_code=None).order_by("-count")
        ]

    def _counts(self, wanted: Mapping[str, Q]) -> dict[str, int]:
        return self.rows.aggregate(
            **{name: Count("pk", filter=condition) for name, condition in wanted.items()}
        )

    def _by(self, *columns: str) -> Any:
        """Groups by one column's value or several columns' values, with their sums."""
        groups: defaultdict[Any, _Group] = defaultdict(_Group)
        rows = self.rows.values(*columns, "currency")
        for row in rows.annotate(count=Count("pk"), value=Sum("deal_value")):
            key = tuple(row[column] for column in columns)
            groups[key if len(columns) > 1 else key[0]].add(row)
        return groups

    def _figure(
        self,
        count: int,
        *,
        name: str,
        label: str = "",
        values: Any = (),
        won: int | None = None,
        percent: str | None = None,
        overdue_of_it: Figure | None = None,
        **narrowed: Any,
    ) -> Figure:
        own = {
            key: [str(each) for each in value] if isinstance(value, list) else [str(value)]
            for key, value in narrowed.items()
        }
        told = {"name": str(name), "label": label, "count": count, "filter": {**self.bar, **own}}
        return told | {
            "values": list(values),
            "won": won,
            "percent": percent,
            "overdue": overdue_of_it,
        }


class _Group:
    def __init__(self) -> None:
        self.count = 0
        self.values: list[dict[str, str | None]] = []

    def add(self, row: Mapping[str, Any]) -> None:
        self.count += row["count"]
        if row["value"] is not None:
            self.values.append({"currency": row["currency"], "value": f"{row['value']:.2f}"})


def _after(month: str) -> datetime:
    """The first moment of the next month."""
    year, number = map(int, month.split("-"))
    year, number = (year + 1, 1) if number == 12 else (year, number + 1)
    return start_of(f"{year}-{number:02}")
