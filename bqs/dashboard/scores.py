"""How the scores of what is open in the CRM lie between 0 and 100."""

from typing import Any

from bqs.dashboard.figure import Figure
from bqs.dashboard.groups import Row, grouped
from bqs.dashboard.work import OPEN

WIDTH = 10
# The edges of the usual bands, 50 and 70, are edges here; 100 stands with those before it.
LEASTS = range(0, 100, WIDTH)


def histogram(scores: list[Row]) -> list[Figure]:
    """By the least score of each step, the lowest first; those without a score are in none."""
    by_least = grouped(scores, lambda row: min(int(row["score"]) // WIDTH * WIDTH, LEASTS[-1]))
    return [
        Figure(str(least), label, sum(row["score_count"] for row in by_least[least]), here)
        for least in LEASTS
        for label, here in [_step(least)]
    ]


def _step(least: int) -> tuple[str, dict[str, Any]]:
    here: dict[str, Any] = {**OPEN, "score_min": str(least)}
    if least == LEASTS[-1]:
        return f"{least}-100", here
    return f"{least}-{least + WIDTH - 0.1}", {**here, "score_below": str(least + WIDTH)}
