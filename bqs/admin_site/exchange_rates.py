"""Keep the rates that the dashboard converts amounts by; each change is put on record."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from unfold.admin import ModelAdmin

from audit.models import AuditKind
from bqs.models import ExchangeRate
from opportunities.admin.recorded import RecordedAdmin
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
class ExchangeRateAdmin(RecordedAdmin, VersionedAdmin, ModelAdmin):
    recorded_as = AuditKind.RATE_CHANGED
    form = ExchangeRateForm
    list_display = ("currency", "shown_rate", "reporting_currency", "valid_from", "source")
    list_filter: ClassVar = ("currency",)

    @admin.display(description="rate", ordering="rate")
    def shown_rate(self, rate: ExchangeRate) -> str:
        """Return it without the zeros that the column's scale adds."""
        return f"{rate.rate.normalize():f}"

    def details_of(self, rate: ExchangeRate) -> dict[str, Any]:
        return {"rate": str(rate), "since": rate.valid_from, "source": rate.source}
