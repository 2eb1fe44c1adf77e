from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from accounts.sign_in import ending  # noqa: F401 - it listens
        from accounts.sign_in.beginning import begin_session
        from accounts.sign_in.openid.ending import note_where_to_leave

        user_logged_in.connect(begin_session)
        user_logged_out.connect(note_where_to_leave)
