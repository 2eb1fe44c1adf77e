"""Edit a draft in the admin; a refusal loses nothing that was entered."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from assessments.admin.draft_form import DraftForm, FormData, stored_values, to_save
from assessments.admin.reading import visible_opportunity
from assessments.drafts.answers import scoring_of
from assessments.drafts.drafts import check_may_write, save_answers
from assessments.drafts.problems import AnswersRefused, Conflict, Incomplete
from assessments.drafts.versions import document_asked, draft_of
from assessments.models import Assessment, ReviewThread
from opportunities.access.roles import access_of, user_of
from opportunities.admin.transition import address_of, refusals_as_pages
from opportunities.domain.errors import TransitionRefused
from opportunities.domain.states import Action, Guard
from opportunities.models import Channel, Opportunity
from opportunities.workflow.transitions import apply_transition

PAGE = "admin/assessments/fill.html"


def form_context(deal: Opportunity, changes: FormData | None = None) -> dict[str, Any]:
    """Return what the form shows: the stored draft, under what this person has changed.

    Raises: GuardFailed, where no template is active.
    """
    draft = draft_of(deal)
    document = document_asked(deal, draft)
    stored = stored_values(draft)
    form = DraftForm(document, draft, stored | (changes or {}))
    scoring = scoring_of(draft) if draft else None
    reviews = _reviews(draft)
    groups = list(form.groups())
    for group in groups:
        group["score"] = scoring.group_scores.get(group["code"]) if scoring else None
        for question in group["questions"]:
            question["review"] = reviews.get(question["code"], ())
    return {
        "deal": deal,
        "draft": draft,
        "form": form,
        "groups": groups,
        "version": draft.lock_version if draft else 0,
        "shown": json.dumps(stored),
        "commented": " ".join([*map(str, document["commented_ratings"]), "UNKNOWN", "NA"]),
        "scoring": scoring,
        "bands": document["bands"],
    }


def edit(request: HttpRequest, pk: int, each_context: dict[str, Any]) -> HttpResponse:
    deal = visible_opportunity(request, pk)
    access = access_of(request.user)
    try:
        with refusals_as_pages():
            check_may_write(deal, access)
            if request.method == "POST":
                return _save(request, deal)
            context, status = form_context(deal), 200
    except TransitionRefused as refusal:
        context, status = _refused(request, deal, refusal), refusal.status_code
    context = {
        **each_context,
        **context,
        "title": "Assessment",
        "subtitle": str(deal),
        "back": address_of(deal),
        "is_on_behalf": not access.is_assigned(deal),
    }
    return TemplateResponse(request, PAGE, context, status=status)


def _save(request: HttpRequest, deal: Opportunity) -> HttpResponse:
    """Save, and submit if asked to. Raises: TransitionRefused."""
    who: dict[str, Any] = {"by": user_of(request), "channel": Channel.SCREEN}
    version = request.POST.get("version", "")
    draft = save_answers(
        opportunity=deal.pk,
        # A form without a version has seen none, and gets the conflict.
        expected_version=int(version) if version.isdecimal() else -1,
        **to_save(_changes(request, deal)),
        **who,
    )
    if "submit" not in request.POST:
        messages.success(request, f"Draft saved (version {draft.version_no}).")
        return HttpResponseRedirect(f"{address_of(deal)}#assessment")
    params = {"draft_version": draft.lock_version}
    apply_transition(deal.pk, Action.SUBMIT, params=params, **who)
    messages.success(request, "Submitted for decision.")
    return HttpResponseRedirect(address_of(deal))


def _changes(request: HttpRequest, deal: Opportunity) -> FormData:
    try:
        shown = json.loads(request.POST.get("shown", "{}"))
    except ValueError:
        shown = {}
    # Browsers send two characters for the end of a line.
    data = {name: str(value).replace("\r\n", "\n") for name, value in request.POST.items()}
    draft = draft_of(deal)
    shown = shown if isinstance(shown, dict) else {}
    return DraftForm(document_asked(deal, draft), draft, data, shown).changes()


def _refused(request: HttpRequest, deal: Opportunity, refusal: TransitionRefused) -> dict[str, Any]:
    if refusal.guard == Guard.TEMPLATE:
        raise Http404(refusal.sentence) from refusal
    if isinstance(refusal, Incomplete):
        context = form_context(deal)
        context["form"].show_problems(refusal.problems)
        return context | {"refusal": "Saved as a draft. Before you can submit it:"}
    changes = _changes(request, deal)
    context = form_context(deal, changes)
    match refusal:
        case Conflict():
            context["form"].show_saves(refusal.saves, changes)
        case AnswersRefused():
            context["form"].show_problems(refusal.problems)
            return context | {"refusal": "Nothing has been saved yet:"}
    return context | {"refusal": refusal.sentence}


def _reviews(draft: Assessment | None) -> dict[str, list[str]]:
    """Return the reviewer's comments on the version this draft was copied from, by criterion."""
    reviews: dict[str, list[str]] = {}
    if draft and draft.copied_from_id:
        comments = ReviewThread.objects.filter(assessment=draft.copied_from_id)
        for comment in comments.select_related("criterion"):
            reviews.setdefault(comment.criterion.code, []).append(comment.text)
    return reviews
