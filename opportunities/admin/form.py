"""What people write on an opportunity."""

from typing import Any

from django import forms

from opportunities.models import Opportunity


class PeopleForm(forms.ModelForm):
    class Meta:
        model = Opportunity
        fields = ("bid_due_on", "sa_notes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "sa_notes" in self.fields:
            self.fields["sa_notes"].widget.attrs["rows"] = 5
