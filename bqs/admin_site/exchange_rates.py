"""Keep the rates that the dashboard converts amounts by; each change is put on record."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from audit.models import AuditKind
from audit.recording import record
from bqs.models import ExchangeRate
from opportunities.admin.versioned import VersionedAdmin
from opportunities.domain.policy import policy


class ExchangeRateForm(ModelForm):
    def clean_currency(self) -> str:
        """Refuse a rate of the reporting currency, which is always 1."""
        currency: str = self.cleaned_data["currency"]
        if currency == policy.REPORTING_CURRENCY:
            raise ValidationError(f"{currency} is the reporting currency, so it needs no rate.")
        return currency

    def validate_unique(self) -> None:
        """Check the reporting currency too, which the form does not show."""
        super().validate_unique()
        try:
            self.instance.validate_constraints()
        except ValidationError as fault:
            self._update_errors(fault)  # type: ignore[attr-defined]


@admin.register(ExchangeRate)
class ExchangeRateAdmin(VersionedAdmin, ModelAdmin):
    form = ExchangeRateForm
    list_display = ("currency", "shown_rate", "reporting_currency", "valid_from", "source")
    list_filter: ClassVar = ("currency",)

    @admin.display(description="rate", ordering="rate")
    def shown_rate(self, rate: ExchangeRate) -> str:
        """Return it without the zeros that the column's scale adds."""
        return f"{rate.rate.normalize():f}"

    def log_addition(self, request: HttpRequest, obj: ExchangeRate, message: Any) -> Any:
        _record("added", obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: ExchangeRate, message: Any) -> Any:
        _record("edited", obj)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for rate in queryset:
            _record("deleted", rate)
        return super().log_deletions(request, queryset)


def _record(what: str, rate: ExchangeRate) -> None:
    day, source = rate.valid_from, rate.source
    record(AuditKind.RATE_CHANGED, about=rate, what=what, rate=str(rate), since=day, source=source)
