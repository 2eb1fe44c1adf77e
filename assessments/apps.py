from typing import Any

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        from assessments.analytics.ratings import rated_in
        from assessments.decisions import conditions, effects, for_you, guards
        from assessments.models import sealed
        from opportunities import extensions

        extensions.guards.register_all(guards.RULES)
        extensions.effects.register_all(effects.EFFECTS)
        extensions.undo_effects.register_all(effects.UNDO_EFFECTS)
        extensions.reason_codes.register_all(guards.REASON_CODES)
        extensions.closed_in_crm.register(effects.abandon_drafts)
        extensions.reopened_in_crm.register(effects.take_drafts_up_again)
        extensions.open_conditions.register(conditions.with_open_condition)
        extensions.rated.register(rated_in)
        for section in for_you.SECTIONS:
            extensions.for_you.register(section)
        extensions.feed_kinds.register(_feed_kinds)
        sealed.put_under_seal()


def _feed_kinds() -> Any:
    # Serializers take as long to load as all the rest of a short command.
    from assessments.api.changes_feed import KINDS

    return KINDS
