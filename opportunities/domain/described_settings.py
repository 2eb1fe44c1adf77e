"""Read what .env.example says of each setting."""

import re
from collections.abc import Iterator
from typing import NamedTuple

SECTION = re.compile(r"# --- (.+) ---")
SETTING = re.compile(r"#?([A-Z][A-Z0-9_]+)=(.*)")


class DescribedSetting(NamedTuple):
    name: str
    section: str
    default: str
    description: str
    """Settings in a row share the comment above the first of them."""


def described_settings(text: str) -> Iterator[DescribedSetting]:
    """Yield the settings of a file in the form of .env.example, in their order."""
    section, comment, is_new = "", "", True
    for line in text.splitlines():
        if found := SECTION.match(line):
            section, comment = found[1], ""
        elif found := SETTING.match(line):
            yield DescribedSetting(found[1], section, found[2], comment)
            is_new = True
        elif line.startswith("# "):
            comment = line[2:].strip() if is_new else f"{comment} {line[2:]}"
            is_new = False
        elif not line:
            comment = ""
