"""What a decision has to see and say beside what the workflow's table asks for."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.forms import formset_factory
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from assessments.effects import REVIEW_COMMENTS
from assessments.guards import OUTCOMES
from assessments.models import Assessment, Criterion
from assessments.record_words import score_in_words
from assessments.versions import submitted_of
from opportunities.admin.action_parts import register_action_page, register_action_part
from opportunities.models import Opportunity
from opportunities.presentation import person
from opportunities.workflow import Action, Ask

FIRST_ROWS, ROWS_MORE, MOST_ROWS = 2, 2, 20
ADD_ROW = "add_row"


class Deciding:
    """What the score recommends, what holds it down, and whether this overrides it."""

    def __init__(
        self, deal: Opportunity, action: Action, user: User, data: QueryDict | None
    ) -> None:
        self.notices = list(_notices(deal, action, submitted_of(deal)))

    def is_valid(self) -> bool:
        return True

    def params(self) -> dict[str, Any]:
        return {}

    def html(self) -> str:
        return ""


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
    """Rows of condition, owner and due date; empty rows are nothing, half ones are refused."""

    def __init__(
        self, deal: Opportunity, action: Action, user: User, data: QueryDict | None
    ) -> None:
        super().__init__(deal, action, user, data)
        self.wants_row = data is not None and ADD_ROW in data
        self.rows = _condition_rows(data, more=ROWS_MORE if self.wants_row else 0)

    def is_valid(self) -> bool:
        return self.rows.is_valid() and not self.wants_row

    def params(self) -> dict[str, Any]:
        rows = [form.cleaned_data for form in self.rows if any(form.cleaned_data.values())]
        return {Ask.CONDITIONS: [{**row, "owner": row["owner"] or None} for row in rows]}

    def html(self) -> str:
        return render_to_string("admin/assessments/condition_rows.html", {"rows": self.rows})


class Returning:
    """A comment on any criterion, for the SA to find where it belongs."""

    def __init__(
        self, deal: Opportunity, action: Action, user: User, data: QueryDict | None
    ) -> None:
        self.notices: list[str] = []
        self.form = forms.Form(data, prefix="review")
        submitted = submitted_of(deal)
        for each in _criteria(submitted) if submitted else ():
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


def _notices(deal: Opportunity, action: Action, submitted: Assessment | None) -> Any:
    if submitted is None:
        return
    computed, own = submitted.recommendation, submitted.get_sa_recommendation_display()
    if computed:
        yield (
            f"Version {submitted.version_no} scores {score_in_words(submitted)} and recommends "
            f"{submitted.get_recommendation_display()}; the SA recommends {own or 'nothing'}."
        )
    yield from (cap["sentence"] for cap in submitted.caps)
    if computed and computed != OUTCOMES.get(action, computed):
        yield (
            "This decision differs from the computed recommendation. It is marked as an override "
            "for good, and needs a reason code and a reason."
        )


def _condition_rows(data: QueryDict | None, more: int) -> Any:
    people = [("", "Choose…"), *((str(user.pk), person(user)) for user in _people())]
    rows = formset_factory(ConditionForm, extra=FIRST_ROWS, max_num=MOST_ROWS)
    if data is not None and more:
        data = data.copy()
        data["conditions-TOTAL_FORMS"] = str(int(data.get("conditions-TOTAL_FORMS") or 0) + more)
    return rows(data, prefix="conditions", form_kwargs={"people": people})


def _people() -> Any:
    return (
        User.objects.filter(is_active=True, groups__isnull=False)
        .distinct()
        .order_by("username__in_order")
    )


def _criteria(assessment: Assessment) -> Any:
    rows = Criterion.objects.filter(group__template=assessment.template_id)
    return rows.select_related("group").order_by("group__order", "order")


def _form_address(deal: Opportunity) -> str:
    return reverse("admin:assessment_fill", args=[deal.pk])


for _action in (Action.APPROVE, Action.FIRST_APPROVAL, Action.DECIDE_NO_BID):
    register_action_part(_action, Deciding)
register_action_part(Action.APPROVE_WITH_CONDITIONS, Conditions)
register_action_part(Action.RETURN, Returning)
register_action_page(Action.START, _form_address)
register_action_page(Action.SUBMIT, _form_address)
