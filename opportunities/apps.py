from django.apps import AppConfig
from django.db.backends.signals import connection_created


class OpportunitiesConfig(AppConfig):
    name = "opportunities"

    def ready(self) -> None:
        from opportunities import effects, guards
        from opportunities.sorting import add_to_sqlite

        connection_created.connect(add_to_sqlite)
        guards.register()
        effects.register()
