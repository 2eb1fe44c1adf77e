"""Find texts that cannot be used at all, whatever they are for.

PostgreSQL holds no NUL, SQLite no half of a character; Python reads no number of so many digits,
and no day of the first or last years can be turned into another time zone or counted from.
"""

import re

NUL = "null_characters_not_allowed"
HALF = "surrogate_characters_not_allowed"
DIGITS = "too_many_digits"
FAR_DATE = "date_out_of_range"
MOST_DIGITS = 4000
SENTENCES = {
    NUL: "Remove the NUL character. Text with it cannot be stored.",
    HALF: "Remove the broken character. Only half of it was sent.",
    DIGITS: f"Write at most {MOST_DIGITS} digits.",
    FAR_DATE: "Write a date from 1900 to 2199.",
}
_FAR_DATE = re.compile(r"(?!19|20|21)\d{4}-\d\d-\d\d([T ].{0,40})?", re.ASCII)
_HALVES = re.compile("[\ud800-\udfff]")


def fault_in(text: str) -> str:
    """Return the code of its fault, a key of SENTENCES; mostly none."""
    if "\0" in text:
        return NUL
    if len(text) > MOST_DIGITS and text.lstrip("+-").isdigit():
        return DIGITS
    if _FAR_DATE.fullmatch(text):
        return FAR_DATE
    return HALF if not text.isascii() and _HALVES.search(text) else ""
