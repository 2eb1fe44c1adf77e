"""Typed reads of environment variables. Settings are the only caller."""

import os
from decimal import Decimal
from pathlib import Path

import dotenv
from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off", ""}


def load(path: Path) -> None:
    """Fill in from a file what the environment leaves unset; `$` in a password stays a `$`."""
    dotenv.load_dotenv(path, interpolate=False)


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def secret(name: str) -> str:
    """A value taken as it is: a password may begin or end with a blank."""
    return os.environ.get(name, "")


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list; blanks around its items and empty items do not count."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def flag(name: str, default: bool = False) -> bool:
    word = text(name, str(default)).lower()
    if word in TRUE_WORDS | FALSE_WORDS:
        return word in TRUE_WORDS
    raise ImproperlyConfigured(f"{name} is {word!r}: write true or false.")


def whole(name: str, default: int, *, least: int = 0) -> int:
    value = number(name, default, least=least)
    if value != int(value):
        raise ImproperlyConfigured(f"{name} is {value}: write a whole number.")
    return int(value)


def number(name: str, default: float, *, least: float = 0) -> float:
    raw = text(name) or str(default)
    try:
        value = float(Decimal(raw))
    except ArithmeticError:
        raise ImproperlyConfigured(f"{name} is {raw!r}: write a number.") from None
    if not least <= value < float("inf"):
        raise ImproperlyConfigured(f"{name} is {raw}: write a number of at least {least}.")
    return value
