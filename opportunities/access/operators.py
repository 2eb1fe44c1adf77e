"""Show sentences with settings and commands to operators only."""

import re
from typing import Any

from opportunities.access.roles import Role, access_of

TOOLS = re.compile(r"OptyId \d|manage\.py|sync_oracle|job log|exit code|\b[A-Z]+(?:_[A-Z]+)+\b")
ASK = "Ask an administrator."


def for_reader(sentence: str, request: Any) -> str:
    """Leave out parts that only operators can use, and tell others whom to ask."""
    if not TOOLS.search(sentence) or is_operator(getattr(request, "user", None)):
        return sentence
    parts = re.split(r"(?<=[.:;])\s+", sentence)
    plain = " ".join(part for part in parts if not TOOLS.search(part)).rstrip(":; ")
    return f"{plain.removesuffix('.')}. {ASK}" if plain else ASK


def is_operator(reader: Any) -> bool:
    if not getattr(reader, "is_authenticated", False):
        return False
    return bool(reader.is_superuser) or access_of(reader).has(Role.ADMINISTRATOR)
