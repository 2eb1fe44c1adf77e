"""Filling in a draft: a save keeps what can be kept, and a refusal loses nothing typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from assessments.admin import typed
from assessments.admin.looking import in_sight
from assessments.admin.sheet import Sheet, SheetMaker, Trouble
from assessments.content import Content, content_of, rules_of
from assessments.drafts import save_answers
from assessments.given import answers_of, knockout_answers_of, to_reply, to_score
from assessments.models import Assessment, ReviewComment
from assessments.problems import AnswersRefused, Conflict, Incomplete
from assessments.record_words import day
from assessments.scoring import Scoring, score
from assessments.services import assessment_submit
from assessments.templates import template_for
from assessments.versions import draft_of
from opportunities.admin.moving import address_of
from opportunities.models import Channel, Opportunity
from opportunities.presentation import person
from opportunities.refusals import Forbidden, OutOfSight, TransitionRefused
from opportunities.roles import standing_of, user_of

PAGE = "admin/assessments/fill.html"


@dataclass
class Filling:
    """The form as it stands: on this draft, with these values, and this trouble."""

    deal: Opportunity
    content: Content
    draft: Assessment | None
    values: typed.Typed
    trouble: Trouble = field(default_factory=Trouble)
    refusal: str = ""
    status: int = 200

    def context(self) -> dict[str, Any]:
        scoring = self._scoring(self.draft) if self.draft else None
        return {
            "deal": self.deal,
            "draft": self.draft,
            "sheet": self.sheet(scoring),
            "scoring": scoring,
            "bands": self.content["bands"],
            "band": scoring.band.code.capitalize() if scoring and scoring.band else "",
            "refusal": self.refusal,
        }

    def _scoring(self, draft: Assessment) -> Scoring:
        """So far, by the rules that are on the page."""
        answers, replies = answers_of(draft), knockout_answers_of(draft)
        return score(rules_of(self.content), to_score(answers.values()), to_reply(replies.values()))

    def sheet(self, scoring: Scoring | None) -> Sheet:
        self.trouble.reviews, self.trouble.carried = _reviews(self.draft), _carried(self.draft)
        version = self.draft.lock_version if self.draft else 0
        now_stored = typed.stored(self.content, self.draft)
        return SheetMaker(self.content, self.values, self.trouble).sheet(
            version, now_stored, scoring
        )


def filling_of(deal: Opportunity) -> Filling | None:
    """As it is stored; None where there is nothing that could be filled in."""
    draft = draft_of(deal)
    template = draft.template if draft else template_for(deal.practice)
    if template is None:
        return None
    content = content_of(template)
    return Filling(deal, content, draft, typed.stored(content, draft))


def fill(request: HttpRequest, pk: int, each_context: dict[str, Any]) -> HttpResponse:
    deal = in_sight(request, pk)
    if not standing_of(request.user).may_write_notes(deal):
        raise PermissionDenied("Answers are for the assigned SA, or on behalf for the desk.")
    filling = filling_of(deal)
    if filling is None:
        raise Http404("No assessment template is active: an administrator has to activate one.")
    if request.method == "POST":
        try:
            return _save(request, filling)
        except Forbidden as refusal:
            raise PermissionDenied(refusal.sentence) from refusal
        except OutOfSight as refusal:
            raise Http404(refusal.sentence) from refusal
        except TransitionRefused as refusal:
            _take_refusal(filling, refusal, request)
    context = {
        **each_context,
        **filling.context(),
        "title": "Assessment",
        "subtitle": str(deal),
        "back": address_of(deal),
        "is_on_behalf": not standing_of(request.user).is_assigned(deal),
    }
    return TemplateResponse(request, PAGE, context, status=filling.status)


def _save(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Raises: TransitionRefused."""
    who: dict[str, Any] = {"by": user_of(request), "channel": Channel.SCREEN}
    draft = save_answers(
        opportunity=filling.deal.pk,
        expected_version=_number(request.POST.get("version", "")),
        **(typed.to_send(_changed(request, filling)) | who),
    )
    filling.draft, filling.values = draft, typed.stored(filling.content, draft)
    if "submit" not in request.POST:
        messages.success(request, f"Saved as version {draft.version_no}, still a draft.")
        return HttpResponseRedirect(f"{address_of(filling.deal)}#assessment")
    assessment_submit(opportunity=filling.deal.pk, draft_version=draft.lock_version, **who)
    messages.success(request, "Submitted: it waits for a decision now.")
    return HttpResponseRedirect(address_of(filling.deal))


def _take_refusal(filling: Filling, refusal: TransitionRefused, request: HttpRequest) -> None:
    """Everything typed stays in the fields, on top of what is stored now."""
    filling.refusal, filling.status = refusal.sentence, refusal.status_code
    changes = _changed(request, filling)
    match refusal:
        case Conflict():
            filling.draft = refusal.current
            filling.trouble.saves = [
                save for save in refusal.saves if changes.keys() & set(typed.fields_of(save))
            ]
        case Incomplete():
            filling.refusal = "Saved. Before it can be submitted:"
            filling.trouble.problems = refusal.problems
            return
        case AnswersRefused():
            filling.refusal = "Nothing was saved yet:"
            filling.trouble.problems = refusal.problems
    filling.values = typed.stored(filling.content, filling.draft) | changes


def _changed(request: HttpRequest, filling: Filling) -> typed.Typed:
    now = typed.typed(filling.content, request.POST)
    return typed.changed(typed.shown(request.POST), now)


def _number(text: str) -> int:
    """A form without a version has seen none, and is told so."""
    return int(text) if text.isdecimal() else -1


def _carried(draft: Assessment | None) -> dict[str, str]:
    """What is to be confirmed: by the field that confirms it, who answered it and when."""
    if draft is None:
        return {}
    given: dict[str, Mapping[str, Any]] = {
        "keep": answers_of(draft),
        "keepreply": knockout_answers_of(draft),
    }
    return {
        f"{part}-{code}": f"Carried over: {person(row.author)}, {day(row.answered_at)}"
        for part, rows in given.items()
        for code, row in rows.items()
        if row.is_carried_over
    }


def _reviews(draft: Assessment | None) -> dict[str, list[str]]:
    """What was said of the version this draft was copied from, by criterion."""
    reviews: dict[str, list[str]] = {}
    if draft is None or draft.copied_from_id is None:
        return reviews
    said = ReviewComment.objects.filter(assessment=draft.copied_from_id)
    for comment in said.select_related("criterion", "author"):
        reviews.setdefault(comment.criterion.code, []).append(comment.text)
    return reviews
