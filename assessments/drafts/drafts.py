"""Save the answers of a draft, and never over what somebody else saved."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from assessments.drafts.answers import answers_of, knockout_answers_of
from assessments.drafts.incoming import Incoming, Sent, parse_incoming
from assessments.drafts.problems import Conflict, OtherSave
from assessments.drafts.versions import document_asked, draft_of, next_draft
from assessments.models import Answer, Assessment, Criterion, Knockout, KnockoutAnswer
from opportunities.access.roles import UserAccess, access_of
from opportunities.domain.errors import Forbidden, WrongState
from opportunities.domain.states import OPEN_WORK, Action, WorkflowStatus
from opportunities.lists.presentation import names_of, person
from opportunities.models import Channel, Opportunity
from opportunities.workflow.transitions import apply_transition, locked

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
    at: datetime | None = None,
) -> Assessment:
    """Save all of what was sent, or nothing; the first save starts the assessment.

    Args:
        expected_version: the lock_version of the draft that the person saw; 0 for none.
        answers: code -> {kind, rating, comment}, each optional; an empty one confirms an answer
            that was carried over.
        knockouts: code -> {reply, comment}, each optional.
        recorded: name of a recorded field -> value.

    Raises: TransitionRefused: AnswersRefused, Conflict, Forbidden, WrongState, NotVisible.
    """
    access, at = access_of(by), at or timezone.now()
    row = locked(opportunity, access)
    _check_writable(row, access)
    draft = draft_of(row)
    if draft is not None and draft.lock_version != expected_version:
        raise conflict_of(draft, expected_version)
    incoming = parse_incoming(document_asked(row, draft), answers, knockouts, recorded)
    if row.workflow_status == WorkflowStatus.ASSIGNED:
        row = apply_transition(
            row, Action.START, by=by, channel=channel, request_id=request_id, at=at
        )
        draft = draft_of(row)
    draft = draft or next_draft(row)
    if incoming:
        _Save(draft, row, access, at).write(incoming)
    return draft


def check_may_write(row: Opportunity, access: UserAccess) -> None:
    if not access.may_write_notes(row):
        who = "Only the assigned SA can answer. An SA lead of the practice or a bid manager can"
        raise Forbidden("right", f"{who} answer on their behalf.")


def _check_writable(row: Opportunity, access: UserAccess) -> None:
    check_may_write(row, access)
    if row.workflow_status not in OPEN_WORK:
        status = WorkflowStatus(row.workflow_status).label
        sentence = f"Answers cannot be saved while the state is {status}. Keep a copy of your text."
        raise WrongState("state", sentence)


def conflict_of(draft: Assessment, expected_version: int) -> Conflict:
    """Name everything saved after the version that somebody has on the screen."""
    rows: list[Any] = [("answer", *each) for each in answers_of(draft).items()]
    rows += [("reply", *each) for each in knockout_answers_of(draft).items()]
    saves = [
        OtherSave(code, field, row.value, row.comment, person(row.author), row.answered_at)
        for field, code, row in rows
        if row.saved_version > expected_version
    ]
    fields = {
        name: save for name, save in draft.field_saves.items() if save["version"] > expected_version
    }
    names = names_of(save["by"] for save in fields.values())
    for name, save in fields.items():
        at = datetime.fromisoformat(save["at"])
        saves.append(OtherSave("", name, getattr(draft, name), "", names[save["by"]], at))
    return Conflict(draft, sorted(saves, key=lambda each: each.at, reverse=True))


class _Save:
    """Write one save into a draft whose opportunity is locked."""

    def __init__(
        self, draft: Assessment, row: Opportunity, access: UserAccess, at: datetime
    ) -> None:
        self.draft, self.at = draft, at
        self.version = draft.lock_version + 1
        self.author = access.user
        self.on_behalf_of = None if access.is_assigned(row) else row.assigned_sa

    def write(self, incoming: Incoming) -> None:
        template = self.draft.template_id
        criteria = Criterion.objects.filter(group__template=template)
        knockouts = Knockout.objects.filter(template=template)
        replies = knockout_answers_of(self.draft)
        changed = [
            self._write_answers(Answer, criteria, answers_of(self.draft), incoming.answers),
            self._write_answers(KnockoutAnswer, knockouts, replies, incoming.replies),
            self._write_recorded(incoming.recorded),
        ]
        if any(changed):
            self.draft.lock_version = self.version
            self.draft.save()

    def _write_answers(self, model: Any, asked: Any, rows: Mapping[str, Any], sent: Sent) -> bool:
        """Create what is new and update what changed, with one statement each."""
        added, changed = [], []
        questions = {each.code: each for each in asked}
        for code, columns in sent.items():
            row = rows.get(code)
            if row is None:
                row = model(assessment=self.draft, **{model.QUESTION: questions[code]})
                added.append(self._sign(row, columns))
            elif row.is_carried_over or any(getattr(row, n) != v for n, v in columns.items()):
                changed.append(self._sign(row, columns))
        model.objects.bulk_create(added)
        model.objects.bulk_update(changed, model.SAVED_FIELDS)
        return bool(added or changed)

    def _sign(self, row: Any, columns: Mapping[str, Any]) -> Any:
        if row.pk is not None and row.author_id != self.author.pk:
            left = {
                "by": row.author_id,
                "on_behalf_of": row.on_behalf_of_id,
                "at": row.answered_at.isoformat(),
                "value": row.value,
                "comment": row.comment,
            }
            row.former = [*row.former, left]
        for name, value in columns.items():
            setattr(row, name, value)
        row.author, row.on_behalf_of = self.author, self.on_behalf_of
        row.answered_at, row.saved_version = self.at, self.version
        row.is_carried_over = False
        return row

    def _write_recorded(self, recorded: Mapping[str, Any]) -> bool:
        changed = {
            name: value for name, value in recorded.items() if getattr(self.draft, name) != value
        }
        for name, value in changed.items():
            self.draft.field_saves[name] = self._field_save(name)
            setattr(self.draft, name, value)
        return bool(changed)

    def _field_save(self, name: str) -> dict[str, Any]:
        last = self.draft.field_saves.get(name)
        former = last["former"] if last else []
        if last and last["by"] != self.author.pk:
            left = {key: last[key] for key in ("by", "on_behalf_of", "at")}
            former = [*former, left | {"value": getattr(self.draft, name)}]
        return {
            "version": self.version,
            "by": self.author.pk,
            "on_behalf_of": self.on_behalf_of and self.on_behalf_of.pk,
            "at": self.at.isoformat(),
            "former": former,
        }
