"""Divide the ids among readers. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IdRange:
    """OptyIds above `after`, up to and including `upto`; None leaves that side open."""

    after: int | None = None
    upto: int | None = None

    def covers(self, ascending: Sequence[int]) -> bool:
        """Return whether all of these ids, at least one, lie in the range."""
        begins = self.after is None or ascending[0] > self.after
        return begins and (self.upto is None or ascending[-1] <= self.upto)


EVERYTHING = IdRange()


def divided(sample: Iterable[int], parts: int) -> list[IdRange]:
    """Divide all ids so that each part holds about as many of the sample.

    By count and not by value: ids come in clusters.
    """
    ids = sorted(set(sample))
    cuts = sorted({ids[len(ids) * n // parts] for n in range(1, parts)}) if ids else []
    return [IdRange(after, upto) for after, upto in zip([None, *cuts], [*cuts, None], strict=True)]
