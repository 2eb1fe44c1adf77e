"""How the decision record writes times, people, money and what is not there."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model
from django.utils.formats import date_format

from assessments.models import Assessment
from opportunities.models import Opportunity
from opportunities.presentation import at_home, in_words, money, percent, person

DASH = "–"
PLAIN_FACTS = ("practice", "geo", "sector", "stage", "crm_status", "sales_owner")
RECORDED_TEXTS = ("sales_owner_view", "open_risks", "lessons")


def moment(at: datetime | None) -> str:
    """24 Nov 2026, 10:42 UTC: with the zone, since the paper travels."""
    if at is None:
        return DASH
    local = at_home(at)
    return f"{date_format(local, 'j M Y, H:i')} {local.tzname()}"


def day(when: date | datetime | None) -> str:
    if when is None:
        return DASH
    return date_format(at_home(when) if isinstance(when, datetime) else when, "j M Y")


def name_of(user: User | None) -> str:
    return person(user) if user else ""


def facts_in_words(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """CRM facts as they were kept, under the names the screens give them."""
    close_date = facts["close_date"]
    probability = facts["win_probability"]
    return [
        ("Value", money(_number(facts["deal_value"]), facts["currency"]) or DASH),
        ("Win probability, by sales", percent(_number(probability)) or DASH),
        ("Close date", day(date.fromisoformat(close_date)) if close_date else DASH),
        *(
            (_label(Opportunity, name), facts[name] or DASH)
            for name in PLAIN_FACTS
            # An older record was kept before BQS knew of sectors.
            if name in facts
        ),
        *((name, in_words(value)) for name, value in (facts["extra"] or {}).items()),
    ]


def recorded_in_words(assessment: Assessment) -> list[tuple[str, str]]:
    """What was recorded and not scored; what nobody filled in is left out."""
    effort, cost = assessment.bid_effort_days, assessment.bid_cost
    rows = [
        ("Bid effort", f"{effort.normalize():f} person-days" if effort is not None else ""),
        ("Bid cost", money(cost, assessment.bid_cost_currency) or ""),
        (
            "Customer's deadline",
            day(assessment.customer_deadline_on) if assessment.customer_deadline_on else "",
        ),
        *(
            (_label(Assessment, name), text)
            for name in RECORDED_TEXTS
            if (text := getattr(assessment, name))
        ),
    ]
    return [(label, text) for label, text in rows if text]


def score_in_words(assessment: Assessment) -> str:
    """64.0, up to 84.0: not known is not bad."""
    if assessment.score is None:
        return DASH
    if assessment.best_case == assessment.score:
        return str(assessment.score)
    return f"{assessment.score}, up to {assessment.best_case}"


def _number(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None


def _label(model: type[Model], name: str) -> str:
    label = str(getattr(model._meta.get_field(name), "verbose_name", name))
    return label[0].upper() + label[1:]
