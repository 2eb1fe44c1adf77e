"""Read numbers typed in the admin as people write them, or refuse them in a sentence.

All are text fields: in a number input Chromium reads 12,5 as 125.
"""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest
from unfold.contrib.filters.admin import RangeNumericFilter
from unfold.widgets import UnfoldAdminTextInputWidget

from opportunities.domain.decimals import NoNumber, read_decimal


class TypedDecimalField(forms.DecimalField):
    widget = UnfoldAdminTextInputWidget

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            try:
                value = read_decimal(value)
            except NoNumber as fault:
                raise forms.ValidationError(str(fault)) from fault
        return super().to_python(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal"}


def _whole() -> dict[str, Any]:
    return {"widget": UnfoldAdminTextInputWidget(attrs={"inputmode": "numeric"})}


TYPED_NUMBERS: dict[Any, dict[str, Any]] = {
    models.DecimalField: {"form_class": TypedDecimalField, "widget": UnfoldAdminTextInputWidget},
    models.PositiveIntegerField: _whole(),
    models.PositiveSmallIntegerField: _whole(),
}
"""The formfield_overrides of every form that asks for a number."""


class TypedNumberFilter(RangeNumericFilter):
    """Find nothing, and say why, where a bound cannot be read."""

    LOOKUPS: ClassVar = {"from": "gte", "to": "lte"}

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> Any:
        try:
            return queryset.filter(**dict(self._bounds()))
        except NoNumber as fault:
            messages.error(request, f"{str(self.title).capitalize()}: {fault}")
            return queryset.none()

    def _bounds(self) -> Iterator[tuple[str, str]]:
        for end, lookup in self.LOOKUPS.items():
            typed = self.used_parameters.get(f"{self.parameter_name}_{end}")
            if typed:
                yield f"{self.parameter_name}__{lookup}", read_decimal(str(typed))

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        for choice in super().choices(changelist):
            for field in choice["form"].fields.values():
                field.widget.input_type = "text"
                field.widget.attrs["inputmode"] = "decimal"
            yield choice
