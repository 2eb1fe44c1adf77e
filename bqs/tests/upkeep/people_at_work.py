"""Readers and a writer of the version before, who go on while the database is migrated."""

import threading
import time
from contextlib import closing
from dataclasses import dataclass, field

import psycopg2

READ = (
    "SELECT id, name, customer, workflow_status, due_at FROM opportunities "
    "WHERE workflow_status = 'NEW' ORDER BY due_at, id LIMIT 50",
    "SELECT workflow_status, count(*) FROM opportunities GROUP BY 1",
    "SELECT e.action, o.name FROM opportunity_events e JOIN opportunities o USING (remote_id) "
    "ORDER BY e.at DESC LIMIT 50",
)
WRITE = (
    "UPDATE opportunities SET lock_version = lock_version + 1, sa_notes = 'noted' WHERE id = "
    "(SELECT id FROM opportunities ORDER BY id OFFSET %(n)s %% 500 LIMIT 1)",
    "INSERT INTO opportunity_events (remote_id, at, action, from_status, to_status, reason, "
    "reason_code, changes, channel, request_id) SELECT remote_id, now(), 'COMMENT', 'NEW', 'NEW', "
    "'noted', '', '{}', 'SCREEN', '' FROM opportunities LIMIT 1",
)

# More often, and what is measured is the processors of the machine.
THINKING_S = 0.3


@dataclass
class PeopleAtWork:
    """`with PeopleAtWork(url, readers=10) as people:` has them ask until it ends."""

    url: str
    readers: int
    new_deal: str
    """A statement by which a sync of that version adds %(n)s."""
    errors: list[str] = field(default_factory=list)
    longest_s: float = 0
    longest: str = ""
    written: int = 0
    read: int = 0

    def __enter__(self):
        self._stops = threading.Event()
        tasks = [self._write, *[self._read] * self.readers]
        self._threads = [threading.Thread(target=self._work, args=[task]) for task in tasks]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self._stops.set()
        for thread in self._threads:
            thread.join()

    def _work(self, task):
        n = 0
        while not self._stops.is_set():
            try:
                with closing(psycopg2.connect(self.url)) as database:
                    while not self._stops.wait(THINKING_S):
                        n += 1
                        started = time.monotonic()
                        statement = task(database, n)
                        self._note(time.monotonic() - started, statement)
            except psycopg2.Error as error:
                self.errors.append(str(error).splitlines()[0])

    def _read(self, database, n):
        statement = READ[n % len(READ)]
        with database, database.cursor() as cursor:
            cursor.execute(statement)
            cursor.fetchall()
        self.read += 1
        return statement

    def _write(self, database, n):
        with database, database.cursor() as cursor:
            for statement in (*WRITE, self.new_deal):
                cursor.execute(statement, {"n": n})
        self.written += 1
        return "a transaction of the writer"

    def _note(self, seconds, statement):
        if seconds > self.longest_s:
            self.longest_s, self.longest = seconds, statement
