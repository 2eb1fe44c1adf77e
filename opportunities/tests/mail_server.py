"""A real SMTP server in this process, that can refuse, put off, hang or die."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller

HOST = "127.0.0.1"
REFUSED = "550 5.1.1 No such mailbox"
PUT_OFF = "451 4.7.1 Come back later"


class MailServer:
    """`answers` maps an address to the replies it gets, the last one for ever."""

    def __init__(self) -> None:
        self.answers: dict[str, list[str]] = {}
        self.dies_with: set[str] = set()
        self.hangs = False
        self.asked, self.go_on = threading.Event(), threading.Event()
        self.received: list[tuple[str, str]] = []
        """(address, message)."""
        self.controller = Controller(self, hostname=HOST, port=_free_port())

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        self.asked.set()
        while self.hangs and not self.go_on.is_set():
            await asyncio.sleep(0.01)
        told = self.answers.get(address, ["250 OK"])
        answer = told.pop(0) if len(told) > 1 else told[0]
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        (address,) = envelope.rcpt_tos
        if address in self.dies_with:
            server.transport.abort()
            return "421 Gone"
        self.received.append((address, envelope.content.decode()))
        return "250 OK"

    @property
    def told(self) -> list[str]:
        return [address for address, _ in self.received]


@contextmanager
def mail_server(settings: Any) -> Iterator[MailServer]:
    server = MailServer()
    server.controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = HOST, server.controller.port
    settings.EMAIL_USE_TLS = False
    try:
        yield server
    finally:
        server.go_on.set()
        server.controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
