"""The form of one action: a field for all that the workflow's table asks for, and no more."""

from collections.abc import Callable
from typing import Any

from django import forms
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from opportunities.load import load_of_sas
from opportunities.reason_codes import reason_codes_of
from opportunities.workflow import Action, Ask, Transition

NOT_CHOSEN = ("", "Choose…")


class ActionForm(forms.Form):
    """What is required, move() requires: here it is only marked, so that no rule stands twice."""

    def __init__(self, transition: Transition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for ask in (*transition.asks, *transition.may_ask):
            if ask in FIELDS:
                field = FIELDS[ask](transition.action)
                field.required = ask in transition.asks
                self.fields[ask.value] = field

    def said(self) -> dict[str, Any]:
        """As move() takes it."""
        words = {name: self.cleaned_data.get(name, "") for name in (Ask.REASON, Ask.REASON_CODE)}
        params = {
            name: self.cleaned_data[name]
            for name in (Ask.ASSIGNEE, Ask.REVIEW_ON)
            if self.cleaned_data.get(name)
        }
        return {**{str(name): value for name, value in words.items()}, "params": params}


def _assignee(action: Action) -> forms.Field:
    choices = [NOT_CHOSEN, *((str(load.sa.pk), str(load)) for load in load_of_sas())]
    return forms.ChoiceField(
        label=Ask.ASSIGNEE.label,
        choices=choices,
        widget=UnfoldAdminSelectWidget,
        help_text="With what each has to assess now; the least first.",
    )


def _reason(action: Action) -> forms.Field:
    return forms.CharField(
        label=Ask.REASON.label,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="Stands in the history for all who may see this.",
    )


def _reason_code(action: Action) -> forms.Field:
    if choices := reason_codes_of(action):
        return forms.ChoiceField(
            label=Ask.REASON_CODE.label,
            choices=[NOT_CHOSEN, *choices],
            widget=UnfoldAdminSelectWidget,
        )
    return forms.CharField(label=Ask.REASON_CODE.label, widget=UnfoldAdminTextInputWidget)


def _review_on(action: Action) -> forms.Field:
    return forms.DateField(
        label=Ask.REVIEW_ON.label,
        widget=UnfoldAdminDateWidget(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="A day after today, on which somebody looks whether it goes on.",
    )


FIELDS: dict[Ask, Callable[[Action], forms.Field]] = {
    Ask.ASSIGNEE: _assignee,
    Ask.REASON_CODE: _reason_code,
    Ask.REASON: _reason,
    Ask.REVIEW_ON: _review_on,
}
