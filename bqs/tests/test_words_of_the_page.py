"""What the page calls a state, a decision or an action is what the server calls it."""

import re
from pathlib import Path

import pytest

from assessments.models import AssessmentStatus, ConditionState, Confidence
from assessments.rules import Recommendation
from opportunities.crm_status import CrmOutcome
from opportunities.figures import ATTENTION
from opportunities.workflow import Action, BidDecision, WorkflowStatus
from sync.models import SyncStatus, SyncType, Trigger

SOURCE = Path(__file__).parents[2] / "frontend/src"
OPPORTUNITY = "entities/opportunity/strings.ts"
INBOX = "features/inbox/strings.ts"
BULK = {"assign": "ASSIGN", "hold": "HOLD", "noBid": "QUICK_NO_BID", "resume": "RESUME"}


@pytest.mark.parametrize(
    ("file", "name", "choices"),
    [
        (OPPORTUNITY, "statusWords", WorkflowStatus.choices),
        (OPPORTUNITY, "recommendationWords", Recommendation.choices),
        (OPPORTUNITY, "decisionWords", BidDecision.choices),
        (OPPORTUNITY, "outcomeWords", CrmOutcome.choices),
        (OPPORTUNITY, "confidenceWords", Confidence.choices),
        ("features/opportunity/strings.ts", "states", ConditionState.choices),
        ("features/assessment/strings.ts", "versionStatusWords", AssessmentStatus.choices),
        ("features/inbox/words.ts", "attention", [(x.name, x.label) for x in ATTENTION]),
        ("features/sync/strings.ts", "statuses", SyncStatus.choices),
        ("features/sync/strings.ts", "types", SyncType.choices),
        ("features/sync/strings.ts", "triggers", Trigger.choices),
    ],
)
def test_the_page_has_the_servers_words(file, name, choices):
    assert words_of(file, name) == {value: str(label) for value, label in choices}


def test_actions_on_many_have_the_words_of_the_action():
    text = (SOURCE / INBOX).read_text()
    shown = {name: re.search(rf"^  {name}: '(.+)',$", text, re.MULTILINE)[1] for name in BULK}
    assert shown == {name: Action[action].label for name, action in BULK.items()}


def words_of(file, name):
    """What stands in the object of this name, and in those it takes over."""
    text = (SOURCE / file).read_text()
    body = re.search(rf"\b{name}(?::| =|: Record<[^\n]*> =) {{(.*?)}}", text, re.DOTALL)[1]
    taken_over = [words_of(file, other) for other in re.findall(r"\.\.\.(\w+)", body)]
    own = re.findall(r"(\w+): ['‘\"]([^'\"]*)['\"]", body)
    return {key: word for words in taken_over for key, word in words.items()} | dict(own)
