"""Add to the pages of decisions what assessments show and ask there."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.forms import formset_factory
from django.template.loader import render_to_string
from django.urls import reverse
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from assessments.decisions.effects import REVIEW_COMMENTS
from assessments.decisions.guards import is_override
from assessments.drafts.versions import submitted_of
from assessments.models import Assessment, Criterion
from assessments.record.words import score_in_words
from opportunities import extensions
from opportunities.domain.states import Action, InputField
from opportunities.lists.presentation import person
from opportunities.models import Opportunity

FIRST_ROWS, ROWS_MORE, MOST_ROWS = 2, 2, 20
ADD_ROW = "add_row"


class Deciding(extensions.ActionPart):
    """Show what the score recommends, its caps, and whether the decision overrides it."""

    def __post_init__(self) -> None:
        self.notices = list(_notices(self.action, submitted_of(self.deal)))


class ConditionForm(forms.Form):
    text = forms.CharField(
        label="Condition", required=False, widget=UnfoldAdminTextInputWidget, max_length=500
    )
    owner = forms.ChoiceField(label="Owner", required=False, widget=UnfoldAdminSelectWidget)
    due_on = forms.DateField(
        label="Due",
        required=False,
        widget=UnfoldAdminDateWidget(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = people  # type: ignore[attr-defined]


class Conditions(Deciding):
    """Offer rows of condition, owner and due date; empty rows are ignored, half ones refused."""

    def __post_init__(self) -> None:
        super().__post_init__()
        data, self.is_row_wanted = self.data, ADD_ROW in (self.data or ())
        if self.is_row_wanted:
            data = data.copy()
            rows = int(data.get("conditions-TOTAL_FORMS") or 0) + ROWS_MORE
            data["conditions-TOTAL_FORMS"] = str(rows)
        owners = User.objects.filter(is_active=True, groups__isnull=False).distinct()
        names = [(str(user.pk), person(user)) for user in owners.order_by("username__in_order")]
        self.rows = formset_factory(ConditionForm, extra=FIRST_ROWS, max_num=MOST_ROWS)(
            data, prefix="conditions", form_kwargs={"people": [("", "Choose…"), *names]}
        )

    def is_valid(self) -> bool:
        return self.rows.is_valid() and not self.is_row_wanted

    def params(self) -> dict[str, Any]:
        rows = [form.cleaned_data for form in self.rows if any(form.cleaned_data.values())]
        return {InputField.CONDITIONS: [{**row, "owner": row["owner"] or None} for row in rows]}

    def html(self) -> str:
        return render_to_string("admin/assessments/condition_rows.html", {"rows": self.rows})


class Returning(extensions.ActionPart):
    """Ask for comments on single criteria, which the SA finds at each of them."""

    def __post_init__(self) -> None:
        self.form = forms.Form(self.data, prefix="review")
        submitted = submitted_of(self.deal)
        template = submitted.template_id if submitted else None
        criteria = Criterion.objects.filter(group__template=template)
        for each in criteria.order_by("group__order", "order"):
            self.form.fields[each.code] = forms.CharField(
                label=f"{each.code} – {each.name}",
                required=False,
                widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
            )

    def is_valid(self) -> bool:
        return self.form.is_valid()

    def params(self) -> dict[str, Any]:
        return {
            REVIEW_COMMENTS: {code: text for code, text in self.form.cleaned_data.items() if text}
        }

    def html(self) -> str:
        return render_to_string("admin/assessments/review_comments.html", {"form": self.form})


def _notices(action: Action, submitted: Assessment | None) -> Any:
    if submitted is None:
        return
    computed, own = submitted.recommendation, submitted.get_sa_recommendation_display()
    if computed:
        yield (
            f"Version {submitted.version_no} scores {score_in_words(submitted)} and recommends "
            f"{submitted.get_recommendation_display()}; the SA recommends {own or 'nothing'}."
        )
    yield from (cap["sentence"] for cap in submitted.caps)
    if is_override(action, submitted):
        yield (
            "This decision differs from the computed recommendation. It will stay marked as an "
            "override and needs a reason code and a reason."
        )


def _form_address(deal: Opportunity) -> str:
    return reverse("admin:assessment_fill", args=[deal.pk])


extensions.action_parts.register(
    Deciding, Action.APPROVE, Action.FIRST_APPROVAL, Action.DECIDE_NO_BID
)
extensions.action_parts.register(Conditions, Action.APPROVE_WITH_CONDITIONS)
extensions.action_parts.register(Returning, Action.RETURN)
extensions.action_pages.register(_form_address, Action.START, Action.SUBMIT)
