"""The one rule by which texts are looked for: what is stored and what is typed become the same.

Without regard to case, to accents and how they were composed, to which apostrophe somebody
has on the keyboard, and to characters that nobody sees.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db import models

SEARCHED = ("remote_id", "opty_number", "name", "customer", "sales_owner")
MOST_REMEMBERED = 10_000
BETWEEN = "\n"
"""Between two fields: no word that is looked for holds it, so none is found across them."""
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
APOSTROPHE = re.compile("[`´ʹʻʼʽˈ‘’‛′＇]")
ACCENT = re.compile("[\u0300-\u036f]")
"""Of Latin, Greek and Cyrillic letters; the marks of other scripts are letters to their readers."""


NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


def searchable(text: str) -> str:
    # This is done for every row that a sync writes, of whose characters nearly all are ASCII.
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


def searched_words(text: str) -> list[str]:
    """Return what is to be found, each anywhere in a row; a word that nobody sees is none."""
    return searchable(text).split()


def search_text_of(values: Mapping[str, Any]) -> str:
    """Return what a row of opportunities is searched in.

    Field by field: few customers and owners have many opportunities, and are remembered.
    """
    texts = [values[name] or "" for name in SEARCHED]
    number, name = searchable(texts[1]), searchable(texts[2])
    return BETWEEN.join((texts[0], number, name, _remembered(texts[3]), _remembered(texts[4])))


def matching(rows: Iterable[Any], text: str, texts_of: Callable[[Any], Iterable[str]]) -> list[Any]:
    """Return the rows of a small table that have every word somewhere in their texts."""
    words = searched_words(text)
    found = []
    for row in rows:
        searched = searchable(BETWEEN.join(each or "" for each in texts_of(row)))
        if all(word in searched for word in words):
            found.append(row)
    return found


class SearchTextField(models.TextField):
    """Written with the row it is made of; a sync does so by its own statement."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"editable": False, "default": "", **options})

    def pre_save(self, row: Any, add: bool) -> str:
        text = search_text_of({name: str(getattr(row, name) or "") for name in SEARCHED})
        setattr(row, self.attname, text)
        return text
