"""Hold the squashed migrations against the old ones that they stand for."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from sync.tests.migrated_template import IS_POSTGRES, PROJECT, on_server, url_of
from sync.tests.reliability.depth import NIGHTLY
from sync.tests.scratch_database import ScratchDatabase, scratch_database

# Each app's are begun, so that each goes on with its old ones.
BEGUN = (
    "accounts.0002_preferences",
    "audit.0001_audit_events",
    "opportunities.0015_states_and_decisions_have_one_word",
    "assessments.0005_answers_carried_over_say_so",
    "sync.0003_what_a_complete_run_left_in_the_mirror",
    "bqs.0001_what_roles_look_at",
)
RIGHTS = (
    "SELECT g.name, t.app_label, p.codename FROM auth_group g "
    "JOIN auth_group_permissions h ON g.id = h.group_id "
    "JOIN auth_permission p ON p.id = h.permission_id "
    "JOIN django_content_type t ON t.id = p.content_type_id ORDER BY 1, 2, 3"
)
TEMPLATES = (
    "SELECT t.code, t.version, t.status, g.code, c.code, c.weight FROM assessment_templates t "
    "JOIN assessment_criterion_groups g ON g.template_id = t.id "
    "JOIN assessment_criteria c ON c.group_id = g.id ORDER BY 1, 2, 4, 5"
)
APPLIED = "SELECT app, name FROM django_migrations ORDER BY 1, 2"


@NIGHTLY
def test_a_database_of_old_migrations_becomes_the_same_as_a_new_one(tmp_path):
    with empty_database(tmp_path) as old, scratch_database() as new:
        command = [sys.executable, "-m", "bqs.tests.old_migrations", *BEGUN]
        subprocess.run(command, cwd=PROJECT, env=old.environment, check=True, timeout=300)
        old.manage("migrate")
        assert schema_of(old) == schema_of(new)
        for query in (RIGHTS, TEMPLATES, APPLIED):
            assert old.rows(query) == new.rows(query) != []


@pytest.mark.django_db
def test_squashed_migrations_stand_for_all_old_ones_before_them():
    loader = MigrationLoader(connection)
    squashed = {app: node for (app, _), node in loader.replacements.items()}
    assert squashed.keys() == {"accounts", "assessments", "audit", "bqs", "opportunities", "sync"}
    for app, node in squashed.items():
        old = sorted(name for of, name in loader.disk_migrations if of == app and name != node.name)
        assert [name for _, name in node.replaces] == old[: len(node.replaces)]


@contextmanager
def empty_database(folder) -> Iterator[ScratchDatabase]:
    if not IS_POSTGRES:
        yield ScratchDatabase(f"sqlite:///{folder}/old.sqlite3")
        return
    name = f"bqs_old_{os.getpid()}"
    on_server(f'CREATE DATABASE "{name}"')
    try:
        yield ScratchDatabase(url_of(name))
    finally:
        on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def schema_of(database: ScratchDatabase) -> list[str]:
    if not IS_POSTGRES:
        rows = database.rows("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
        return [sql for (sql,) in rows]
    dump = [shutil.which("pg_dump"), "--schema-only", "--no-owner", database.url]
    lines = subprocess.check_output(dump, text=True).splitlines()
    # Each dump has a random word of its own; in which order columns stand is no matter.
    kept = (line for line in lines if not line.startswith(("\\restrict", "\\unrestrict")))
    return sorted(line.removesuffix(",") for line in kept)
