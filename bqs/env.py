"""Typed reads of settings from the environment; bqs/settings.py is the only caller.

A variable that is blank or missing has the default that .env.example names, and `none` empties a
list or a text. A value that makes no sense is noted; refuse_faults() reports all of them at once,
so until then a reader may return anything of its type.
"""

import logging
import os
import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from email.utils import parseaddr
from functools import partial
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import dotenv
from django.core.checks.security.base import SECRET_KEY_INSECURE_PREFIX, SECRET_KEY_MIN_LENGTH
from django.core.exceptions import ImproperlyConfigured

from opportunities.domain import written_values
from opportunities.domain.composed_text import composed
from opportunities.domain.written_values import NOTHING
from sync.schedule.cron_time import is_schedule

ALIKE = 0.85
RENAMED = {
    "DECISION_WANTED_FROM": "DECISION_REQUIRED_MIN_VALUE",
    "NARROW_VISIBILITY": "RESTRICT_VISIBILITY",
    "NOTICES_IN_BACKGROUND": "ACCOUNT_MAILS_IN_BACKGROUND",
}
FEW_CHARACTERS = 10
PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)+")
RATE = re.compile(r"[1-9]\d*/(s|sec|second|m|min|minute|h|hour|d|day)")

defaults: dict[str, str] = {}
_faults: list[str] = []
_asked_for: set[str] = set()
_secrets: set[str] = set()
_in_file: set[str] = set()


def load_defaults(example: Path) -> None:
    """Take the defaults from .env.example, which also explains each setting.

    Raises: ImproperlyConfigured, where that file is missing.
    """
    if not example.is_file():
        raise ImproperlyConfigured(f"{example} is missing: it holds the defaults. Restore it.")
    found = dotenv.dotenv_values(example, interpolate=False)
    defaults.update({name: value or "" for name, value in found.items()})


def load(path: Path) -> None:
    """Fill in from a file what the environment leaves unset; `$` in a password stays a `$`."""
    _in_file.update(dotenv.dotenv_values(path, interpolate=False))
    dotenv.load_dotenv(path, interpolate=False)


def fault(name: str, what: str) -> None:
    """Note what is wrong with a variable, in words that follow its name."""
    _faults.append(f"{name} {what}")


def refuse_faults() -> None:
    """Raise ImproperlyConfigured with every fault found so far, a line each."""
    typos = [
        f"{name} in .env is not a setting: did you mean {meant}?"
        for name, meant in lookalikes(_in_file - RENAMED.keys())
    ]
    found, _faults[:] = [*dict.fromkeys(_faults), *typos], []
    if found:
        raise ImproperlyConfigured("\n".join(found))


