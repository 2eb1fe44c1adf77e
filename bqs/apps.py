import gc

from django.apps import AppConfig


class BqsConfig(AppConfig):
    name = "bqs"
    verbose_name = "BQS"

    def ready(self) -> None:
        from django.core.checks import register
        from django.db.backends.signals import connection_created
        from django.db.models.signals import post_migrate, pre_migrate

        from audit.settings_seen import register_settings
        from bqs import env
        from bqs.alarms import watch
        from bqs.analysts.views import after_migrations, before_migrations
        from bqs.checks import check_files, check_folders, check_names, check_proxies
        from bqs.database import refuse_other_encodings
        from outbox import events
        from sync.signals import sync_ended

        connection_created.connect(refuse_other_encodings)
        sync_ended.connect(watch.keep_alarms_after_sync)
        events.register(watch.BEGUN, watch.OVER)
        pre_migrate.connect(before_migrations, sender=self)
        post_migrate.connect(after_migrations, sender=self)
        register(check_files)
        register(check_folders, "folders")
        register(check_names)
        register_settings(env.settings_in_environment)
        register(check_proxies)
        # All is loaded, and stays; manage.py began without looking for garbage.
        gc.freeze()
        gc.enable()
