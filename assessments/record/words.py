"""Write times, people and money as the decision record has them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format

from assessments.drafts.authors import label_of
from assessments.models import Assessment
from opportunities.domain.fields import Field, Kind, Use, fields_for
from opportunities.lists.presentation import at_home, in_words, money, percent

DASH = "–"
RECORDED_TEXTS = ("sales_owner_view", "open_risks", "lessons")


def moment(at: datetime | None) -> str:
    """Return 24 Nov 2026, 10:42 UTC: with the zone, since the paper travels."""
    if at is None:
        return DASH
    local = at_home(at)
    return f"{date_format(local, 'j M Y, H:i')} {local.tzname()}"


def day(when: date | datetime | None) -> str:
    if when is None:
        return DASH
    return date_format(at_home(when) if isinstance(when, datetime) else when, "j M Y")


def facts_in_words(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the kept CRM facts, labelled as on the screens."""
    return [
        *(
            (field.label, _fact_in_words(field, facts))
            for field in fields_for(Use.RECORD)
            # An older record was kept before BQS knew of every field.
            if field.name in facts
        ),
        *((name, in_words(value)) for name, value in (facts["extra"] or {}).items()),
    ]


def _fact_in_words(field: Field, facts: Mapping[str, Any]) -> str:
    """Write a value as JSON has kept it."""
    value = facts[field.name]
    if not value:
        return DASH
    match field.kind:
        case Kind.AMOUNT:
            return str(money(Decimal(value), facts["currency"]))
        case Kind.PERCENT:
            return str(percent(Decimal(value)))
        case Kind.DATE:
            return day(date.fromisoformat(value))
        case Kind.MOMENT:
            return moment(datetime.fromisoformat(value))
    return str(value)


def recorded_in_words(assessment: Assessment) -> list[tuple[str, str]]:
    """Return what was recorded and not scored, without empty fields."""
    effort, cost = assessment.bid_effort_days, assessment.bid_cost
    rows = [
        ("Bid effort", f"{effort.normalize():f} person-days" if effort is not None else ""),
        ("Bid cost", money(cost, assessment.bid_cost_currency) or ""),
        (
            "Customer's deadline",
            day(assessment.customer_deadline_on) if assessment.customer_deadline_on else "",
        ),
        *(
            (label_of(Assessment, name), text)
            for name in RECORDED_TEXTS
            if (text := getattr(assessment, name))
        ),
    ]
    return [(label, text) for label, text in rows if text]


def score_in_words(assessment: Assessment) -> str:
    """Return 64.0, up to 84.0: Unknown is not bad."""
    if assessment.score is None:
        return DASH
    if assessment.best_case == assessment.score:
        return str(assessment.score)
    return f"{assessment.score}, up to {assessment.best_case}"
