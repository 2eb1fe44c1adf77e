"""What waits for a lead or a bid manager, by reason."""

from typing import Any

from bqs.dashboard import work
from bqs.dashboard.figure import counted
from bqs.overview.scope import Scope


def attention(scope: Scope) -> dict[str, Any]:
    """A deal with two reasons counts in both lines, and once in the sum."""
    shared = scope.shared()
    (whole,), reasons = counted(shared.rows, [work.any_attention(shared)], work.attention(shared))
    lines = [(each.label, scope.linked(each)) for each in reasons]
    return {"lines": lines, "any": scope.linked(whole)}
