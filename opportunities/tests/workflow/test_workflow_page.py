import re

from django.conf import settings

from opportunities.domain.states import TRANSITIONS
from opportunities.workflow.workflow_page import workflow_page

PAGE = settings.BASE_DIR / "docs" / "workflow.md"


def test_the_committed_page_is_what_the_table_says():
    written = PAGE.read_text(encoding="utf-8")
    assert written == workflow_page(), "run manage.py workflow_docs and commit docs/workflow.md"


def test_the_page_has_a_line_for_each_transition():
    lines = re.findall(r"^\| (?!action|---)(.+?) \|", workflow_page(), re.MULTILINE)
    assert lines == [row.action.label for row in TRANSITIONS]
