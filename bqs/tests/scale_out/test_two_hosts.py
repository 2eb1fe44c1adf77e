"""Two hosts with a web server and a worker each share a PostgreSQL, and one dies again and again.

    RELIABILITY=full DATABASE_URL=postgresql:///bqs pg_virtualenv -t \
        .venv/bin/python -m pytest -s bqs/tests/scale_out
"""

import json
import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from bqs.tests.scale_out.hosts import two_hosts
from bqs.tests.scale_out.people import Site, Team
from notifications.tests.receiver import receiver
from opportunities.tests.workflow_scene import PRACTICE
from sync.tests.builders import oracle_item
from sync.tests.migrated_template import IS_POSTGRES
from sync.tests.reliability.depth import NIGHTLY
from sync.tests.reliability.mirror import EXTRA_FIELDS, differences
from sync.tests.reliability.processes import watched_running_rows
from sync.tests.reliability.scratch_writing import write
from sync.tests.scratch_database import scratch_database
from sync.tests.simulator_process import OracleSimulator

pytestmark = [
    NIGHTLY,
    pytest.mark.skipif(not IS_POSTGRES, reason="hosts share no SQLite"),
]
KILLS, SYNCS = 12, 3
SETTLED_WITHIN_S = 60
DEALS = 400
ALREADY_RUNNING = 75
SCENE = "from bqs.tests.scale_out import scene; print(scene.make())"
DONE = """
SELECT o.id::text, e.action, CASE e.action WHEN 'COMMENT' THEN e.reason ELSE '' END
FROM opportunity_events e JOIN opportunities o USING (remote_id) WHERE channel = 'API'
"""
NIGHTLY_RUNS = "SELECT status FROM sync_logs WHERE trigger = 'CRON'"
HEADS = "SELECT count(*) FROM audit_events WHERE kind = 'head.written'"
TRAIL = "SELECT 'opportunity_event:' || id FROM opportunity_events"
TOLD = """
SELECT e.source, d.id::text, d.state FROM outbox_events e JOIN outbox_deliveries d
ON d.event_id = e.id AND d.channel = 'webhook' WHERE e.source LIKE 'opportunity_event:%'
"""
TIME_PASSES = """
UPDATE outbox_deliveries SET next_try_at = now() WHERE state = 'WAITING';
UPDATE django_tasks_database_dbtaskresult SET started_at = now() - interval '1 hour'
WHERE status = 'RUNNING'
"""
UNFINISHED = """
SELECT (SELECT count(*) FROM outbox_events WHERE expanded_at IS NULL),
       (SELECT count(*) FROM outbox_deliveries WHERE channel = 'webhook' AND state = 'WAITING'),
       (SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE finished_at IS NULL),
       (SELECT count(*) FROM sync_logs WHERE status = 'RUNNING')
"""


def test_nothing_is_done_twice_or_lost_while_a_host_dies(tmp_path):
    with stand(tmp_path) as (database, oracle, server, environment):
        scene = json.loads(
            database.manage("shell", "--no-imports", "-c", SCENE, **environment).stdout
        )
        with two_hosts(tmp_path, environment) as hosts:
            with watched_running_rows(database.rows) as running:
                teams = work_while_hosts_die(hosts, oracle, scene)
                settle(database)
            one_night(hosts, oracle)
            files_are_on_both(hosts, teams, scene)
        assert_each_order_was_done_once(database, teams)
        assert_each_event_came_under_one_id(database, server)
        assert_trail_is_sealed(database)
        assert max(running) == 1
        assert not differences(oracle.rows(), database.rows)
        assert database.rows(NIGHTLY_RUNS) == [("SUCCESS",)]


@contextmanager
def stand(folder):
    """A mirror of new deals, and the world around it: Oracle and a receiver of events."""
    rows = [oracle_item(Practice_c=PRACTICE) for _ in range(DEALS)]
    # Else it would look as if only open deals were shown.
    rows[-1]["StatusCode"] = "WON"
    with scratch_database() as database, OracleSimulator() as oracle, receiver() as server:
        oracle.serve(rows)
        oracle.latency(50)
        # One in ten is refused, and comes again.
        server.answers[:] = [(503 if n % 10 == 9 else 200, b"") for n in range(20 * DEALS)]
        environment = {
            **database.environment,
            "ORACLE_BASE_URL": oracle.url,
            "ORACLE_PAGE_SIZE": "100",
            "ORACLE_EXTRA_FIELDS": ",".join(EXTRA_FIELDS),
            "ATTACHMENT_FOLDER": str(folder / "attachments"),
            "WEBHOOK_ALLOW_PRIVATE": "true",
            "RECEIVER": server.address,
        }
        database.manage("sync_oracle", **environment)
        yield database, oracle, server, environment


