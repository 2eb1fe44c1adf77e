"""One request and one reply of HTTP/1.1, and no more of it than a client needs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import BinaryIO
from urllib.parse import parse_qsl

LONGEST_LINE = 65_536


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    """Still percent-encoded: an encoded slash belongs to a name."""
    params: dict[str, str]
    headers: dict[str, str]
    body: bytes = b""

    def header(self, name: str) -> str:
        lower = name.lower()
        return next((value for key, value in self.headers.items() if key.lower() == lower), "")


@dataclass
class Reply:
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    wait_s: float = 0
    byte_pause_s: float = 0
    body_share: float = 1
    """How much of the body is sent; the length in the head is that of all of it."""
    clock_ahead_s: float = 0
    is_dropped: bool = False
    is_reset: bool = False

    def head(self, body_length: int) -> bytes:
        kind = {"Content-Type": "application/json"} if body_length else {}
        headers = {**kind, **self.headers, "Content-Length": body_length}
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        reason = HTTPStatus(self.status).phrase
        return f"HTTP/1.1 {self.status} {reason}\r\n{lines}\r\n".encode()


def read_request(stream: BinaryIO) -> Request | None:
    """Return the next request of a connection; None where it ends or is no HTTP."""
    words = stream.readline(LONGEST_LINE).decode("latin-1").split()
    if len(words) != 3:
        return None
    method, target, _version = words
    path, _, query = target.partition("?")
    params = dict(parse_qsl(query, keep_blank_values=True))
    request = Request(method, path, params, dict(_header_lines(stream)))
    length = int(request.header("Content-Length") or 0)
    return Request(method, path, params, request.headers, stream.read(length))


def _header_lines(stream: BinaryIO) -> Iterator[tuple[str, str]]:
    while line := stream.readline(LONGEST_LINE).decode("latin-1").strip():
        name, _, value = line.partition(":")
        yield name, value.strip()
