from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "audit"

    def ready(self) -> None:
        from audit import sessions
        from audit.models import AuditEvent
        from audit.sources import Source, register_source

        sessions.listen()
        register_source(
            Source(
                kind="audit",
                name="Audit event",
                model=AuditEvent,
                at="at",
                deal="",
                fields=(
                    *("at", "kind", "actor_id", "address", "request_id"),
                    *("about_kind", "about_id", "details"),
                ),
            )
        )
