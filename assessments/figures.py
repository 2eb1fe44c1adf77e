"""The ways a decision came about, and the lists they lead to: one condition for both."""

from django.db.models import Q

OVERRIDE, UNSCORED = "override", "unscored"
WAYS = {
    OVERRIDE: ("Against the computed recommendation", Q(is_deciding_override=True)),
    UNSCORED: ("Without scoring", Q(is_unscored_decision=True)),
}
"""Of rows with_deciding()."""
