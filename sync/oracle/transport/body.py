"""Read the bytes of an answer as JSON, with every number exact. Pure."""

import json
from contextlib import suppress
from typing import Any

import msgspec

from sync.oracle.errors import OracleProtocolError
from sync.oracle.transport.retry import Transient
from sync.oracle.transport.salvage import Cut, NotJson, exact, salvaged

NO_JSON = (
    "Oracle's answer is complete but no JSON: something else, a proxy or a portal, seems to "
    "answer at ORACLE_BASE_URL. Check what that address gives when asked by hand."
)


def json_of(body: bytes, charset: str = "") -> Any:
    """Return the JSON: numbers exact, NaN and infinities as Decimals.

    A value that is no JSON becomes an Unreadable, for its record's parser to refuse.

    Args:
        charset: the one that the answer names; used only where it is not the UTF of JSON.

    Raises: Transient where it was cut or is no JSON.
    """
    try:
        return QUICK.decode(body)
    except (ValueError, RecursionError):
        return _slowly(body, charset)


def _slowly(body: bytes, charset: str) -> Any:
    try:
        if text := _text_of(body, charset).strip():
            return salvaged(text)
    except (Cut, UnicodeDecodeError):
        raise Transient("its answer was cut") from None
    except NotJson:
        raise Transient(
            "its answer is complete but no JSON", error=OracleProtocolError(NO_JSON)
        ) from None
    raise Transient("its answer was empty")


def _text_of(body: bytes, charset: str) -> str:
    """Keep bytes that are no UTF-8 as lone surrogates: their value's parser refuses those."""
    detected = json.detect_encoding(body)
    for encoding in (detected, charset):
        with suppress(LookupError, ValueError):
            return body.decode(encoding)
    is_utf_8 = detected.startswith("utf-8")
    return body.decode(detected, "surrogateescape" if is_utf_8 else "surrogatepass")


QUICK = msgspec.json.Decoder(float_hook=exact)
