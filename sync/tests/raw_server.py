"""A server that says, byte for byte, what a test tells it to."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

PATIENCE_S = 0.2
REQUEST_ENDS = b"\r\n\r\n"


class RawServer:
    def __init__(self, *answers: bytes) -> None:
        """
        Args:
            answers: one a request, over however many connections; then it hangs up.
        """
        self._answers = [*answers]
        self.requests: list[bytes] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(PATIENCE_S)
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def serve(self) -> None:
        with self._listening:
            while self._answers:
                with suppress(OSError):  # Nobody comes, or whoever asked has hung up.
                    connection, _ = self._listening.accept()
                    with connection:
                        connection.settimeout(PATIENCE_S)
                        self._serve(connection)

    def stop(self) -> None:
        self._answers.clear()

    def _serve(self, connection: socket.socket) -> None:
        while self._answers and (request := _request(connection)):
            self.requests.append(request)
            connection.sendall(self._answers.pop(0))


def _request(connection: socket.socket) -> bytes:
    request = b""
    while REQUEST_ENDS not in request:
        received = connection.recv(65_536)
        if not received:
            return b""
        request += received
    return request


@contextmanager
def raw_server(*answers: bytes) -> Iterator[RawServer]:
    server = RawServer(*answers)
    thread = Thread(target=server.serve)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/json", *headers]
    lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + REQUEST_ENDS + body
