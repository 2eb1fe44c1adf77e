from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        from assessments import crm_closing, effects, guards, latest

        guards.register()
        effects.register()
        crm_closing.listen()
        latest.register()
