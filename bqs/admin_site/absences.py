"""Let administrators say who is away, for people who did not; each change is put on record."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from accounts.api.absences import record_absence
from opportunities.admin.versioned import VersionedAdmin
from opportunities.models import Absence


@admin.register(Absence)
class AbsenceAdmin(VersionedAdmin, ModelAdmin):
    list_display = ("user", "starts", "ends", "deputy")
    list_filter: ClassVar = ("starts",)
    list_select_related = ("user", "deputy")
    autocomplete_fields = ("user", "deputy")
    search_fields = ("user__username", "user__last_name", "deputy__username", "deputy__last_name")

    def log_addition(self, request: HttpRequest, obj: Absence, message: Any) -> Any:
        record_absence("added", obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Absence, message: Any) -> Any:
        record_absence("edited", obj)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for absence in queryset:
            record_absence("deleted", absence)
        return super().log_deletions(request, queryset)
