"""Writing a draft: piece by piece, by whoever may, and never over what somebody else wrote."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from assessments.content import Content, content_of
from assessments.given import answers_of, knockout_answers_of
from assessments.incoming import Incoming, Sent, understand
from assessments.models import Answer, Assessment, Criterion, Knockout, KnockoutAnswer
from assessments.problems import Conflict, OtherSave
from assessments.templates import template_for
from assessments.versions import draft_of, next_draft
from opportunities.models import Channel, Opportunity
from opportunities.presentation import person
from opportunities.refusals import Forbidden, WrongState
from opportunities.roles import Standing, standing_of
from opportunities.transitions import locked, move
from opportunities.workflow import Action, WorkflowStatus

WRITABLE = (WorkflowStatus.IN_ASSESSMENT, WorkflowStatus.RETURNED)
NOTHING: Sent = {}


@transaction.atomic
def save_answers(
    *,
    opportunity: Opportunity | int,
    by: User,
    expected_version: int,
    channel: Channel,
    answers: Sent = NOTHING,
    knockouts: Sent = NOTHING,
    recorded: Sent = NOTHING,
    request_id: str = "",
) -> Assessment:
    """Keep what was sent, all of it or nothing; the first save starts the assessment.

    Args:
        expected_version: the draft's lock_version this was written on; 0 where there was none.
        answers: code -> {kind, rating, comment}, each optional; naming a code is enough to
            confirm what was carried over.
        knockouts: code -> {reply, comment}, each optional.
        recorded: name of a recorded field -> value.

    Raises: TransitionRefused: AnswersRefused, Conflict, Forbidden, WrongState, OutOfSight.
    """
    standing = standing_of(by)
    row = locked(opportunity, standing)
    _check_writable(row, standing)
    draft = draft_of(row)
    _check_version(draft, expected_version)
    content = _content_for(row, draft)
    incoming = understand(content, answers, knockouts, recorded) if content else None
    if row.workflow_status == WorkflowStatus.ASSIGNED:
        row = move(row, Action.START, by=by, channel=channel, request_id=request_id)
        draft = draft_of(row)
    draft = draft or next_draft(row)
    if incoming:
        _Save(draft, row, standing).keep(incoming)
    return draft


def check_may_write(row: Opportunity, standing: Standing) -> None:
    if not standing.may_write_notes(row):
        whom = "the assigned SA, or on behalf for an SA lead of the practice or a bid manager"
        raise Forbidden("right", f"Answers are for {whom}.")


def _check_writable(row: Opportunity, standing: Standing) -> None:
    check_may_write(row, standing)
    if row.workflow_status not in (WorkflowStatus.ASSIGNED, *WRITABLE):
        status = WorkflowStatus(row.workflow_status).label
        sentence = f"Answers are not saved while it is {status}. Keep a copy of what you wrote."
        raise WrongState("state", sentence)


def _check_version(draft: Assessment | None, expected_version: int) -> None:
    if draft is not None and draft.lock_version != expected_version:
        raise conflict_of(draft, expected_version)


def _content_for(row: Opportunity, draft: Assessment | None) -> Content | None:
    """None where no template is active, which starting then refuses."""
    template = draft.template if draft else template_for(row.practice)
    return content_of(template) if template else None


def conflict_of(draft: Assessment, expected_version: int) -> Conflict:
    """Everything saved after the version somebody has on the screen."""
    given = [
        OtherSave(code, field, row.value, row.comment, person(row.author), row.answered_at)
        for field, rows in _given_in(draft)
        for code, row in rows.items()
        if row.saved_version > expected_version
    ]
    noted = [
        OtherSave("", name, getattr(draft, name), "", save["name"], _instant(save["at"]))
        for name, save in draft.field_saves.items()
        if save["version"] > expected_version
    ]
    return Conflict(draft, sorted([*given, *noted], key=lambda each: each.at, reverse=True))


def _given_in(draft: Assessment) -> list[tuple[str, Mapping[str, Any]]]:
    return [("answer", answers_of(draft)), ("reply", knockout_answers_of(draft))]


class _Save:
    """One save of a draft whose opportunity is locked."""

    def __init__(self, draft: Assessment, row: Opportunity, standing: Standing) -> None:
        self.draft, self.at = draft, timezone.now()
        self.version = draft.lock_version + 1
        self.author = standing.user
        self.on_behalf_of = None if standing.is_assigned(row) else row.assigned_sa

    def keep(self, incoming: Incoming) -> None:
        template = self.draft.template_id
        criteria = Criterion.objects.filter(group__template=template)
        knockouts = Knockout.objects.filter(template=template)
        changed = [
            self._keep_given(Answer, criteria, answers_of(self.draft), incoming.answers),
            self._keep_given(
                KnockoutAnswer, knockouts, knockout_answers_of(self.draft), incoming.replies
            ),
            self._keep_recorded(incoming.recorded),
        ]
        if any(changed):
            self.draft.lock_version = self.version
            self.draft.save()

    def _keep_given(self, model: Any, asked: Any, rows: Mapping[str, Any], sent: Sent) -> bool:
        """One statement for what is new, one for what changed; the rest stays untouched."""
        added, changed = [], []
        questions = {each.code: each for each in asked}
        for code, columns in sent.items():
            if code not in rows:
                row = model(assessment=self.draft, **{model.QUESTION: questions[code]})
                added.append(self._signed(row, columns))
            elif rows[code].is_carried_over or not _is_same(rows[code], columns):
                changed.append(self._signed(rows[code], columns))
        model.objects.bulk_create(added)
        model.objects.bulk_update(changed, model.SAVED_FIELDS)
        return bool(added or changed)

    def _signed(self, row: Any, columns: Mapping[str, Any]) -> Any:
        if row.pk is not None and row.author_id != self.author.pk:
            row.former = [*row.former, _left_by(row)]
        for name, value in columns.items():
            setattr(row, name, value)
        row.author, row.on_behalf_of = self.author, self.on_behalf_of
        row.answered_at, row.saved_version = self.at, self.version
        row.is_carried_over = False
        return row

    def _keep_recorded(self, recorded: Mapping[str, Any]) -> bool:
        changed = {
            name: value for name, value in recorded.items() if getattr(self.draft, name) != value
        }
        for name, value in changed.items():
            setattr(self.draft, name, value)
            self.draft.field_saves[name] = {
                "version": self.version,
                "by": self.author.pk,
                "name": person(self.author),
                "at": self.at.isoformat(),
            }
        return bool(changed)


def _is_same(row: Any, columns: Mapping[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in columns.items())


def _left_by(row: Any) -> dict[str, Any]:
    return {
        "author": row.author_id,
        "name": person(row.author),
        "at": row.answered_at.isoformat(),
        "value": row.value,
        "comment": row.comment,
    }


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
