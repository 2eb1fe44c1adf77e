from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class OpportunitiesConfig(AppConfig):
    name = "opportunities"

    def ready(self) -> None:
        from opportunities import extensions
        from opportunities.domain.policy import register_decided
        from opportunities.history import audit_trail, outbox_events, timeline
        from opportunities.lists import for_you
        from opportunities.lists.sorting import add_to_sqlite
        from opportunities.models.policy import decided
        from opportunities.workflow import effects, guards

        register_decided(decided)
        connection_created.connect(add_to_sqlite)
        extensions.guards.register_all(guards.RULES)
        extensions.effects.register_all(effects.EFFECTS)
        extensions.timeline.register(timeline.EVENTS)
        for section in for_you.SECTIONS:
            extensions.for_you.register(section)
        extensions.feed_kinds.register(_feed_kinds)
        audit_trail.put_under_seal()
        outbox_events.register()


def _feed_kinds() -> Any:
    # Serializers take as long to load as all the rest of a short command.
    from opportunities.api.changes_feed import KINDS

    return KINDS
