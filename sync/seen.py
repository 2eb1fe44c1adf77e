"""The ids a run has seen, in eight bytes each. Pure."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable


class SeenIds:
    def __init__(self) -> None:
        self._ids = array("q")
        self._is_sorted = True

    def add(self, remote_ids: Iterable[str]) -> None:
        self._ids.extend(map(int, remote_ids))
        self._is_sorted = False

    def __contains__(self, remote_id: object) -> bool:
        if not self._is_sorted:
            self._ids = array("q", sorted(self._ids))
            self._is_sorted = True
        wanted = int(str(remote_id))
        place = bisect_left(self._ids, wanted)
        return place < len(self._ids) and self._ids[place] == wanted
