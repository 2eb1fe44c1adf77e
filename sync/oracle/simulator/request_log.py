"""What readers asked for, so that a test can look at it afterwards. Holds no password."""

import base64
import binascii
from collections import deque
from typing import Any

from sync.oracle.simulator.messages import Request

MOST_KEPT = 20_000


class RequestLog:
    def __init__(self) -> None:
        self.entries: deque[dict[str, Any]] = deque(maxlen=MOST_KEPT)

    def note(self, request: Request, status: int | None, *, authorized: bool) -> None:
        headers = {k: v for k, v in request.headers.items() if k.lower() != "authorization"}
        self.entries.append(
            {
                "method": request.method,
                "path": request.path,
                "params": request.params,
                "headers": headers,
                "authorized": authorized,
                "user": login(request)[0],
                "status": status,
            }
        )


def login(request: Request) -> tuple[str, str]:
    """User and password of HTTP Basic; empty where there is none."""
    scheme, _, token = request.header("Authorization").partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        user, _, password = base64.b64decode(token, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return user, password