def work_while_hosts_die(hosts, oracle, scene):
    seed = random.randrange(10_000)
    rng, site = random.Random(seed), Site(hosts)
    teams = [Team(site, **each) for each in scene["teams"]]
    with at_work(teams, scene, site):
        for number in range(KILLS):
            time.sleep(rng.uniform(0.2, 1.5))
            kill_one(hosts, rng)
            if number % (KILLS // SYNCS) == 0:
                change_some(oracle, rng)
                at_once(hosts, "sync_oracle", may_end={0, ALREADY_RUNNING})
                at_once(hosts, "seal_trail")
    print(f"seed {seed}: {KILLS} kills, {site.sent_again} orders sent again")
    return teams


@contextmanager
def at_work(teams, scene, site):
    """Let every team decide deals, and one person ask for syncs, until the block ends."""
    is_over = threading.Event()
    deals = iter(scene["deals"])

    def decide(team):
        while not is_over.is_set():
            team.decide(next(deals))

    def ask_for_syncs():
        while not is_over.is_set():
            answer = site.send("POST", "/api/sync-database", scene["operator"]["token"])
            assert answer.status_code in (202, 409), answer.text
            is_over.wait(1)

    with ThreadPoolExecutor(len(teams) + 1) as pool:
        working = [pool.submit(decide, team) for team in teams] + [pool.submit(ask_for_syncs)]
        try:
            yield
        finally:
            is_over.set()
    for each in working:
        each.result()


def kill_one(hosts, rng):
    host = rng.choice(hosts)
    if rng.random() < 0.5:
        host.web.kill()
        host.web.start()
    else:
        host.kill_worker()
        host.start_worker()


def change_some(oracle, rng):
    moved = {"LastUpdateDate": f"2026-11-20T12:00:{rng.randrange(60):02}+00:00"}
    oracle.edit(*({"OptyId": each["OptyId"], "Name": f"Changed {rng.random()}", **moved}
                  for each in rng.sample(oracle.rows(), 20)))  # fmt: skip


def at_once(hosts, *command, may_end=frozenset({0})):
    processes = [host.start(*command) for host in hosts]
    for each in processes:
        output, _ = each.communicate(timeout=60)
        assert each.returncode in may_end, output


def one_night(hosts, oracle):
    """Both clocks strike, after a full sync from both, which brings what was killed to its end."""
    at_once(hosts, "sync_oracle", "--full", may_end={0, ALREADY_RUNNING})
    # Neither host can be through before the other begins.
    oracle.latency(1500)
    at_once(hosts, "nightly_sync")
    at_once(hosts, "seal_trail")


def settle(database):
    """Wait until workers have done what waits, as if the time of second tries had come."""

    deadline = time.monotonic() + SETTLED_WITHIN_S
    while any(waiting := database.rows(UNFINISHED)[0]):
        assert time.monotonic() < deadline, f"Events, deliveries, tasks, syncs: {waiting}"
        write(database, TIME_PASSES)
        time.sleep(0.5)


def files_are_on_both(hosts, teams, scene):
    token = scene["teams"][0]["desk"]["token"]
    for host in hosts:
        for address, content in teams[0].files:
            assert Site([host]).send("GET", address, token).content == content


def assert_each_order_was_done_once(database, teams):
    done = Counter(database.rows(DONE))
    assert done == sum((team.done for team in teams), Counter())
    assert {*done.values()} == {1}


def assert_each_event_came_under_one_id(database, server):
    told = database.rows(TOLD)
    assert sorted(source for source, _, _ in told) == sorted(
        source for (source,) in database.rows(TRAIL)
    )
    assert {state for _, _, state in told} == {"DELIVERED"}
    assert {key for _, key, _ in told} <= {head["X-BQS-Delivery"] for head, _ in server.received}


def assert_trail_is_sealed(database):
    verified = database.manage("verify_trail").stdout
    assert "wait for their seal" not in verified
    assert database.rows(HEADS) == [(1,)]
