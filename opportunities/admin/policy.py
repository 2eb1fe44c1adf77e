"""Let administrators change the policy; each change is a version, and put on record."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from unfold.widgets import UnfoldAdminTextInputWidget

from audit.models import AuditKind
from audit.recording import record
from opportunities.admin.read_only import ReadOnlyAdmin
from opportunities.domain.described_settings import described_settings
from opportunities.domain.policy import FIELDS, SECTIONS
from opportunities.domain.written_values import as_text
from opportunities.lists.presentation import person
from opportunities.models import PolicyVersion

AS_SET_UP = "as set up"
HOW = "A blank field counts as set up in the environment. Write none to empty a list."


class PolicyForm(forms.ModelForm):
    """Have a text field for each policy; a blank one leaves the value to the settings."""

    reason = forms.CharField(
        max_length=200,
        required=False,
        help_text="Why you change it; it stays in the history.",
        widget=UnfoldAdminTextInputWidget,
    )
    follows = forms.IntegerField(widget=forms.HiddenInput, required=False)
    """The version that the page showed."""

    class Meta:
        model = PolicyVersion
        fields = ("reason",)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        # Locked, so that of two who save at once the second one sees the first.
        PolicyVersion.objects.select_for_update().first()
        newest = PolicyVersion.objects.first()
        if cleaned.get("follows") != (newest.pk if newest else None):
            raise ValidationError(
                "Someone has changed the policy in the meantime. Open this page again."
            )
        before: dict[str, str] = newest.values if newest else {}
        after = {name: cleaned[name] for name in FIELDS if cleaned.get(name)}
        for name, text in after.items():
            self._check(name, text)
        if not self.errors and after == before:
            raise ValidationError(
                "Nothing has been changed yet. Change a value, or leave this page."
            )
        self.instance.values, self.instance.changes = after, _changes(before, after)
        return cleaned

    def _check(self, name: str, text: str) -> None:
        try:
            FIELDS[name].reader(text)
        except ValueError as fault:
            self.add_error(name, f"This {fault}")


@admin.register(PolicyVersion)
class PolicyAdmin(ReadOnlyAdmin):
    list_display = ("changed_at", "by", "what", "reason")
    list_select_related = ("changed_by",)
    list_display_links = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("opportunities.add_policyversion")

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        buttons = {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().add_view(request, form_url, {**buttons, **(extra_context or {})})

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[forms.ModelForm]:
        return type("PolicyPage", (PolicyForm,), _form_fields())

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        parts: list[tuple[str, dict[str, Any]]] = [
            (title, {"fields": [each.name for each in fields]})
            for title, fields in SECTIONS.items()
        ]
        parts[0][1]["description"] = HOW
        return [*parts, ("This change", {"fields": ["reason", "follows"]})]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        newest = PolicyVersion.objects.first()
        return {**newest.values, "follows": newest.pk} if newest else {}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.changed_by = request.user
        super().save_model(request, obj, form, change)
        record(AuditKind.POLICY_CHANGED, about=obj, changes=obj.changes, reason=obj.reason)

    @admin.display(description="Changed by")
    def by(self, version: PolicyVersion) -> str:
        return person(version.changed_by)

    @admin.display(description="Changes")
    def what(self, version: PolicyVersion) -> str:
        return "; ".join(
            f"{FIELDS[name].label}: {before or AS_SET_UP} → {after or AS_SET_UP}"
            for name, (before, after) in version.changes.items()
            if name in FIELDS
        )


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return name -> (former text, new text); blank where the setting counts."""
    pairs = {name: (before.get(name, ""), after.get(name, "")) for name in FIELDS}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _form_fields() -> dict[str, forms.Field]:
    example = (settings.BASE_DIR / ".env.example").read_text(encoding="utf-8")
    described = {each.name: each.description for each in described_settings(example)}
    return {name: _form_field(name, described[name]) for name in FIELDS}


def _form_field(name: str, description: str) -> forms.Field:
    as_set_up = as_text(getattr(settings, name)) or "none"
    return forms.CharField(
        label=FIELDS[name].label,
        help_text=f"{description.rstrip('.').replace('`', '')}. As set up: {as_set_up}",
        max_length=2_000,
        required=False,
        widget=UnfoldAdminTextInputWidget,
    )
