"""Hold docs/architecture.md against the code."""

import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
DRAW = PROJECT / "docs/draw_architecture.py"
PATH = re.compile(r"`((?:accounts|assessments|audit|bqs|docs|opportunities|sync|frontend)/\S*?)`")


def test_the_picture_is_that_of_the_imports():
    check = subprocess.run([sys.executable, DRAW, "--check"], capture_output=True, text=True)
    assert check.returncode == 0, check.stdout + check.stderr


def test_pages_for_contributors_name_files_that_are_there():
    pages = ["docs/architecture.md", "docs/README.md", "docs/glossary.md", "CONTRIBUTING.md"]
    named = {path for page in pages for path in PATH.findall((PROJECT / page).read_text())}
    assert len(named) > 30
    assert sorted(path for path in named if not list(PROJECT.glob(path))) == []


def test_every_page_of_the_documentation_is_listed():
    index = (PROJECT / "docs/README.md").read_text()
    pages = [page.name for page in (PROJECT / "docs").glob("*.md") if page.name != "README.md"]
    assert [page for page in pages if f"({page})" not in index] == []
