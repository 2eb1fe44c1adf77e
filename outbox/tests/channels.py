"""A channel and an expander of tests, in place of those that apps register."""

from contextlib import contextmanager
from datetime import timedelta

from outbox import channels, events
from outbox.models import Delivery

HAPPENED = events.EventKind("test.happened", "Something happened", "In tests.")


class Paper:
    """Keeps what it delivers; fails as often as it is told."""

    pauses = (timedelta(minutes=2), timedelta(minutes=10))

    def __init__(self):
        self.delivered, self.failures = [], {}

    def deliver(self, delivery):
        if failures := self.failures.get(delivery.target):
            raise failures.pop(0)
        self.delivered.append(delivery)

    @property
    def targets(self):
        return sorted(delivery.target for delivery in self.delivered)


def to(*targets):
    """An expander that sends each event to all of these."""

    def expand(found):
        for event in found:
            for target in targets:
                yield Delivery(event=event, channel="paper", target=target, subject=event.name)

    return expand


@contextmanager
def registered(*expanders, paper=None):
    """Register these and nothing else."""
    kept = dict(channels.channels), list(channels.expanders), dict(events.catalogue)
    paper = paper or Paper()
    channels.channels.clear()
    channels.channels["paper"] = paper
    channels.expanders[:] = expanders
    events.register(HAPPENED)
    try:
        yield paper
    finally:
        for registry, content in zip((channels.channels, events.catalogue), kept[::2], strict=True):
            registry.clear()
            registry.update(content)
        channels.expanders[:] = kept[1]
