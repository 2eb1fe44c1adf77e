"""What people write on an opportunity, without writing over one another."""

from typing import Any

from django import forms

from opportunities.models import Opportunity


class PeopleForm(forms.ModelForm):
    """`changed_data` is what this person changed, compared with what the page had shown."""

    class Meta:
        model = Opportunity
        fields = ("bid_due_on", "sa_notes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True
        if "sa_notes" in self.fields:
            self.fields["sa_notes"].widget.attrs["rows"] = 5

    def clean(self) -> None:
        super().clean()
        for name in self.changed_data:
            if self._has_moved_meanwhile(name):
                self.add_error(
                    name,
                    "Somebody else changed this while you were editing, and nothing was saved. "
                    "Copy what you wrote, reload the page and try again.",
                )

    def _has_moved_meanwhile(self, name: str) -> bool:
        """Whether the stored value is no longer the one the page had shown."""
        field = self.fields[name]
        shown = field.hidden_widget().value_from_datadict(
            self.data, self.files, self.add_initial_prefix(name)
        )
        return field.has_changed(self.get_initial_for_field(field, name), shown)
