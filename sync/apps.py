from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "sync"
    verbose_name = "Sync with Oracle"

    def ready(self) -> None:
        from opportunities.freshness import register_freshness
        from sync.freshness import last_complete_at

        register_freshness(last_complete_at)
