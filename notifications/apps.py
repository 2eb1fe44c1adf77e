from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from notifications.channels import chat, mail, webhook
        from notifications.models import Channel
        from notifications.rules.expanding import deliveries_of
        from outbox.channels import channels, expanders

        expanders.append(deliveries_of)
        channels[Channel.MAIL] = mail.Mail()
        channels[Channel.DIGEST] = mail.Digest()
        channels[Channel.WEBHOOK] = webhook.Webhook()
        channels[Channel.APPRISE] = chat.Chat()
