"""Keep names and docstrings in the words of this field, as docs/glossary.md has them.

For one wing: `pytest bqs/tests/test_plain_english.py -k sync.engine`.
"""

import ast
import shutil
import subprocess
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

from bqs.analysts.tables import our_apps

PROJECT = Path(__file__).resolve().parents[2]
APPS = [app.label for app in our_apps()]

# A docstring that opens so has no verb in front: it is a fragment, and a reader has to guess.
FRAGMENT_OPENERS = {
    "what", "of", "whether", "the", "those", "these", "where", "which", "how", "as", "by", "who",
    "whose", "whom", "in", "when", "why", "from", "with", "without", "for", "at", "on", "over",
    "under", "beside", "between", "before", "after", "it", "its", "one", "once", "somebody",
    "someone", "nobody", "nothing", "neither", "nor", "not", "none", "no", "so", "if", "unless",
    "until", "whatever", "whoever", "wherever", "everything", "every", "all", "each", "any",
    "some", "only", "or", "and", "but", "than", "that", "this", "they", "their", "there", "we",
    "our",
}  # fmt: skip
# A class or a module may be "A page of rows."; a function does something.
NO_VERB_IN_FUNCTIONS = {"a", "an", "args:", "raises:", "returns:"}
# "Return", not "Returns". These end in s by themselves.
VERBS_IN_S = {"pass", "process", "address", "express", "compress", "dismiss", "guess", "bypass"}

# Left in the table of names: nobody who knows CRM, bidding or Django looks for them.
PRIVATE_MODULES = {
    "asking", "around", "beyond", "content", "decided_ahead", "dice", "division", "either", "enter",
    "filling", "given", "intake", "logbook", "looking", "narrowed", "news", "promise", "refusals",
    "said", "said_by", "sheet", "shown", "standing", "told", "trouble", "typed",
}  # fmt: skip
PRIVATE_NAMES = {
    "ActionOffer", "Ask", "Attempt", "CrmNews", "DECISION_WANTED_FROM", "Freezing", "KEEP",
    "MovesOne", "NARROW_VISIBILITY", "Narrowed", "OutOfSight", "Remark", "Standing",
    "SyncOrder", "TOLD", "TOUCH", "WORDS", "around_list", "beyond", "decided_ahead",
    "more_fields", "people_fields", "said_by", "understood",
}  # fmt: skip
PRIVATE_PAGE_FILES = {"server-door", "overtaken", "at-once"}
RIDDLES = [
    "Neither who has it in work",
    "will be asked for both then",
    "By what neither a sync nor a person",
    "The last place of every range but the last",
    "What an opportunity has to be to stand",
    "Somebody was quicker",
    "Filters are added up",
    "Say of each condition that it is met",
    "Every change is saved by itself",
    "Approve: done",
    "actions are not possible",
    "are a full desk",
    "Written here",
    "What was said",
    "Nothing waits for you",
    "is not for you to",
    ": this is for",
    "past the clock",
    "Hold to be reviewed",
    "narrow the list",
    "There is nothing here",
    "looks at it again",
    "are in no band",
    "Each is judged by itself",
    "Somebody signed in",
    "Look into your mail",
    "Not while the state",
    "Each by itself",
    "No action leads from",
    "It changes there",
    "Others are exporting",
    "is nothing to group by",
    "let another SA lead",
    "more than a full workload",
]


def listed(*patterns):
    git = shutil.which("git")
    kinds = ["--cached", "--others", "--exclude-standard"]
    answer = subprocess.check_output([git, "ls-files", *kinds, *patterns], cwd=PROJECT, text=True)
    return [PROJECT / name for name in answer.splitlines() if (PROJECT / name).is_file()]


def is_production(file):
    parts = file.relative_to(PROJECT).parts
    is_tested = {"tests", "migrations"}.isdisjoint(parts) and not file.name.startswith("test_")
    return parts[0] in APPS and is_tested


def wing_of(file):
    return ".".join(file.relative_to(PROJECT).parts[:-1][:2])


MODULES = [file for file in listed("*.py") if is_production(file)]
WINGS = {wing: list(files) for wing, files in groupby(sorted(MODULES, key=wing_of), wing_of)}
by_wing = pytest.mark.parametrize("wing", WINGS)


@by_wing
def test_docstrings_open_with_a_verb(wing):
    lines = [line for file in WINGS[wing] for line in fragments(file)]
    assert not lines, "\n".join(["no verb in front:", *lines])


@by_wing
def test_modules_are_named_as_a_stranger_would_look_for_them(wing):
    assert [file.name for file in WINGS[wing] if file.stem in PRIVATE_MODULES] == []


@by_wing
def test_what_modules_define_has_the_names_of_the_field(wing):
    defined = [(file.name, name) for file in WINGS[wing] for name in definitions(file)]
    assert [(file, name) for file, name in defined if name in PRIVATE_NAMES] == []


def test_files_of_the_page_have_the_names_of_the_field():
    files = listed("frontend/src/*")
    assert files
    assert [file for file in files if file.name.split(".")[0].lower() in PRIVATE_PAGE_FILES] == []


@pytest.mark.parametrize("riddle", RIDDLES)
def test_no_sentence_is_a_riddle(riddle):
    pages = listed("frontend/src/*.ts", "frontend/src/*.tsx", "*/templates/*", "README.md")
    assert [file.name for file in MODULES + pages if riddle in file.read_text()] == []


@pytest.mark.parametrize(
    ("source", "is_refused"),
    [
        ('"""What a run found."""', True),
        ('"""Describe a run."""', False),
        ('"""A run."""', False),
        ('def f():\n    """A run."""', True),
        ('def f():\n    """Returns a run."""', True),
        ('def f():\n    """Return a run."""', False),
        ('def _f():\n    """The run."""', False),
        ('class A:\n    def f(self):\n        """Of each, its id."""', True),
    ],
)
def test_fragments_are_told_from_sentences(tmp_path, source, is_refused):
    file = tmp_path / "module.py"
    file.write_text(source)
    assert bool(fragments(file)) is is_refused


@cache
def parsed(file):
    return ast.parse(file.read_text())


def fragments(file):
    """Return the place and first line of each public docstring that opens without a verb."""
    found = []
    for node in public_nodes(parsed(file)):
        docstring = ast.get_docstring(node)
        if docstring and opens_as_fragment(docstring.split()[0].lower(), node):
            line = docstring.splitlines()[0]
            found.append(f"{file.name}:{node.body[0].lineno}: {line}")
    return found


def opens_as_fragment(word, node):
    if word.rstrip(",:") in FRAGMENT_OPENERS:
        return True
    if isinstance(node, ast.Module | ast.ClassDef):
        return False
    is_third_person = word.isalpha() and word.endswith("s") and word not in VERBS_IN_S
    return word in NO_VERB_IN_FUNCTIONS or is_third_person


def public_nodes(tree):
    yield tree
    for node in ast.walk(tree):
        is_definition = isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if is_definition and not node.name.startswith("_"):
            yield node


def definitions(file):
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
