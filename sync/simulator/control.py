"""Steer the simulator over HTTP."""

from collections.abc import Callable
from typing import Any

from sync.simulator import exact_json
from sync.simulator.messages import Reply, Request
from sync.simulator.store import Store

PREFIX = "/_simulator/"
DONE = 204


class Control:
    """Change the rows, without a login: the simulator listens on the loopback only."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.actions: dict[tuple[str, str], Callable[[Any], Any]] = {
            ("GET", "rows"): lambda _: [row.item for row in store.all()],
            ("PUT", "rows"): store.replace,
            ("PATCH", "rows"): store.merge,
        }
        """By method and name, what to do with the body; whoever starts it may add some."""

    def answer(self, request: Request) -> Reply:
        name = request.path.removeprefix(PREFIX)
        try:
            if request.method == "DELETE" and name.startswith("rows/"):
                found = self._store.remove(int(name.removeprefix("rows/")))
                return Reply(DONE if found else 404)
            return self._act(request, name)
        except (ValueError, KeyError, TypeError) as error:
            return _refusal(400, f"{request.method} {request.path}: {error}")

    def _act(self, request: Request, name: str) -> Reply:
        action = self.actions.get((request.method, name))
        if action is None:
            known = ", ".join(f"{method} {PREFIX}{what}" for method, what in self.actions)
            return _refusal(404, f"There is no {request.method} {request.path}, but {known}.")
        result = action(exact_json.decode(request.body) if request.body else None)
        return Reply(DONE) if result is None else Reply(body=exact_json.encode(result))


def _refusal(status: int, sentence: str) -> Reply:
    return Reply(status, sentence.encode(), {"Content-Type": "text/plain; charset=utf-8"})
