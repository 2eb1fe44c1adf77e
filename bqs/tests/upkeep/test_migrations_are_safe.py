"""New migrations change tables under a site that goes on: none locks them for long or breaks it."""

import json
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader
from django_migration_linter import MigrationLinter

from bqs.analysts.tables import our_apps
from sync.tests.migrated_template import IS_POSTGRES

STATES = json.loads((Path(__file__).parent / "migration_states.json").read_text())
# Since this state each migration is checked; what is older, nobody runs outside.
CHECKED_FROM = STATES["checked from"]
# Codes of django-migration-linter that are allowed:
# RUNPYTHON_REVERSIBLE: a site goes back by its backup (docs/backup.md), not by migrating down.
ALLOWED = ["RUNPYTHON_REVERSIBLE"]

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not IS_POSTGRES, reason="locks are those of PostgreSQL"),
]


def linter(**chosen):
    return MigrationLinter(
        no_cache=True,
        no_output=True,
        exclude_migration_tests=ALLOWED,
        warnings_as_errors_tests=["CREATE_INDEX_EXCLUSIVE", "CREATE_INDEX"],
        **chosen,
    )


def newer():
    return [
        (app, name)
        for app, name in MigrationLoader(None).disk_migrations
        if app in CHECKED_FROM and name > CHECKED_FROM[app]
    ]


# PostgreSQL makes no index concurrently within a transaction.
@pytest.mark.django_db(transaction=True)
def test_no_migration_since_is_unsafe():
    for app, name in newer():
        each = linter(include_name=[name], include_apps=[app])
        each.lint_all_migrations()
        assert not each.has_errors, f"{app}.{name}: run manage.py lintmigrations, or read its page"


def test_no_app_of_ours_is_left_out():
    with_migrations = {app for app, _ in MigrationLoader(None).disk_migrations}
    assert CHECKED_FROM.keys() == {app.label for app in our_apps()} & with_migrations


def test_an_unsafe_one_would_be_found():
    """It renames a table, under those who read it, and is older than this test."""
    name = "0012_review_comments_are_threads"
    old = linter(include_apps=["assessments"], include_name=[name])
    old.lint_all_migrations()
    assert old.has_errors
