"""Write what a command has to say; a closed pipe, a full disk or an odd letter never ends it."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress


def escape_unprintable_letters() -> None:
    """Let a terminal that lacks a letter show its number instead."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")


def write_if_read(write: Callable[[str], object], text: str) -> None:
    """Write, if anybody still reads."""
    with suppress(OSError, ValueError):
        write(text)


def flush_output() -> None:
    """Flush what was written, and drop what nobody takes: Python would exit with 120 for it."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
