"""Random histories of writers who commit in any order, and of a reader who may lose answers."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from django.db import connection

from opportunities.models import Opportunity, OpportunityEvent
from opportunities.tests.feed.reader import Reader

IS_POSTGRES = connection.vendor == "postgresql"
DEALS = 12
WRITERS = 4
STEPS = 25


def copied(model: Any, column: str) -> str:
    """Return SQL that adds a row like one that is there; the parameters are a value and its id."""
    names = [
        each.column
        for each in model._meta.concrete_fields
        if not each.primary_key and not each.generated
    ]
    values = ["%s" if name == column else name for name in names]
    table = model._meta.db_table
    added = f"INSERT INTO {table} ({', '.join(names)})"
    return f"{added} SELECT {', '.join(values)} FROM {table} WHERE id = %s"


class Writer:
    """A connection of its own; on SQLite, which has one writer at a time, the test's."""

    def __init__(self) -> None:
        self.taken: set[int] = set()
        if IS_POSTGRES:
            given = connection.get_connection_params()
            known = {"dbname", "user", "password", "host", "port"}
            self.own = psycopg2.connect(**{name: given[name] for name in known & given.keys()})

    def write(self, sql: str, *values: Any) -> None:
        if IS_POSTGRES:
            self.own.cursor().execute(sql, values)
        else:
            with connection.cursor() as cursor:
                cursor.execute(sql, values)

    def commit(self) -> None:
        self._end("commit")

    def roll_back(self) -> None:
        self._end("rollback")

    def _end(self, how: str) -> None:
        self.taken.clear()
        if IS_POSTGRES:
            getattr(self.own, how)()


class History:
    def __init__(self, seed: int, reader: Reader, writers: list[Writer]) -> None:
        self.rng, self.reader, self.writers, self.seed = random.Random(seed), reader, writers, seed
        self.ids = [*Opportunity.objects.values_list("pk", flat=True)]
        self.event = OpportunityEvent.objects.values_list("pk", flat=True).first()

    def run(self) -> None:
        for number in range(STEPS):
            self.rng.choice([self.write] * 4 + [self.end, self.end, self.read])(number)
            if number == STEPS // 4:
                self.reader.read_base()
        for writer in self.rng.sample(self.writers, len(self.writers)):
            writer.commit()
        self.reader.follow(limit=3)

    def write(self, number: int) -> None:
        writer = self.rng.choice(self.writers)
        elsewhere = {pk for each in self.writers if each is not writer for pk in each.taken}
        free = [pk for pk in self.ids if pk not in elsewhere]
        if not free:
            return
        pk = self.rng.choice(free)
        writer.taken.add(pk)
        self.rng.choice(
            [self.edit, self.edit, self.remove, self.bring_back, self.add, self.delete]
        )(writer, pk, f"{self.seed}-{number}")

    def edit(self, writer: Writer, pk: int, name: str) -> None:
        writer.write("UPDATE opportunities SET name = %s WHERE id = %s", name, pk)
        writer.write(copied(OpportunityEvent, "reason"), name, self.event)

    def remove(self, writer: Writer, pk: int, name: str) -> None:
        writer.write(
            "UPDATE opportunities SET removed_in_crm_at = CURRENT_TIMESTAMP, "
            "removal_reason = 'GONE' WHERE id = %s", pk,
        )  # fmt: skip

    def bring_back(self, writer: Writer, pk: int, name: str) -> None:
        sql = "UPDATE opportunities SET removed_in_crm_at = NULL, removal_reason = '' WHERE id = %s"
        writer.write(sql, pk)

    def add(self, writer: Writer, pk: int, name: str) -> None:
        writer.write(copied(Opportunity, "remote_id"), name, pk)

    def delete(self, writer: Writer, pk: int, name: str) -> None:
        if len(self.ids) > DEALS // 2:
            writer.write("DELETE FROM opportunities WHERE id = %s", pk)

    def end(self, number: int) -> None:
        """Commit; or break off, as a process does that is killed."""
        writer = self.rng.choice(self.writers)
        self.rng.choice([writer.commit, writer.commit, writer.roll_back])()

    def read(self, number: int) -> None:
        """Read a page; or be killed before what it says is kept."""
        if self.reader.cursor is None:
            return
        known, cursor = dict(self.reader.known), self.reader.cursor
        self.reader.page(limit=self.rng.choice([1, 2, 5, 500]))
        if self.rng.random() < 0.3:
            self.reader.known, self.reader.cursor = known, cursor


@contextmanager
def writers() -> Iterator[list[Writer]]:
    made = [Writer() for _ in range(WRITERS)]
    try:
        yield made
    finally:
        for each in made:
            if IS_POSTGRES:
                each.own.close()
