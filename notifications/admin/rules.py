"""Let administrators decide who is told what, and how."""

from collections.abc import Iterable
from string import Template
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from audit.models import AuditKind
from notifications.models import Rule
from notifications.models.rule import OF_PEOPLE, RECIPIENTS
from notifications.rules.audience import SUBJECT_WORDS
from notifications.rules.wording import sentence_of
from opportunities.admin.recorded import RecordedAdmin
from opportunities.admin.versioned import VersionedAdmin
from opportunities.domain import written_values
from opportunities.domain.states import WorkflowStatus
from opportunities.models import Opportunity
from outbox.events import told_events

FIELDSETS: dict[str, list[Any]] = {
    "": ["name", "sentence", "is_active"],
    "When": ["events", "practices", "states", "min_value", "max_value"],
    "Whom to tell": ["recipients", "channels", "endpoint"],
    "How": ["subject", "quiet_from", "quiet_until"],
}


def several(choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        choices=choices, required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )


def _events() -> list[tuple[str, str]]:
    return [(kind.name, f"{kind.title} ({kind.name})") for kind in told_events().values()]


def _practices() -> list[tuple[str, str]]:
    rows = Opportunity.objects.order_by("practice").values_list("practice", flat=True).distinct()
    return [(name, name) for name in rows if name]


class RuleForm(forms.ModelForm):
    events = several(_events)
    practices = several(_practices)
    states = several(WorkflowStatus.choices)
    recipients = several(RECIPIENTS)
    channels = several([(each, each.label) for each in OF_PEOPLE])

    class Meta:
        model = Rule
        fields: ClassVar = [
            name for names in FIELDSETS.values() for name in names if name != "sentence"
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name, sentence in _faults(cleaned):
            self.add_error(name, sentence)
        return cleaned

    def clean_subject(self) -> str:
        subject: str = self.cleaned_data["subject"]
        template = Template(subject)
        used = set(template.get_identifiers()) if template.is_valid() else {"$"}
        if used - SUBJECT_WORDS.keys():
            words = ", ".join(f"${word}" for word in sorted(SUBJECT_WORDS))
            raise forms.ValidationError(f"Use only {words}; write $$ for a dollar sign.")
        return subject

    def clean_min_value(self) -> str:
        return self._amounts("min_value")

    def clean_max_value(self) -> str:
        return self._amounts("max_value")

    def _amounts(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        try:
            written_values.amounts(text)
        except ValueError as fault:
            raise forms.ValidationError(f"This {fault}") from fault
        return text


def _faults(cleaned: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """Yield what no single field shows."""
    is_to_people = bool(cleaned.get("recipients"))
    if is_to_people == bool(cleaned.get("endpoint")):
        yield "recipients", "Choose either recipients or an endpoint."
    if is_to_people and not cleaned.get("channels"):
        yield "channels", "Choose how they are told."
    if is_to_people and not cleaned.get("events"):
        yield "events", "Choose at least one event; only an endpoint can get all of them."
    if bool(cleaned.get("quiet_from")) != bool(cleaned.get("quiet_until")):
        yield "quiet_until", "Write both ends of the quiet hours, or none."


@admin.register(Rule)
class RuleAdmin(RecordedAdmin, VersionedAdmin, ModelAdmin):
    form = RuleForm
    recorded_as = AuditKind.RULE_CHANGED
    list_display = ("name", "sentence", "is_active")
    list_filter = ("is_active",)
    list_select_related = ("endpoint",)
    readonly_fields = ("sentence",)
    fieldsets: ClassVar = [(title, {"fields": names}) for title, names in FIELDSETS.items()]

    @admin.display(description="In words")
    def sentence(self, rule: Rule) -> str:
        return sentence_of(rule) if rule.pk else ""

    def details_of(self, rule: Rule) -> dict[str, Any]:
        return {"name": rule.name, "is_active": rule.is_active, "sentence": sentence_of(rule)}
