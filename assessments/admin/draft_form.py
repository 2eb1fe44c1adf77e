"""Build the form of a draft from the template it answers.

Its fields are named for what they hold: answer-NEED, comment-NEED, reply-TIME, note-TIME,
recorded-lessons; keep-NEED and keepreply-TIME confirm what was carried over. The form refuses
nothing itself: save_answers() checks the values, and what it refuses is shown here.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html

from assessments.drafts.answers import answers_of, knockout_answers_of
from assessments.drafts.authors import label_of
from assessments.drafts.incoming import COMPETITOR_KEYS
from assessments.drafts.problems import OtherSave, Problem
from assessments.drafts.template_document import Document, criteria_in
from assessments.models import Assessment, Confidence
from assessments.record.words import day
from assessments.scoring.rules import RATINGS, AnswerKind, KnockoutReply, Recommendation
from opportunities.lists.presentation import person

FormData = dict[str, str]
TEXT = forms.Textarea({"rows": 2})
REPLIES = forms.RadioSelect(choices=KnockoutReply.choices)
WIDGETS = {
    **dict.fromkeys(
        ("sales_owner_view", "open_risks", "lessons", "competitors", "sa_reason"), TEXT
    ),
    "sa_recommendation": forms.RadioSelect(choices=Recommendation.choices),
    "confidence": forms.RadioSelect(choices=Confidence.choices),
    "customer_deadline_on": forms.DateInput({"type": "date"}),
}
SHORT: dict[str, str] = {AnswerKind.UNKNOWN: "Unknown", AnswerKind.NA: "N/A"}
HELP = {"competitors": "One per line: name; strength; weakness.", "bid_effort_days": "Person-days."}
JUDGED = ("sa_recommendation", "sa_reason", "confidence")


class DraftForm(forms.Form):
    def __init__(
        self,
        document: Document,
        draft: Assessment | None,
        data: Mapping[str, str],
        shown: dict[str, str] | None = None,
    ) -> None:
        """
        Args:
            shown: what the page had shown; `changed_data` names the fields that differ from it.
        """
        super().__init__(data, initial=shown, auto_id="%s")
        self.document = document
        answers, replies = (answers_of(draft), knockout_answers_of(draft)) if draft else ({}, {})
        for check in document["knockouts"]:
            code = check["code"]
            self.fields[f"reply-{code}"] = _field(check["text"], REPLIES)
            self.fields[f"note-{code}"] = _field("Comment", TEXT)
            self._confirm(f"keepreply-{code}", replies.get(code))
        for code, criterion in criteria_in(document).items():
            ratings = forms.RadioSelect(choices=list(_choices(criterion)))
            self.fields[f"answer-{code}"] = _field(criterion["question"], ratings)
            self.fields[f"comment-{code}"] = _field("Comment", TEXT)
            self._confirm(f"keep-{code}", answers.get(code))
        for name in Assessment.RECORDED_FIELDS:
            widget, label = WIDGETS.get(name, forms.TextInput), label_of(Assessment, name)
            self.fields[f"recorded-{name}"] = _field(label, widget, HELP.get(name, ""))

    def _confirm(self, name: str, row: Any) -> None:
        if row and row.is_carried_over:
            self.fields[name] = forms.BooleanField(
                label="Still correct",
                help_text=f"Carried over: {person(row.author)}, {day(row.answered_at)}",
                required=False,
            )

    def changes(self) -> FormData:
        """Return the values of the fields that the person changed.

        Nothing else is saved: it would put back what somebody else has changed meanwhile.
        """
        return {name: self[name].data or "" for name in self.changed_data}

    def knockouts(self) -> list[dict[str, Any]]:
        return [self._question(each, "reply", "note") for each in self.document["knockouts"]]

    def groups(self) -> Iterator[dict[str, Any]]:
        for group in self.document["groups"]:
            questions = [self._question(each, "answer", "comment") for each in group["criteria"]]
            weight = sum(each["weight"] for each in group["criteria"])
            yield {**group, "questions": questions, "weight": weight}

    def _question(self, asked: dict[str, Any], answer: str, comment: str) -> dict[str, Any]:
        code = asked["code"]
        keep = f"{'keep' if answer == 'answer' else 'keepreply'}-{code}"
        return {
            **asked,
            "answer": self[f"{answer}-{code}"],
            "comment": self[f"{comment}-{code}"],
            "keep": self[keep] if keep in self.fields else None,
        }

    def judged(self) -> list[forms.BoundField]:
        return [self[f"recorded-{name}"] for name in JUDGED]

    def recorded(self) -> list[forms.BoundField]:
        others = [name for name in Assessment.RECORDED_FIELDS if name not in JUDGED]
        return [self[f"recorded-{name}"] for name in others]

    def show_problems(self, problems: Sequence[Problem]) -> None:
        for problem in problems:
            self.add_error(self._field_of(problem), problem.sentence)

    def _field_of(self, problem: Problem) -> str:
        """Return the field to correct; for a group, the comment of its first criterion."""
        code, field = problem.code, problem.field
        if not code:
            return f"recorded-{field}"
        for group in self.document["groups"]:
            if code == group["code"] and group["criteria"]:
                code = group["criteria"][0]["code"]
        if field == "comment" and f"note-{code}" in self.fields:
            field = "note"
        return f"{field}-{code}"

    def show_saves(self, saves: Sequence[OtherSave], changes: FormData) -> None:
        """Show what others saved beside what this person changed."""
        for save in saves:
            saved = _saved_fields(save)
            if changes.keys() & saved.keys():
                for name, value in saved.items():
                    sentence = (
                        f"{save.by} saved this at {save.at:%H:%M} UTC: {value or '(nothing)'}. "
                        "The field shows your entry, and the next save keeps it."
                    )
                    self.add_error(name, sentence)

    def summary(self) -> list[tuple[forms.BoundField, Any]]:
        return [(field, sentence) for field in self for sentence in field.errors]


def stored_values(draft: Assessment | None) -> FormData:
    """Return what the fields show of a draft."""
    if draft is None:
        return {}
    values: FormData = {}
    for code, answer in answers_of(draft).items():
        rating = answer.rating
        values[f"answer-{code}"] = answer.kind if rating is None else str(rating)
        values[f"comment-{code}"] = answer.comment
    for code, reply in knockout_answers_of(draft).items():
        values |= {f"reply-{code}": reply.reply, f"note-{code}": reply.comment}
    for name in Assessment.RECORDED_FIELDS:
        values[f"recorded-{name}"] = _as_text(getattr(draft, name))
    return values


def to_save(changes: FormData) -> dict[str, Any]:
    """Return the changes as save_answers() takes them."""
    sent: dict[str, Any] = {"answers": {}, "knockouts": {}, "recorded": {}}
    for name, value in changes.items():
        part, _, code = name.partition("-")
        if part == "recorded":
            sent[part][code] = _competitors(value) if code == "competitors" else value
            continue
        section = "answers" if part in ("answer", "comment", "keep") else "knockouts"
        # Naming a code is enough to confirm it.
        answer = sent[section].setdefault(code, {})
        match part:
            case "answer" if value in map(str, RATINGS):
                answer |= {"kind": AnswerKind.RATING, "rating": int(value)}
            case "answer":
                answer["kind"] = value
            case "reply":
                answer["reply"] = value
            case "comment" | "note":
                answer["comment"] = value
    return sent


def _saved_fields(save: OtherSave) -> dict[str, Any]:
    if not save.code:
        return {f"recorded-{save.field}": save.value}
    comment = "note" if save.field == "reply" else "comment"
    return {f"{save.field}-{save.code}": save.value, f"{comment}-{save.code}": save.comment}


def _field(label: str, widget: Any, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, widget=widget, help_text=help_text, required=False, strip=False
    )


def _choices(criterion: Document) -> Iterator[tuple[str, str]]:
    meanings = {str(rating): criterion["anchors"].get(str(rating), "") for rating in RATINGS}
    meanings[AnswerKind.UNKNOWN] = "Earns no points until known"
    if not criterion["is_gate"]:
        meanings[AnswerKind.NA] = "Not counted; needs a reason"
    for value, meaning in meanings.items():
        label = SHORT.get(value, value)
        yield value, format_html("<b>{}</b> <span>{}</span>", label, meaning)


def _as_text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join("; ".join(filter(None, row.values())) for row in value)
    return "" if value is None else str(value)


def _competitors(text: str) -> list[dict[str, str]]:
    rows = [[part.strip() for part in line.split(";", 2)] for line in text.splitlines()]
    return [dict(zip(COMPETITOR_KEYS, row, strict=False)) for row in rows if any(row)]
