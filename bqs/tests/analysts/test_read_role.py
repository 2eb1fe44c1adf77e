"""The role that `bi_views role` makes reads the views, and nothing else."""

import os
from contextlib import closing
from io import StringIO

import psycopg2
import pytest
from django.core.management import CommandError, call_command

from sync.tests.migrated_template import IS_POSTGRES, on_server
from sync.tests.scratch_database import scratch_database

# Roles are of the whole server, which other workers use, too.
ROLE = f"bqs_test_analyst_{os.getpid()}"
HAS_ROLES = pytest.mark.skipif(not IS_POSTGRES, reason="SQLite has no roles")
INSERT = "INSERT INTO bi.bi_exchange_rates VALUES ('EUR', 1, 'EUR', '2026-01-01')"


def sql_of_role(name):
    out = StringIO()
    call_command("bi_views", "role", name, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def database():
    with scratch_database() as database:
        role = database.manage("bi_views", "role", ROLE).stdout
        with closing(psycopg2.connect(database.url)) as owner, owner, owner.cursor() as cursor:
            cursor.execute(role)
        # As an upgrade does.
        database.manage("bi_views", "create")
        yield database
    on_server(f"DROP ROLE {ROLE}")


@pytest.fixture
def ask(database):
    """Run a statement as the analyst would who has just signed in."""
    with closing(psycopg2.connect(database.url)) as session, session.cursor() as cursor:
        cursor.execute(f"SET SESSION AUTHORIZATION {ROLE}; SET search_path = bi")

        def ask(statement):
            cursor.execute(statement)
            return cursor.fetchall()

        yield ask


@HAS_ROLES
def test_it_reads_every_view_and_the_pipeline(ask):
    views = ask("SELECT viewname FROM pg_views WHERE schemaname = 'bi'")
    assert len(views) == 10
    for (view,) in views:
        ask(f"SELECT * FROM {view}")
    assert ask("SELECT * FROM bi_pipeline_as_of(now())") == []


@HAS_ROLES
@pytest.mark.parametrize(
    "statement",
    [
        *(
            f"SELECT * FROM public.{table}"
            for table in ("opportunities", "auth_user", "api_tokens")
        ),
        "UPDATE public.opportunities SET name = 'Mine'",
        "DELETE FROM bi_exchange_rates",
        INSERT,
        "CREATE TABLE bi.mine (n int)",
        "CREATE TABLE public.mine (n int)",
        "DROP VIEW bi_people",
    ],
)
def test_it_reads_no_table_and_writes_nothing(ask, statement):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(statement)


@HAS_ROLES
@pytest.mark.django_db
def test_the_statements_hold_no_password_and_no_odd_name():
    assert "PASSWORD" not in sql_of_role("analyst").upper().partition("\n")[2]
    with pytest.raises(CommandError, match="small letters"):
        sql_of_role('x"; DROP TABLE opportunities; --')


@pytest.mark.skipif(IS_POSTGRES, reason="it has roles")
@pytest.mark.django_db
def test_sqlite_has_no_roles():
    with pytest.raises(CommandError, match="Only PostgreSQL"):
        sql_of_role("analyst")
