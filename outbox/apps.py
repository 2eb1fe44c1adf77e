from datetime import timedelta

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "outbox"

    def ready(self) -> None:
        from outbox.jobs import Job, jobs
        from outbox.pruning import prune

        jobs.append(Job("prune the outbox", timedelta(days=1), prune))
