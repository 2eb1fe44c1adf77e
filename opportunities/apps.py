from django.apps import AppConfig


class OpportunitiesConfig(AppConfig):
    name = "opportunities"

    def ready(self) -> None:
        from opportunities import effects, guards

        guards.register()
        effects.register()
