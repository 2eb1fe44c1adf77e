"""manage.py watch: raise and end alarms; the schedule does so every five minutes."""

from typing import Any

from django.core.management.base import BaseCommand

from bqs.alarms.watch import watch
from bqs.models import Alarm


class Command(BaseCommand):
    help = "Note what is wrong, and mail it to ALERT_TO: once, each day while it lasts, at its end."

    def handle(self, **_: Any) -> None:
        watch()
        for alarm in Alarm.objects.filter(ended_at=None):
            self.stdout.write(f"{alarm.since:%Y-%m-%d %H:%M} UTC: {alarm.sentence}")
