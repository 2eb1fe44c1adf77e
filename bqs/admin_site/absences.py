"""Let administrators say who is away, for people who did not; each change is put on record."""

from typing import ClassVar

from django.contrib import admin
from unfold.admin import ModelAdmin

from accounts.api.absences import record_absence
from opportunities.admin.recorded import RecordedAdmin
from opportunities.admin.versioned import VersionedAdmin
from opportunities.models import Absence


@admin.register(Absence)
class AbsenceAdmin(RecordedAdmin, VersionedAdmin, ModelAdmin):
    list_display = ("user", "starts", "ends", "deputy")
    list_filter: ClassVar = ("starts",)
    list_select_related = ("user", "deputy")
    autocomplete_fields = ("user", "deputy")
    search_fields = ("user__username", "user__last_name", "deputy__username", "deputy__last_name")

    def record(self, what: str, obj: Absence) -> None:
        """Record it about the person, as where they say it themselves."""
        record_absence(what, obj)
