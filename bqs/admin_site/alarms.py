"""List the alarms that last, and those that are over."""

from typing import ClassVar

from django.contrib import admin

from bqs.models import Alarm
from opportunities.admin.read_only import ReadOnlyAdmin


@admin.register(Alarm)
class AlarmAdmin(ReadOnlyAdmin):
    list_display = ("sentence", "since", "reminded_at", "ended_at")
    list_filter: ClassVar = (("ended_at", admin.EmptyFieldListFilter),)
