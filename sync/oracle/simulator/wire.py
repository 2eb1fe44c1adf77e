"""Puts a reply on the wire, whole and at once, or as badly as a fault wants it."""

import socket
import struct
import time
import zlib

from sync.oracle.simulator.messages import Reply, Request

FASTEST = 1
GZIP_FORMAT = 31
WORTH_PACKING = 1000
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


def send(connection: socket.socket, reply: Reply, *, gzip: bool) -> bool:
    """Return whether the connection can be used again."""
    if reply.wait_s:
        time.sleep(reply.wait_s)
    if reply.is_reset:
        _reset(connection)
    if reply.is_reset or reply.is_dropped:
        return False
    body = _packed(reply) if gzip else reply.body
    kept = body[: int(len(body) * reply.body_share)]
    _put(connection, reply.head(len(body)) + kept, reply.byte_pause_s)
    return len(kept) == len(body)


def accepts_gzip(request: Request) -> bool:
    return "gzip" in request.header("Accept-Encoding")


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
    # At once: socketserver would say goodbye properly first.
    socket.close(connection.detach())


def _packed(reply: Reply) -> bytes:
    if len(reply.body) < WORTH_PACKING:
        return reply.body
    reply.headers["Content-Encoding"] = "gzip"
    return zlib.compress(reply.body, FASTEST, GZIP_FORMAT)


def _put(connection: socket.socket, message: bytes, byte_pause_s: float) -> None:
    if not byte_pause_s:
        connection.sendall(message)
        return
    for position in range(len(message)):
        connection.sendall(message[position : position + 1])
        time.sleep(byte_pause_s)
