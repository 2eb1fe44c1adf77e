"""What is missing before an assessment can be submitted, all of it at once."""

from collections.abc import Iterator

from assessments.content import Content, content_shown, criteria_in, rules_of
from assessments.given import answers_of, knockout_answers_of, to_reply, to_score
from assessments.models import Answer, Assessment, KnockoutAnswer
from assessments.problems import Problem
from assessments.rules import AnswerKind
from assessments.scoring import score


def problems_of(assessment: Assessment) -> list[Problem]:
    content = content_shown(assessment)
    answers, replies = answers_of(assessment), knockout_answers_of(assessment)
    return [
        *_knockout_problems(content, replies),
        *_criterion_problems(content, answers),
        *_group_problems(content, answers),
        *_not_applicable_problems(content, answers),
        *_review_problems(assessment, answers),
        *_recommendation_problems(assessment, content, answers, replies),
    ]


def _knockout_problems(content: Content, replies: dict[str, KnockoutAnswer]) -> Iterator[Problem]:
    for knockout in content["knockouts"]:
        row = replies.get(knockout["code"])
        if row is None or not row.reply:
            sentence = f"Answer the knock-out check {knockout['code']}: {knockout['text']}."
            yield Problem(knockout["code"], "reply", sentence)


def _criterion_problems(content: Content, answers: dict[str, Answer]) -> Iterator[Problem]:
    for code, criterion in criteria_in(content).items():
        row = answers.get(code)
        if row is None or not row.kind:
            yield Problem(code, "answer", f"Rate {code} ({criterion['name']}).")
        elif _is_comment_due(content, row) and not _is_long_enough(content, row):
            yield Problem(code, "comment", _comment_wanted(content, criterion, row))


def _group_problems(content: Content, answers: dict[str, Answer]) -> Iterator[Problem]:
    if not content["is_comment_per_group"]:
        return
    for group in content["groups"]:
        rows = [answers[each["code"]] for each in group["criteria"] if each["code"] in answers]
        if not any(_is_long_enough(content, row) for row in rows):
            where = f"group {group['code']} ({group['name']})"
            sentence = f"Comment on at least one criterion of {where}, {_length(content)}."
            yield Problem(group["code"], "comment", sentence)


def _not_applicable_problems(content: Content, answers: dict[str, Answer]) -> Iterator[Problem]:
    criteria, limit = criteria_in(content), content["na_weight_limit"]
    dropped = [code for code in criteria if code in answers and _is_na(answers[code])]
    weight = sum(criteria[code]["weight"] for code in dropped)
    if weight > limit:
        names = ", ".join(dropped)
        sentence = (
            f"{names} weigh {weight} together; at most {limit} may be Not applicable. Rate one."
        )
        yield Problem(dropped[-1], "answer", sentence)


def _review_problems(assessment: Assessment, answers: dict[str, Answer]) -> Iterator[Problem]:
    """What a reviewer asked is answered by words or a rating that were not there before."""
    reviewed = assessment.copied_from
    if reviewed is None:
        return
    before = answers_of(reviewed)
    asked = reviewed.review_comments.order_by("criterion__order").values_list("criterion__code")
    for (code,) in asked.distinct():
        if code in answers and _words_of(answers[code]) == _words_of(before[code]):
            sentence = f"The reviewer asked about {code}: answer in its comment, or rate it anew."
            yield Problem(code, "comment", sentence)


def _words_of(row: Answer) -> tuple[str, str]:
    return row.value, row.comment.strip()


def _recommendation_problems(
    assessment: Assessment,
    content: Content,
    answers: dict[str, Answer],
    replies: dict[str, KnockoutAnswer],
) -> Iterator[Problem]:
    if not assessment.confidence:
        yield Problem("", "confidence", "Say how confident you are: low, medium or high.")
    if not assessment.sa_recommendation:
        yield Problem("", "sa_recommendation", "Say what you recommend.")
        return
    scoring = score(rules_of(content), to_score(answers.values()), to_reply(replies.values()))
    computed = scoring.recommendation
    if computed is None or computed == assessment.sa_recommendation:
        return
    if not assessment.sa_reason.strip():
        sentence = f"The score recommends {computed.label}; say why you recommend otherwise."
        yield Problem("", "sa_reason", sentence)


def _is_comment_due(content: Content, row: Answer) -> bool:
    commented: list[int] = content["commented_ratings"]
    return row.kind != AnswerKind.RATING or row.rating in commented


def _is_long_enough(content: Content, row: Answer) -> bool:
    shortest: int = content["shortest_comment"]
    return len(row.comment.strip()) >= shortest


def _is_na(row: Answer) -> bool:
    return row.kind == AnswerKind.NA


def _comment_wanted(content: Content, criterion: Content, row: Answer) -> str:
    what = f"{criterion['code']} ({criterion['name']})"
    if row.kind == AnswerKind.UNKNOWN:
        return f"Comment on {what}: what will be found out, from whom, by when?"
    return f"Comment on {what}, {_length(content)}: it is {_in_words(row)}."


def _in_words(row: Answer) -> str:
    return f"rated {row.rating}" if row.kind == AnswerKind.RATING else "Not applicable"


def _length(content: Content) -> str:
    return f"in {content['shortest_comment']} characters or more"
