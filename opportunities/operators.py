"""Sentences that name settings and commands: for whoever runs the system; all others ask them."""

import re
from typing import Any

from opportunities.roles import Role, standing_of

TOOLS = re.compile(r"manage\.py|sync_oracle|job log|exit code|\b[A-Z]+(?:_[A-Z]+)+\b")
ASK = "Ask an administrator."


def for_reader(sentence: str, request: Any) -> str:
    """Leave out what who asks cannot use, and say whom to ask."""
    if not TOOLS.search(sentence) or is_operator(getattr(request, "user", None)):
        return sentence
    parts = re.split(r"(?<=[.:;])\s+", sentence)
    plain = " ".join(part for part in parts if not TOOLS.search(part)).rstrip(":; ")
    return f"{plain.removesuffix('.')}. {ASK}" if plain else ASK


def is_operator(reader: Any) -> bool:
    if not getattr(reader, "is_authenticated", False):
        return False
    return bool(reader.is_superuser) or standing_of(reader).has(Role.ADMINISTRATOR)
