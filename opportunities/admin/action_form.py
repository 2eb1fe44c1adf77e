"""Build the form of an action: one field for each input that the transition asks for."""

from collections.abc import Callable
from typing import Any

from django import forms
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from opportunities.access.roles import UserAccess
from opportunities.domain.states import Action, InputField, Transition
from opportunities.lists.load import sas_to_choose
from opportunities.workflow.inputs import reason_codes_of

NOT_CHOSEN = ("", "Choose…")


class ActionForm(forms.Form):
    """Mark what is required; apply_transition() is what refuses it when it is missing."""

    def __init__(
        self, transition: Transition, access: UserAccess, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for ask in (*transition.required_inputs, *transition.optional_inputs):
            if ask in FIELDS:
                field = FIELDS[ask](transition.action, access)
                field.required = ask in transition.required_inputs
                self.fields[ask.value] = field

    def transition_kwargs(self) -> dict[str, Any]:
        """Return the input as apply_transition() takes it."""
        words = {
            name: self.cleaned_data.get(name, "")
            for name in (InputField.REASON, InputField.REASON_CODE)
        }
        params = {
            name: self.cleaned_data[name]
            for name in (InputField.ASSIGNEE, InputField.REVIEW_ON)
            if self.cleaned_data.get(name)
        }
        return {**{str(name): value for name, value in words.items()}, "params": params}


def _assignee(action: Action, access: UserAccess) -> forms.Field:
    return forms.ChoiceField(
        label=InputField.ASSIGNEE.label,
        choices=[NOT_CHOSEN, *sas_to_choose(access)],
        widget=UnfoldAdminSelectWidget,
        help_text="With their current work, lightest load first.",
    )


def _reason(action: Action, access: UserAccess) -> forms.Field:
    return forms.CharField(
        label=InputField.REASON.label,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="Everyone who can see this opportunity can read it.",
    )


def _reason_code(action: Action, access: UserAccess) -> forms.Field:
    if choices := reason_codes_of(action):
        return forms.ChoiceField(
            label=InputField.REASON_CODE.label,
            choices=[NOT_CHOSEN, *choices],
            widget=UnfoldAdminSelectWidget,
        )
    return forms.CharField(label=InputField.REASON_CODE.label, widget=UnfoldAdminTextInputWidget)


def _review_on(action: Action, access: UserAccess) -> forms.Field:
    return forms.DateField(
        label=InputField.REVIEW_ON.label,
        widget=UnfoldAdminDateWidget(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="A day after today, on which you will be reminded to review the hold.",
    )


FIELDS: dict[InputField, Callable[[Action, UserAccess], forms.Field]] = {
    InputField.ASSIGNEE: _assignee,
    InputField.REASON_CODE: _reason_code,
    InputField.REASON: _reason,
    InputField.REVIEW_ON: _review_on,
}
