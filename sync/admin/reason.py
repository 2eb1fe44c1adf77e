"""Why a rejected record no longer matters."""

from django import forms
from unfold.widgets import UnfoldAdminTextareaWidget


class ReasonForm(forms.Form):
    reason = forms.CharField(
        widget=UnfoldAdminTextareaWidget,
        help_text="For whoever looks at this next, for example: a test record, sales deletes it.",
    )
