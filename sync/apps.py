from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "sync"
    verbose_name = "Sync with Oracle"

    def ready(self) -> None:
        from opportunities.crm_address import register_crm_address
        from opportunities.freshness import register_freshness
        from sync.conf import record_address
        from sync.freshness import last_complete_at

        register_freshness(last_complete_at)
        register_crm_address(record_address)
