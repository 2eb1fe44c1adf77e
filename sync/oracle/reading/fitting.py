"""Learn from refused questions which attributes a tenant does not have. Knows no Django."""

from collections.abc import Callable, Sequence
from threading import Lock

from sync.oracle.errors import OracleQueryRefused
from sync.oracle.fields.attributes import Attributes, is_named_in
from sync.oracle.names import ATTRIBUTES_SETTING, ID_ATTRIBUTE

MOST_QUESTIONS = 24

IsAccepted = Callable[[Sequence[str]], bool]
"""Asks for one record of the list with these attributes, under no condition."""


class Fitting:
    """Fit the attributes to the tenant. All connections of a client share one."""

    def __init__(self, attributes: Attributes) -> None:
        self._attributes = attributes
        self._lock = Lock()
        self._accepted: set[str] = set()
        """Attributes that the tenant is known to have, where that had to be found out."""

    def learn(
        self, detail: str, asked: Sequence[str], condition: str, is_accepted: IsAccepted
    ) -> None:
        """Leave out the attributes to blame for a refusal, so that the question can be repeated.

        Args:
            detail: what Oracle says; it may name them or not.
            asked: the attributes that were asked for.
            condition: the question's q.

        Raises: OracleQueryRefused where the question itself is to blame.
        """
        with self._lock:
            # Another connection may have been quicker.
            if self._attributes.names == asked:
                self._attributes.leave_out(
                    self._named(detail, condition) or self._found(detail, is_accepted)
                )

    def _named(self, detail: str, condition: str) -> list[str]:
        names = [name for name in self._attributes.names if is_named_in(detail, name)]
        # What the question compares with may be refused for that alone.
        unknown = [name for name in names if not is_named_in(condition, name)]
        if names and not unknown:
            raise OracleQueryRefused(_advice(detail))
        optional = set(self._attributes.names) - set(self._attributes.least)
        # Some refusals repeat the whole question.
        return [] if optional.issubset(unknown) else [name for name in unknown if name in optional]

    def _found(self, detail: str, is_accepted: IsAccepted) -> list[str]:
        """Ask on, to find out what a refusal that names nothing usable is about."""
        asked = self._attributes.names
        if self._accepted.issuperset(asked) or is_accepted(asked):
            self._accepted.update(asked)
            raise OracleQueryRefused(_advice(detail))
        if not self._accepted:
            self._accept_least(detail, is_accepted)
        culprits = _Culprits(lambda names: is_accepted([*self._accepted, *names]))
        doubtful = [name for name in asked if name not in self._accepted]
        # First the dates: without any of them nothing can be read.
        dates = [name for name in doubtful if name in self._attributes.update_dates]
        refused = [name for name in dates if not culprits.accepts([name])]
        others = [name for name in doubtful if name not in dates]
        refused += culprits.among(others) if others and not culprits.accepts(others) else []
        self._accepted.update(set(asked) - set(refused))
        return refused

    def _accept_least(self, detail: str, is_accepted: IsAccepted) -> None:
        """Ask for the least that can be read.

        Raises: OracleQueryRefused, naming the one to blame, where that is refused as well.
        """
        least = self._attributes.least
        if is_accepted(least):
            self._accepted.update(least)
            return
        for name in least if is_accepted([ID_ATTRIBUTE]) else ():
            if not is_accepted([ID_ATTRIBUTE, name]):
                self._attributes.leave_out([name])
        raise OracleQueryRefused(_advice(detail))


def _advice(detail: str) -> str:
    if "finder" in detail.lower() or "recordset" in detail.lower():
        return f"This Oracle does not know the finder: change ORACLE_FINDER. It says: {detail}"
    return (
        f"Oracle refused our query: check ORACLE_FINDER, ORACLE_PAGING, {ATTRIBUTES_SETTING} and "
        f"ORACLE_EXTRA_FIELDS. Oracle says: {detail}"
    )


class _Culprits:
    """Find refused attributes by halving: most are known, so few questions will do."""

    def __init__(self, is_accepted: IsAccepted) -> None:
        self._is_accepted = is_accepted
        self._questions = 0

    def among(self, names: Sequence[str]) -> list[str]:
        """Return the refused ones of these, which are refused together.

        After the last question, what has not been accepted by then counts as refused.
        """
        if len(names) < 2:
            return [*names]
        half = len(names) // 2
        first, second = names[:half], names[half:]
        if self.accepts(first):
            return self.among(second)
        refused = self.among(first)
        return refused if self.accepts(second) else refused + self.among(second)

    def accepts(self, names: Sequence[str]) -> bool:
        if self._questions >= MOST_QUESTIONS:
            return False
        self._questions += 1
        return self._is_accepted(names)
