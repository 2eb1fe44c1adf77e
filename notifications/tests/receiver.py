"""A receiver of webhooks in this process, that can fail, hang, trickle, redirect and be gone."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver:
    """`answers` are (status, body) in their order, the last one for ever."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, bytes]] = [(200, b"")]
        self.location = ""
        self.hangs = self.trickles = False
        self.go_on = threading.Event()
        self.received: list[tuple[Any, bytes]] = []
        """(headers, body)."""
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port = self.server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}/hook/its-token"

    def _handler(receiver) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.received.append((self.headers, body))
                if receiver.hangs:
                    receiver.go_on.wait(30)
                told = receiver.answers
                status, text = told.pop(0) if len(told) > 1 else told[0]
                self.send_response(status)
                if receiver.location:
                    self.send_header("Location", receiver.location)
                self.send_header("Content-Length", str(len(text)))
                if receiver.trickles:
                    self._trickle()
                self.end_headers()
                with suppress(BrokenPipeError):  # Who waited so long is gone.
                    self.wfile.write(text)

            def _trickle(self) -> None:
                """Go on with a header for three seconds, each piece sooner than any timeout."""
                with suppress(ConnectionError):
                    self.flush_headers()
                    for _ in range(60):
                        self.wfile.write(b"X-More: 1\r\n")
                        receiver.go_on.wait(0.05)

            def log_message(self, *args: Any) -> None:
                """Say nothing."""

        return Handler


@contextmanager
def receiver() -> Iterator[Receiver]:
    found = Receiver()
    thread = threading.Thread(target=found.server.serve_forever, args=[0.01])
    thread.start()
    try:
        yield found
    finally:
        found.go_on.set()
        found.server.shutdown()
        found.server.server_close()
        thread.join()
