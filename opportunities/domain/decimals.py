"""Read numbers as people type them, `1.234,56` and `1,234.56`; lib/decimal.ts does the same."""

import re

PLAIN = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
GROUPED = re.compile(r"-?[0-9]{1,3}([.,'’ ])[0-9]{3}(?:\1[0-9]{3})*(?:(?!\1)[.,][0-9]+)?")
TWO_WAYS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
"""1.234 is 1234 to some people and 1 and a bit to others."""


class NoNumber(ValueError):
    """A text that is no number; the message is a sentence for people."""


def read_decimal(typed: str) -> str:
    """Return it as Decimal takes it, `1234.56`.

    Raises: NoNumber, also where a number could be guessed in two ways.
    """
    text = re.sub(r"\s", " ", typed.strip()).replace("−", "-", 1)
    if TWO_WAYS.fullmatch(text):
        raise NoNumber(f"{text} can mean two numbers. Leave out the thousands separator.")
    if PLAIN.fullmatch(text):
        return text.replace(",", ".")
    grouped = GROUPED.fullmatch(text)
    if grouped is None:
        raise NoNumber("Write a number like 1234.5 or 1234,5.")
    return text.replace(grouped[1], "").replace(",", ".")
