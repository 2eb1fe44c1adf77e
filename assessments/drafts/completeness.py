"""List everything that a draft lacks before it can be submitted."""

from collections.abc import Iterator

from assessments.drafts.answers import answers_of, knockout_answers_of, scoring_of
from assessments.drafts.problems import Problem
from assessments.drafts.template_document import Document, criteria_in, document_shown
from assessments.models import Answer, Assessment, KnockoutAnswer, ReviewThread, ThreadState
from assessments.scoring.rules import AnswerKind

WAYS_TO_ADDRESS = "change your answer, or mark the review comment as addressed"


def problems_of(assessment: Assessment) -> list[Problem]:
    document = document_shown(assessment)
    answers = answers_of(assessment)
    return [
        *_knockout_problems(document, knockout_answers_of(assessment)),
        *_criterion_problems(document, answers),
        *_group_problems(document, answers),
        *_not_applicable_problems(document, answers),
        *_review_problems(assessment, answers),
        *_recommendation_problems(assessment),
    ]


def _knockout_problems(document: Document, replies: dict[str, KnockoutAnswer]) -> Iterator[Problem]:
    for knockout in document["knockouts"]:
        code = knockout["code"]
        if code not in replies or not replies[code].reply:
            yield Problem(code, "reply", f"Answer knock-out check {code}: {knockout['text']}.")


def _criterion_problems(document: Document, answers: dict[str, Answer]) -> Iterator[Problem]:
    for code, criterion in criteria_in(document).items():
        row, name = answers.get(code), f"{code} ({criterion['name']})"
        if row is None or not row.kind:
            yield Problem(code, "answer", f"Rate {name}.")
            continue
        is_due = row.rating is None or row.rating in document["commented_ratings"]
        if is_due and not _is_long_enough(document, row):
            yield Problem(code, "comment", _comment_request(document, name, row))


def _comment_request(document: Document, name: str, row: Answer) -> str:
    if row.kind == AnswerKind.UNKNOWN:
        return f"Comment on {name}: say what you will find out, from whom, and by when."
    answer = f"rated {row.rating}" if row.kind == AnswerKind.RATING else "Not applicable"
    return f"Comment on {name}, {_length(document)}, because it is {answer}."


def _group_problems(document: Document, answers: dict[str, Answer]) -> Iterator[Problem]:
    for group in document["groups"] if document["is_comment_per_group"] else ():
        rows = [answers[each["code"]] for each in group["criteria"] if each["code"] in answers]
        if not any(_is_long_enough(document, row) for row in rows):
            name = f"group {group['code']} ({group['name']})"
            sentence = f"Comment on at least one criterion of {name}, {_length(document)}."
            yield Problem(group["code"], "comment", sentence)


def _not_applicable_problems(document: Document, answers: dict[str, Answer]) -> Iterator[Problem]:
    criteria, limit = criteria_in(document), document["na_weight_limit"]
    dropped = [code for code in criteria if code in answers and answers[code].kind == AnswerKind.NA]
    weight = sum(criteria[code]["weight"] for code in dropped)
    if weight > limit:
        sentence = (
            f"{', '.join(dropped)} have a weight of {weight} together, but at most {limit} can be "
            "Not applicable. Rate one of them."
        )
        yield Problem(dropped[-1], "answer", sentence)


def _review_problems(assessment: Assessment, answers: dict[str, Answer]) -> Iterator[Problem]:
    """Ask for a new rating or comment wherever a review comment is not addressed."""
    reviewed = assessment.copied_from
    if reviewed is None:
        return
    before = answers_of(reviewed)
    threads = ReviewThread.objects.filter(
        assessment__opportunity=assessment.opportunity_id, state=ThreadState.OPEN
    )
    asked = threads.order_by("criterion__order").values_list("criterion__code", flat=True)
    for code in asked.distinct():
        if code in {*answers} & {*before} and _is_same(answers[code], before[code]):
            sentence = f"The reviewer asked about {code}: {WAYS_TO_ADDRESS}."
            yield Problem(code, "comment", sentence)


def _is_same(row: Answer, before: Answer) -> bool:
    return (row.value, row.comment.strip()) == (before.value, before.comment.strip())


def _recommendation_problems(assessment: Assessment) -> Iterator[Problem]:
    if not assessment.confidence:
        yield Problem("", "confidence", "State your confidence: low, medium or high.")
    if not assessment.sa_recommendation:
        yield Problem("", "sa_recommendation", "State your recommendation.")
        return
    computed = scoring_of(assessment).recommendation
    is_other = computed is not None and computed != assessment.sa_recommendation
    if computed and is_other and not assessment.sa_reason.strip():
        sentence = f"The score recommends {computed.label}. Explain why you recommend otherwise."
        yield Problem("", "sa_reason", sentence)


def _is_long_enough(document: Document, row: Answer) -> bool:
    shortest: int = document["shortest_comment"]
    return len(row.comment.strip()) >= shortest


def _length(document: Document) -> str:
    return f"in at least {document['shortest_comment']} characters"
