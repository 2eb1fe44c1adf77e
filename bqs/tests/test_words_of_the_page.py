"""Check that the page calls things what the server calls them."""

import json
import re
from pathlib import Path

import pytest

from assessments.models import AssessmentStatus, ConditionState, Confidence
from assessments.scoring.rules import Recommendation
from opportunities.domain.crm_status import CrmOutcome
from opportunities.domain.states import BidDecision, Priority
from opportunities.lists.figures import AGES, ATTENTION
from opportunities.lists.for_you import sections
from opportunities.lists.funnel import STEPS
from opportunities.tests.api_clients import any_user
from sync.models import SyncStatus, SyncType, Trigger

SOURCE = Path(__file__).parents[2] / "frontend/src"
OPPORTUNITY = "entities/opportunity/strings.ts"
FIELDS = SOURCE / "entities/opportunity/test-fields.json"


@pytest.mark.parametrize(
    ("file", "name", "choices"),
    [
        (OPPORTUNITY, "recommendationWords", Recommendation.choices),
        (OPPORTUNITY, "decisionWords", BidDecision.choices),
        (OPPORTUNITY, "outcomeWords", CrmOutcome.choices),
        (OPPORTUNITY, "priorityWords", Priority.choices),
        (OPPORTUNITY, "confidenceWords", Confidence.choices),
        ("features/opportunity/strings.ts", "states", ConditionState.choices),
        ("features/assessment/strings.ts", "versionStatusWords", AssessmentStatus.choices),
        ("features/inbox/words.ts", "attention", [(x.name, x.label) for x in ATTENTION]),
        ("features/inbox/words.ts", "forYou", [(x.name, x.label) for x in sections()]),
        ("features/inbox/words.ts", "age", [(x.name, x.label) for x in AGES]),
        ("features/inbox/words.ts", "reached", [(x.name, x.label) for x in STEPS]),
        ("features/sync/strings.ts", "statuses", SyncStatus.choices),
        ("features/sync/strings.ts", "types", SyncType.choices),
        ("features/sync/strings.ts", "triggers", Trigger.choices),
    ],
)
def test_the_page_has_the_servers_words(file, name, choices):
    assert words_of(file, name) == {value: str(label) for value, label in choices}


@pytest.mark.django_db
def test_the_pages_own_tests_use_the_servers_fields_and_states():
    answer = any_user().get("/api/opportunities/fields").json()
    assert json.loads(FIELDS.read_text()) == answer


def test_the_help_beside_a_word_is_the_sentence_of_the_glossary():
    helped = words_of("entities/help/words.ts", "tradeWords")
    glossary = (SOURCE.parents[1] / "docs/glossary.md").read_text()
    assert len(helped) == 7
    assert [word for word, text in helped.items() if f"| {word} | {text} |" not in glossary] == []


def words_of(file, name):
    """Read the object of this name, with those it spreads."""
    text = (SOURCE / file).read_text()
    body = re.search(rf"\b{name}(?::| =|: Record<[^\n]*> =) {{(.*?)}}", text, re.DOTALL)[1]
    taken_over = [words_of(file, other) for other in re.findall(r"\.\.\.(\w+)", body)]
    own = re.findall(r"([\w-]+)'?: ['‘\"]([^'\"]*)['\"]", body)
    return {key: word for words in taken_over for key, word in words.items()} | dict(own)
