from datetime import timedelta

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from notifications.channels import bell, chat, mail, webhook
        from notifications.models import Channel
        from notifications.reminders import days, finding
        from notifications.rules.expanding import deliveries_of
        from outbox import events
        from outbox.channels import channels, expanders
        from outbox.jobs import Job, jobs

        events.register(*finding.KINDS, days.DAY)
        expanders.extend([deliveries_of, days.deliveries_of])
        jobs.append(Job("reminders", timedelta(minutes=5), finding.remind))
        jobs.append(Job("days", timedelta(minutes=5), days.begin_days))
        channels[Channel.BELL] = bell.Bell()
        channels[Channel.MAIL] = mail.Mail()
        channels[Channel.DIGEST] = mail.Digest()
        channels[Channel.WEBHOOK] = webhook.Webhook()
        channels[Channel.APPRISE] = chat.Chat()
