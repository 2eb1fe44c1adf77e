"""Keep what apps above register: channels that deliver, and expanders that say to whom."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Protocol

from outbox.models import Delivery, Event


class NotDelivered(Exception):
    """Tell why a message did not arrive, in the words of the other side.

    Args:
        of_server: whether the next message by this channel would meet the same, so that it waits.
        is_final: whether another try is pointless.
    """

    def __init__(self, words: str, *, of_server: bool = False, is_final: bool = False) -> None:
        super().__init__(words)
        self.words = words
        self.of_server = of_server
        self.is_final = is_final


class Channel(Protocol):
    @property
    def pauses(self) -> Sequence[timedelta]:
        """Return those before the second try, the third ...; each is longer than one try can last.

        After the try that follows the last pause, the message is given up.
        """

    def deliver(self, delivery: Delivery) -> None:
        """Bring it to its target, outside of any transaction. Raises: NotDelivered."""


Expander = Callable[[Sequence[Event]], Iterable[Delivery]]
"""Returns unsaved deliveries of these events, with a fixed number of queries."""

channels: dict[str, Channel] = {}
expanders: list[Expander] = []
