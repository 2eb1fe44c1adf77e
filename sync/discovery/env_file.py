"""Write settings into `.env` and leave everything else in it as it is."""

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path
from tempfile import NamedTemporaryFile

import dotenv
from dotenv.parser import Binding, parse_stream

OWNER_ONLY = 0o600
# Other programs that read such files give these a meaning.
SPECIAL = frozenset('$#\\"`')


@dataclass(frozen=True)
class Written:
    names: Sequence[str] = ()
    """The settings that were written."""
    copy: Path | None = None
    """A copy of the file as it was, if there was one."""


def settings_in(path: Path) -> dict[str, str]:
    """Return the settings of the file; {} where there is none."""
    found = dotenv.dotenv_values(path, interpolate=False)
    return {name: value or "" for name, value in found.items()}


def put(path: Path, settings: Mapping[str, str]) -> Path | None:
    """Write the settings where they stand, or at the end, readable by the owner only.

    Returns: the copy of the file as it was, if there was one.
    """
    path = path.resolve()
    copy = _copy_of(path)
    # Unlike dotenv.set_key this keeps the blank lines in front of a setting.
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=path.parent, delete=False
    ) as new:
        new.write(_with(settings, _text_of(path)))
    Path(new.name).replace(path)
    return copy


def _text_of(path: Path) -> str:
    with suppress(FileNotFoundError), path.open(encoding="utf-8", newline="") as file:
        return file.read()
    return ""


def _with(settings: Mapping[str, str], text: str) -> str:
    there = [*parse_stream(StringIO(text))]
    former = "".join(_changed(each, settings) for each in there)
    last_newline = "" if not former or former.endswith("\n") else "\n"
    new = settings.keys() - {each.key for each in there}
    lines = (f"{line(name, value)}\n" for name, value in settings.items() if name in new)
    return "".join((former, last_newline, *lines))


def _changed(binding: Binding, settings: Mapping[str, str]) -> str:
    former, name = binding.original.string, binding.key
    if name is None or name not in settings:
        return former
    blank_lines = former[: len(former) - len(former.lstrip())]
    return f"{blank_lines}{line(name, settings[name])}\n"


def line(name: str, value: str) -> str:
    """Return the line as put() writes it."""
    if _is_plain(value):
        return f"{name}={value}"
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"{name}='{escaped}'"


def _is_plain(value: str) -> bool:
    """Return whether the value is read back unchanged without quotes."""
    read = dotenv.dotenv_values(stream=StringIO(f"NAME={value}\n"), interpolate=False)
    return read == {"NAME": value} and SPECIAL.isdisjoint(value)


def _copy_of(path: Path) -> Path | None:
    if not path.exists():
        return None
    copy = path.with_name(f"{path.name}.bak-{datetime.now():%Y%m%d-%H%M%S-%f}")  # noqa: DTZ005
    with open(copy, "xb", opener=_private) as target, path.open("rb") as source:
        shutil.copyfileobj(source, target)
    return copy


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, OWNER_ONLY)
