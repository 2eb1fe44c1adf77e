from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "sync"
    verbose_name = "Sync with Oracle"

    def ready(self) -> None:
        from django.core.checks import register

        from opportunities import extensions
        from outbox import events
        from sync.checks import check_oracle_settings
        from sync.conf import record_address
        from sync.models.change import latest_changes, unseen_changes
        from sync.reports.freshness import last_complete_at
        from sync.signals import FINISHED

        extensions.mirror_synced_at.register(last_complete_at)
        extensions.crm_address.register(record_address)
        extensions.unseen_changes.register(unseen_changes)
        extensions.latest_changes.register(latest_changes)
        events.register(FINISHED)
        register(check_oracle_settings)