def lookalikes(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return the names that are not settings, each with its new name or the one it resembles."""
    others = sorted(set(names) - _asked_for)
    alike = ((name, get_close_matches(name, _asked_for, 1, ALIKE)) for name in others)
    found = [(name, RENAMED.get(name) or "".join(meant)) for name, meant in alike]
    return [(name, meant) for name, meant in found if meant]


def settings_in_environment(digest: Callable[[str], str]) -> dict[str, str]:
    """Return every variable that is set, with a digest in place of what may hold a secret."""
    found = {name: _written(name) for name in sorted(_asked_for) if _written(name)}
    return {
        name: f"secret {digest(value)}" if name in _secrets or "@" in value else value
        for name, value in found.items()
    }


# --- texts --------------------------------------------------------------------------------------


def text(name: str) -> str:
    _asked_for.add(name)
    return composed(_written(name)).strip() or defaults.get(name, "")


def _written(name: str) -> str:
    """Return what the environment says, also under the name that a setting had before.

    After an upgrade the nightly sync goes on with the old .env; `manage.py check` names the new.
    """
    former = next((old for old, new in RENAMED.items() if new == name), name)
    return os.environ.get(name) or os.environ.get(former, "")


def optional(name: str) -> str:
    """Return a text that `none` empties."""
    words = text(name)
    return "" if words.lower() == NOTHING else words


def secret(name: str) -> str:
    """Return a value as it is: a password may begin or end with a blank."""
    _asked_for.add(name)
    _secrets.add(name)
    return os.environ.get(name, "")


def secret_key(name: str) -> str:
    """Return a key that nobody guesses, by the rules of Django's own deployment check."""
    key = secret(name)
    if weakness := _weakness_of(key):
        fault(
            name,
            f"{weakness}. Put a long random text into the environment or into .env, for example "
            "from: python -c 'import secrets; print(secrets.token_urlsafe(50))'",
        )
    return key


def _weakness_of(key: str) -> str:
    if not key:
        return "is not set"
    if key.startswith(SECRET_KEY_INSECURE_PREFIX):
        return "is one that Django made for development"
    if len(key) < SECRET_KEY_MIN_LENGTH:
        return f"is shorter than {SECRET_KEY_MIN_LENGTH} characters"
    return "repeats a few characters" if len(set(key)) < FEW_CHARACTERS else ""


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list without blanks around its items and without empty items.

    Args:
        default: where .env.example cannot name one, as it depends on another setting.
    """
    return written_values.words(text(name) or default)


def labels(name: str, known: Iterable[str], where: str) -> dict[str, str]:
    """Read `Region_c:Region,Budget_c`: a label for each name; without one, the name itself.

    Args:
        known: the names that may occur.
        where: the setting that lists them.
    """
    pairs = [word.partition(":") for word in words(name)]
    found = {key.strip(): label.strip() or key.strip() for key, _, label in pairs}
    for each in found:
        if each not in known:
            fault(name, f"has {each!r}, which {where} does not name: add it there.")
    return found


def pairs(name: str) -> list[tuple[str, str]]:
    """Read `bqs-sas:SA,bqs-leads:SA lead`; the first half may have colons and stand twice."""
    halves = [word.rpartition(":") for word in words(name)]
    found = [(first.strip(), second.strip()) for first, _, second in halves]
    for first, second in found:
        if not first or not second:
            fault(name, f"has {first + second!r}: write pairs, such as bqs-sas:SA.")
    return found


def choices(name: str) -> list[str]:
    """Return some of the words that the default names, which are all there are."""
    return list(read(name, written_values.some_of(defaults[name].split(",")), []))


def choice(name: str, possible: Iterable[str]) -> str:
    return _checked(name, text(name), {*possible}.__contains__, " or ".join(possible))


def read(name: str, reader: written_values.Reader, otherwise: Any = None, default: str = "") -> Any:
    """Return what the text says; note a fault and return `otherwise` where it makes no sense."""
    try:
        return reader(text(name) or default)
    except ValueError as error:
        fault(name, str(error))
        return otherwise


def _checked(name: str, value: str, fits: Callable[[str], bool], form: str) -> str:
    """Return the value; note a fault where there is one that does not fit."""
    if value and not fits(value):
        fault(name, f"is {_without_password(value)!r}: write {form}.")
    return value


def _check_each(name: str, values: list[str], fits: Callable[[str], bool], form: str) -> None:
    for value in values:
        if not fits(value):
            fault(name, f"has {_without_password(value)!r}: write {form}.")


def _without_password(address: str) -> str:
    return address.rsplit("@", 1)[-1]


# --- addresses ------------------------------------------------------------------------------------


def web_address(name: str, form: str = "an address that begins with https://") -> str:
    """Return a base address, without a slash at its end."""
    return _checked(name, optional(name).rstrip("/"), _is_web_address, form)


def web_addresses(name: str, default: str = "") -> list[str]:
    found = words(name, default)
    _check_each(name, found, _is_web_address, "addresses that begin with https://")
    return found


def url_prefix(name: str) -> str:
    """Return a path without a slash at its end; "" for a site at the root."""
    path = optional(name).strip("/")
    form = "a path, such as /bqs"
    return _checked(name, path and f"/{path}", lambda text: bool(PREFIX.fullmatch(text)), form)


def hosts(name: str) -> list[str]:
    found = words(name)
    _check_each(name, found, lambda host: "/" not in host, "names without https:// and paths")
    return found


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Read single addresses and whole networks: 10.0.0.7,192.168.0.0/16."""
    try:
        return [ip_network(word) for word in words(name)]
    except ValueError as error:
        fault(name, f"is {text(name)!r}: {error}. Write addresses, as in 10.0.0.7,10.1.0.0/16.")
        return []


def mail_address(name: str) -> str:
    return _checked(name, text(name), _is_mail_address, "an address like bqs@example.com")


def mail_addresses(name: str) -> list[str]:
    found = words(name)
    _check_each(name, found, _is_mail_address, "addresses like bqs@example.com")
    return found


def contact(name: str) -> str:
    """Return a URI to write to: a mail address becomes a mailto:."""
    where = optional(name)
    if not where or where.startswith("mailto:") or _is_web_address(where):
        return where
    return f"mailto:{mail_address(name)}"


def _is_mail_address(words: str) -> bool:
    return "@" in parseaddr(words)[1]


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # Half an address, such as https://[
        return False


# --- numbers and words with a meaning ------------------------------------------------------------


def flag(name: str, default: bool = False) -> bool:
    """Read true or false.

    Args:
        default: where .env.example cannot name one, as it depends on another setting.
    """
    return bool(read(name, written_values.flag, False, str(default)))


def whole(name: str, *, least: int = 0, most: int | None = None) -> int:
    return int(read(name, partial(written_values.whole, least=least, most=most), least, "0"))


def number(name: str, *, least: float = 0, most: float | None = None) -> float:
    return float(read(name, partial(written_values.number, least=least, most=most), least, "0"))


def rate(name: str) -> str:
    """Return a number of calls in a time, as Django REST framework writes it: 10/min."""
    form = "a number of calls in a time, such as 10/min"
    return _checked(name, text(name), lambda words: bool(RATE.fullmatch(words)), form)


def zone(name: str) -> str:
    return _checked(name, text(name), _is_zone, "the name of a time zone, such as Europe/Berlin")


def _is_zone(words: str) -> bool:
    try:
        return bool(ZoneInfo(words))
    except (OSError, ValueError, LookupError):
        return False


def log_level(name: str) -> str:
    possible = [level for level in logging.getLevelNamesMapping() if level != "NOTSET"]
    return _checked(name, text(name), possible.__contains__, f"one of {', '.join(possible)}")


def schedule(name: str) -> str:
    """Return the five fields of a crontab line."""
    return _checked(name, text(name), is_schedule, "five fields of cron, such as 0 0 * * *")


def optional_schedule(name: str) -> str:
    return schedule(name) if text(name) else ""
