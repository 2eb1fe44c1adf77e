from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from accounts.sign_in import ending  # noqa: F401 - it listens
        from accounts.sign_in.sessions import begin_session

        user_logged_in.connect(begin_session)
