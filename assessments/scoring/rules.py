"""Define the rules of scoring. Pure: no queries, no HTTP."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices

BEST_RATING = 5
RATINGS = range(BEST_RATING + 1)


class Recommendation(TextChoices):
    """A recommendation, from best to worst, in the words of an opportunity's decision."""

    BID = "BID", "Bid"
    CONDITIONAL = "CONDITIONAL", "Conditional"
    NO_BID = "NO_BID", "No bid"


def lowest(recommendations: Iterable[Recommendation]) -> Recommendation:
    return max(recommendations, key=list(Recommendation).index)


class AnswerKind(TextChoices):
    RATING = "RATING", "Rated"
    UNKNOWN = "UNKNOWN", "Unknown"
    NA = "NA", "Not applicable"


class KnockoutReply(TextChoices):
    YES = "YES", "Yes"
    NO = "NO", "No"
    UNKNOWN = "UNKNOWN", "Unknown"


class CapTrigger(TextChoices):
    """A trigger of a cap; the last three compare with the threshold of the rule."""

    KNOCKOUT_NO = "KNOCKOUT_NO", "a knock-out check is answered No"
    KNOCKOUT_UNKNOWN = "KNOCKOUT_UNKNOWN", "a knock-out check is answered Unknown"
    GATE_UNKNOWN = "GATE_UNKNOWN", "a gate criterion is Unknown"
    GATE_RATED = "GATE_RATED", "a gate criterion is rated just so"
    GROUP_BELOW = "GROUP_BELOW", "a group scores below"
    UNKNOWN_ABOVE = "UNKNOWN_ABOVE", "the unknown share is above (percent)"


@dataclass(frozen=True)
class Criterion:
    code: str
    name: str
    group: str
    weight: int
    is_gate: bool = False


@dataclass(frozen=True)
class Band:
    """A range of scores; both ends, of one decimal, belong to it."""

    code: str
    start: Decimal
    end: Decimal
    recommendation: Recommendation
    feedback: str = ""

    def __contains__(self, score: Decimal) -> bool:
        return self.start <= score <= self.end


@dataclass(frozen=True)
class CapRule:
    trigger: CapTrigger
    caps_at: Recommendation
    threshold: Decimal = Decimal(0)


@dataclass(frozen=True)
class TemplateRules:
    """A template's rules of scoring; groups and knock-outs are names by code."""

    criteria: tuple[Criterion, ...]
    groups: Mapping[str, str]
    knockouts: Mapping[str, str]
    bands: tuple[Band, ...]
    caps: tuple[CapRule, ...]


@dataclass(frozen=True)
class Answer:
    """An answer to a criterion; only the kind RATING has a rating, 0 to 5."""

    kind: AnswerKind
    rating: int | None = None


Answers = Mapping[str, Answer]
Replies = Mapping[str, KnockoutReply]
