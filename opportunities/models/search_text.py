"""Normalize texts for the search, stored and typed ones alike.

Case, accents and their composition, kinds of apostrophes and invisible characters do not matter.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from opportunities.domain.fields import REPETITIVE, Use, fields_for, names_for

SEARCHED = names_for(Use.SEARCH)
MOST_REMEMBERED = 10_000
MOST_WORDS, MOST_LETTERS = 10, 100
BETWEEN = "\n"
"""Separates fields: no word contains it, so none is found across two fields."""
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
APOSTROPHE = re.compile("[`´ʹʻʼʽˈ‘’‛′＇]")
ACCENT = re.compile("[\u0300-\u036f]")
"""Marks of Latin, Greek and Cyrillic letters; those of other scripts are letters to readers."""

NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


def searchable(text: str) -> str:
    # A sync does this for every row, and nearly all are ASCII.
    if text.isascii():
        return text.lower().replace("`", "'")
    lower = unicodedata.normalize("NFC", text).lower().replace("`", "'")
    return NOT_ASCII.sub(lambda found: _plain(found[0]), lower)


@lru_cache(MOST_REMEMBERED)
def _plain(text: str) -> str:
    # Apostrophes again: NFKD takes one out of a letter, and makes an accent of another.
    seen = APOSTROPHE.sub("'", UNSEEN.sub("", text))
    parts = APOSTROPHE.sub("'", unicodedata.normalize("NFKD", seen))
    return unicodedata.normalize("NFKC", ACCENT.sub("", parts)).casefold()


_remembered = lru_cache(MOST_REMEMBERED)(searchable)
READERS = tuple(
    (field.name, _remembered if field.kind in REPETITIVE else searchable)
    for field in fields_for(Use.SEARCH)
)


def searched_words(text: str) -> list[str]:
    """Return the words to find, each anywhere in a row; an invisible word is none."""
    return searchable(text).split()


def refuse_long(text: str) -> None:
    """Refuse long searches, as each word is looked for in every row. Raises: ValidationError."""
    words = text.split()
    if len(words) > MOST_WORDS:
        raise ValidationError(f"Search for at most {MOST_WORDS} words.")
    if any(len(word) > MOST_LETTERS for word in words):
        raise ValidationError(f"Search for words of at most {MOST_LETTERS} characters.")


def search_text_of(values: Mapping[str, Any]) -> str:
    """Return the text in which a row is searched.

    Customers and owners are cached: few of them have many opportunities.
    """
    return BETWEEN.join(read(values[name] or "") for name, read in READERS)


def matching(rows: Iterable[Any], text: str, texts_of: Callable[[Any], Iterable[str]]) -> list[Any]:
    """Return the rows of a small table that have every word somewhere in their texts."""
    words = searched_words(text)
    found = []
    for row in rows:
        searched = searchable(BETWEEN.join(each or "" for each in texts_of(row)))
        if all(word in searched for word in words):
            found.append(row)
    return found


class SearchTextField(models.TextField):  # type: ignore[type-arg] # not at run time
    """A text made of its row at each save; a sync writes it by its own statement."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"editable": False, "default": "", **options})

    def pre_save(self, row: Any, add: bool) -> str:
        text = search_text_of({name: str(getattr(row, name) or "") for name in SEARCHED})
        setattr(row, self.attname, text)
        return text
