"""Read requests and write replies of HTTP/1.1, no more of it than a client needs."""

import base64
import binascii
from dataclasses import dataclass, field
from email.message import Message
from http import HTTPStatus
from http.client import parse_headers
from typing import BinaryIO
from urllib.parse import parse_qsl

LONGEST_LINE = 65_536


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    """Still percent-encoded: an encoded slash belongs to a name."""
    params: dict[str, str]
    headers: Message
    body: bytes = b""

    def header(self, name: str) -> str:
        return str(self.headers.get(name, ""))


@dataclass
class Reply:
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    more_lines: list[tuple[str, str]] = field(default_factory=list)
    """Lines of the head beside `headers`, such as a second Date."""
    wait_s: float = 0
    byte_pause_s: float = 0
    body_share: float = 1
    """The part of the body that is sent; the head gives the length of all of it."""
    clock_ahead_s: float = 0
    interim_status: int = 0
    is_dropped: bool = False
    is_reset: bool = False

    def head(self, body_length: int) -> bytes:
        interim = self.interim_status
        before = f"HTTP/1.1 {interim} {reason(interim)}\r\n\r\n" if interim else ""
        kind = {"Content-Type": "application/json"} if body_length else {}
        headers = {**kind, **self.headers, "Content-Length": body_length}
        lines = [*headers.items(), *self.more_lines]
        fields = "".join(f"{name}: {value}\r\n" for name, value in lines)
        return f"{before}HTTP/1.1 {self.status} {reason(self.status)}\r\n{fields}\r\n".encode()


def reason(status: int) -> str:
    """Return the phrase of a status, including one that no list has."""
    return HTTPStatus(status).phrase if status in [*HTTPStatus] else "Unknown"


def read_request(stream: BinaryIO) -> Request | None:
    """Return the next request of a connection; None where it ends or is no HTTP."""
    words = stream.readline(LONGEST_LINE).decode("latin-1").split()
    if len(words) != 3:
        return None
    method, target, _version = words
    path, _, query = target.partition("?")
    params = dict(parse_qsl(query, keep_blank_values=True))
    headers = parse_headers(stream)
    body = stream.read(int(headers.get("Content-Length") or 0))
    return Request(method, path, params, headers, body)


def login_of(request: Request) -> tuple[str, str]:
    """Return user and password of HTTP Basic; blanks where there are none."""
    scheme, _, token = request.header("Authorization").partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        user, _, password = base64.b64decode(token, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return user, password
