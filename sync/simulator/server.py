"""Listen on the loopback interface: one thread a connection, connections kept alive."""

import socket
import ssl
import struct
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from socketserver import StreamRequestHandler, TCPServer, ThreadingMixIn
from typing import Any, BinaryIO, cast

from sync.simulator.messages import Reply, Request, read_request

Answer = Callable[[Request], Reply]
FASTEST = 1
GZIP_FORMAT = 31
WORTH_PACKING = 1000
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Server(ThreadingMixIn, TCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, port: int, certificate: Path | None = None) -> None:
        super().__init__(("127.0.0.1", port), Connection)
        self.answer: Answer
        self._scheme = "https" if certificate else "http"
        if certificate:
            tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            tls.load_cert_chain(certificate)
            # Shaking hands is for each connection's own thread.
            self.socket = tls.wrap_socket(
                self.socket, server_side=True, do_handshake_on_connect=False
            )

    @property
    def url(self) -> str:
        return f"{self._scheme}://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore readers that go away; anything else is a bug, so show it."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class Connection(StreamRequestHandler):
    disable_nagle_algorithm = True
    server: Server

    def handle(self) -> None:
        while request := read_request(cast(BinaryIO, self.rfile)):
            reply = self.server.answer(request)
            is_usable = _send(self.connection, request, reply)
            if not is_usable or request.header("Connection").lower() == "close":
                return

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()


def _send(connection: socket.socket, request: Request, reply: Reply) -> bool:
    """Send the reply as a fault wants it; return whether the connection can be used again."""
    if reply.wait_s:
        time.sleep(reply.wait_s)
    if reply.is_reset:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        # At once: socketserver would say goodbye properly first.
        socket.close(connection.detach())
    if reply.is_reset or reply.is_dropped:
        return False
    body = reply.body
    if len(body) >= WORTH_PACKING and "gzip" in request.header("Accept-Encoding"):
        reply.headers["Content-Encoding"] = "gzip"
        body = zlib.compress(body, FASTEST, GZIP_FORMAT)
    kept = body[: int(len(body) * reply.body_share)]
    _write(connection, reply.head(len(body)) + kept, reply.byte_pause_s)
    return len(kept) == len(body)


def _write(connection: socket.socket, message: bytes, byte_pause_s: float) -> None:
    if not byte_pause_s:
        connection.sendall(message)
        return
    for position in range(len(message)):
        connection.sendall(message[position : position + 1])
        time.sleep(byte_pause_s)
