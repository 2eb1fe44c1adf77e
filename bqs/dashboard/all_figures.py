"""Compute the figures of the dashboard that all who see the same rows share.

In a fixed number of queries.
"""

from typing import Any

from bqs.dashboard import decided, forecast, funnel, groups, work
from bqs.dashboard.criteria import criteria
from bqs.dashboard.figure import Scope, counted
from bqs.dashboard.first_assessment import first_assessment


def all_figures(scope: Scope) -> dict[str, Any]:
    whole, weeks = first_assessment(scope)
    return {
        "period": scope.period,
        **_now(scope),
        **_decided(scope),
        "first_assessment": {"whole": whole, "weeks": weeks},
        "load": {"people": work.load(scope)},
        "criteria": criteria(scope),
    }


def _now(scope: Scope) -> dict[str, Any]:
    seen, *further = funnel.steps(scope)
    rows, (whole, closed, at_first) = groups.groups(
        scope, work.summary(scope), decided.coverage(scope), [seen]
    )
    scored = groups.open_scores(scope)
    reached, due, undecided = counted(
        scope.rows.filter(work.TAKEN_UP),
        *(further, forecast.due(scope), forecast.undecided(scope)),
    )
    (any_attention,), attention = counted(
        scope.rows.filter(work.might_need_attention(scope)),
        *([work.any_attention(scope)], work.attention(scope)),
    )
    return {
        "summary": {
            "figures": [*whole[:2], any_attention, *whole[2:]],
            **_worth(groups.open_ones(rows)),
        },
        "attention": attention,
        "pipeline": groups.pipeline(rows),
        "age": groups.age(rows),
        "practice_and_geo": groups.practice_and_geo(rows, scored),
        "scores": groups.histogram(scored),
        "deadlines": forecast.weeks(due, undecided),
        "coverage": decided.Coverage(*closed),
        "funnel": funnel.stages([*at_first, *reached], funnel.median_days(scope)),
    }


def _worth(still_open: list[groups.Row]) -> dict[str, Any]:
    return {
        "open_value": groups.amounts(still_open, work.OPEN),
        "average_win_probability": groups.average(still_open, "win_probability"),
    }


def _decided(scope: Scope) -> dict[str, Any]:
    rows = decided.decided(scope)
    return {
        "decisions": decided.decisions(rows, scope.period),
        "win_rate": decided.win_rate(rows, scope.period),
        "no_bid_reasons": decided.no_bid_reasons(rows, scope.period),
    }
