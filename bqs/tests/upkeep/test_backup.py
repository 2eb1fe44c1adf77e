"""The lines of docs/backup.md, run as they stand there, bring everything to an empty server."""

import os
import re
import subprocess
import time
from urllib.parse import quote

import psycopg2
import pytest
from django.conf import settings

from sync.tests.migrated_template import IS_POSTGRES
from sync.tests.reliability.postgres_cluster import BINARIES, PORT, USER, PostgresCluster, can_start
from sync.tests.scratch_database import ScratchDatabase, scratch_database
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.skipif(
    not (IS_POSTGRES and can_start()), reason="it takes two servers of PostgreSQL"
)
ROWS = os.environ.get("BACKUP_ROWS", "60")
PAGE = (settings.BASE_DIR / "docs/backup.md").read_text()
BACK_UP, NEW_SERVER, RESTORE, PROVE = re.findall(r"```sh\n(.*?)```", PAGE, re.S)
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
TRIGGERS = "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"
IDENTITIES = (
    "SELECT table_name, column_name, pg_get_serial_sequence(table_name, column_name) "
    "FROM information_schema.columns WHERE is_identity = 'YES' AND table_schema = 'public'"
)


def run(lines, cwd, **environment):
    shell = ["bash", "-euo", "pipefail", "-c", lines]
    started = time.monotonic()
    ended = subprocess.run(
        shell,
        cwd=cwd,
        env=os.environ | {"PATH": BINARIES} | environment,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout, time.monotonic() - started


def content(database):
    """Return a digest of all rows of each table."""
    digest = "SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM \"{}\" t"
    return {table: database.rows(digest.format(table))[0] for (table,) in database.rows(TABLES)}


def work_in(database):
    database.manage("shell", "-v0", "-c", "from bqs.tests.upkeep.work_of_a_day import work; work()")


@pytest.fixture
def scene(tmp_path, monkeypatch):
    """A site with a mirror, work of people and a file, and a new server beside it."""
    folder = tmp_path / "site"
    (folder / "attachments").mkdir(parents=True)
    (folder / "attachments" / "1f2e").write_bytes(b"a file")
    (folder / ".env").write_text("SECRET_KEY=the one that it had\n")
    with (
        scratch_database() as old,
        OracleSimulator("--rows", ROWS) as oracle,
        PostgresCluster() as cluster,
    ):
        monkeypatch.setenv("ORACLE_BASE_URL", oracle.url)
        old.manage("sync_oracle")
        work_in(old)
        yield folder, old, cluster


def owned_by_no_superuser(cluster):
    host = quote(str(cluster._folder), safe="")
    return ScratchDatabase(f"postgresql://bqs@{host}:{PORT}/bqs")


def test_what_was_backed_up_is_restored_and_goes_on(scene, tmp_path):
    folder, old, cluster = scene
    backup, new_folder = {"BACKUP": str(tmp_path / "backup")}, tmp_path / "new"
    _, took = run(BACK_UP, folder, DATABASE_URL=old.url, DATA_FOLDER=str(folder), **backup)
    new_folder.mkdir()
    server = {"PGHOST": str(cluster._folder), "PGPORT": str(PORT), "PGUSER": USER}
    run(NEW_SERVER, tmp_path, **server)
    new = owned_by_no_superuser(cluster)
    data = {"DATABASE_URL": new.url, "DATA_FOLDER": str(new_folder), **backup}
    _, took_back = run(RESTORE, new_folder, **data)
    print(f"{ROWS} opportunities: {took:.1f} s to back up, {took_back:.1f} s to restore")

    assert new.rows("SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == [(False,)]
    assert content(new) == content(old)
    assert new.rows(TRIGGERS) == old.rows(TRIGGERS) != []
    assert (new_folder / "attachments" / "1f2e").read_bytes() == b"a file"
    assert (new_folder / ".env").read_text() == (folder / ".env").read_text()
    said, took_to_prove = run(PROVE, settings.BASE_DIR, DATABASE_URL=new.url)
    print(f"{took_to_prove:.1f} s to prove it")
    assert "As it was sealed: " in said

    # Ids go on, seals follow one another, and what is on record stays so.
    work_in(new)
    for table, column, sequence in new.rows(IDENTITIES):
        ((last, most),) = new.rows(
            f'SELECT last_value, (SELECT max({column}) FROM "{table}") FROM {sequence}'
        )
        assert most is None or last >= most, table
    assert "As it was sealed: " in new.manage("verify_trail").stdout
    with pytest.raises(psycopg2.Error, match="on record"):
        new.rows("UPDATE opportunity_events SET reason = 'another'")
