"""A program that follows the change feed, and what it knows."""

import json

from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import UserFactory

URL = "/api/changes"
BASE = "/api/changes/base"


def feed_client(**details):
    return client_of(UserFactory(permissions=["read_feed", "view_opportunity"], **details))


def lines_of(client):
    answer = client.get(BASE)
    assert answer.status_code == 200, answer.content
    return [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]


class Reader:
    """Keeps the last state of each thing, as a warehouse does."""

    def __init__(self, client=None):
        self.client = client or feed_client()
        self.known, self.cursor, self.seen = {}, None, []

    def read_base(self):
        first, *things, last = lines_of(self.client)
        assert last == {"end": len(things)}
        self.cursor, self.known = first["next"], {}
        for each in things:
            self.take(each)
        return self

    def follow(self, limit=500, **parameters):
        """Read on to the end."""
        while self.page(limit=limit, **parameters)["changes"]:
            pass
        return self

    def page(self, **parameters):
        """Ask twice: what another test's database has just ended may hold the first answer back."""
        page = self._page(**parameters)
        return page if page["changes"] else self._page(**parameters)

    def _page(self, **parameters):
        answer = self.client.get(URL, {"after": self.cursor, **parameters})
        assert answer.status_code == 200, answer.content
        page = answer.json()
        for each in page["changes"]:
            self.take(each)
        self.seen += page["changes"]
        self.cursor = page["next"]
        return page

    def take(self, change):
        thing = change["id"].rpartition(":")[0]
        if change["state"] is None:
            self.known.pop(thing, None)
        else:
            self.known[thing] = json.dumps(change["state"])
