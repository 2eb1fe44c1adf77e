"""What waits for a lead or a bid manager, by reason."""

from typing import Any

from django.db.models import Count

from bqs.overview.scope import Scope
from opportunities.figures import ANY_ATTENTION, ATTENTION


def attention(scope: Scope) -> dict[str, Any]:
    """A deal with two reasons counts in both lines, and once in the sum."""
    asked = (ANY_ATTENTION, *ATTENTION)
    counts = scope.rows.aggregate(
        **{each.name: Count("pk", filter=each.condition(scope.now)) for each in asked}
    )
    lines = [
        (each.label, scope.figure(counts[each.name], attention=each.name)) for each in ATTENTION
    ]
    return {
        "lines": lines,
        "any": scope.figure(counts[ANY_ATTENTION.name], attention=ANY_ATTENTION.name),
    }
