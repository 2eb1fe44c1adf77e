"""What people write on an opportunity, without writing over one another."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import Q
from unfold.widgets import UnfoldAdminSelect2Widget, UnfoldAdminSelectWidget

from opportunities.models import Opportunity
from opportunities.presentation import person
from opportunities.workflow import WorkflowStatus

# Only the sync closes a deal and opens it again, as the CRM does.
SET_BY_PEOPLE = [
    choice for choice in WorkflowStatus.choices if choice[0] != WorkflowStatus.CLOSED_IN_CRM
]


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, user: Any) -> str:
        return person(user)


class PeopleForm(forms.ModelForm):
    """`changed_data` is what this person changed, compared with what the page had shown."""

    workflow_status = forms.ChoiceField(choices=SET_BY_PEOPLE, widget=UnfoldAdminSelectWidget)
    assigned_sa = PersonField(
        User.objects.none(),
        label="Assigned SA",
        required=False,
        empty_label="Nobody",
        widget=UnfoldAdminSelect2Widget,
    )

    class Meta:
        model = Opportunity
        fields = Opportunity.PEOPLE_FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True
        self._offer_active_people()

    def _offer_active_people(self) -> None:
        """And whoever has the deal now, so that a page of theirs can still be saved."""
        has_it = Q(pk=self.instance.assigned_sa_id)
        people = User.objects.filter(Q(is_active=True) | has_it).order_by("username")
        self.fields["assigned_sa"].queryset = people  # type: ignore[attr-defined]

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
