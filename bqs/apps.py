from django.apps import AppConfig


class BqsConfig(AppConfig):
    name = "bqs"
    verbose_name = "BQS"

    def ready(self) -> None:
        from django.core.checks import register
        from django.db.backends.signals import connection_created

        from audit.settings_seen import register_settings
        from bqs import env
        from bqs.checks import check_files, check_names, check_proxies
        from bqs.database import refuse_other_encodings

        connection_created.connect(refuse_other_encodings)
        register(check_files)
        register(check_names)
        register_settings(env.settings_in_environment)
        register(check_proxies)
