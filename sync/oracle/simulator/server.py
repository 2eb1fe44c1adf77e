"""Listens on the loopback interface, one thread a connection, connections kept alive."""

import sys
from collections.abc import Callable
from contextlib import suppress
from socketserver import StreamRequestHandler, TCPServer, ThreadingMixIn
from typing import Any, BinaryIO, cast

from sync.oracle.simulator import wire
from sync.oracle.simulator.messages import Reply, Request, read_request

Answer = Callable[[Request], Reply]


class Server(ThreadingMixIn, TCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Connection)
        self.answer: Answer

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader that goes away is part of the play; anything else is a bug to be seen."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class Connection(StreamRequestHandler):
    disable_nagle_algorithm = True
    server: Server

    def handle(self) -> None:
        while request := read_request(cast(BinaryIO, self.rfile)):
            reply = self.server.answer(request)
            can_go_on = wire.send(self.connection, reply, gzip=wire.accepts_gzip(request))
            if not can_go_on or request.header("Connection").lower() == "close":
                return

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()
