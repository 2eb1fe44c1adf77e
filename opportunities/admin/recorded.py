"""Put on record what administrators do with rows of settings."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from audit.models import AuditKind
from audit.recording import record


class RecordedAdmin(admin.ModelAdmin):
    recorded_as: AuditKind

    def details_of(self, obj: Any) -> dict[str, Any]:
        """Return what the record says of it; no secrets."""
        raise NotImplementedError

    def record(self, what: str, obj: Any) -> None:
        record(self.recorded_as, about=obj, what=what, **self.details_of(obj))

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self.record("added", obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self.record("edited", obj)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for obj in queryset:
            self.record("deleted", obj)
        return super().log_deletions(request, queryset)
