"""A site and its syncs are several processes, whose counts are one page."""

import pytest
from requests import get

from sync.tests.schedule.test_launch import eventually
from sync.tests.scratch_database import scratch_database
from sync.tests.simulator_process import OracleSimulator
from sync.tests.web_server import WebServer
from sync.tests.worker_process import worker_on

TOKEN = {"Authorization": "Bearer watch"}


@pytest.mark.any_database
def test_site_and_sync_count_in_one_folder_that_a_start_empties(tmp_path):
    left = tmp_path / "counts" / "histogram_1.db"
    left.parent.mkdir()
    left.write_bytes(b"of an earlier start")
    settings = {"METRICS_TOKEN": "watch", "METRICS_FOLDER": f"{left.parent}"}
    settings["SYNC_JOB_LOG"] = f"{tmp_path}/sync.log"
    with (
        scratch_database() as database,
        OracleSimulator("--rows", "3") as oracle,
        worker_on(database, ORACLE_BASE_URL=oracle.url, **settings),
        WebServer(database, ORACLE_BASE_URL=oracle.url, **settings) as site,
    ):
        site.post("/api/sync-database", {})

        def page():
            return get(f"{site.url}/metrics", headers=TOKEN, timeout=30).text

        eventually(lambda: 'bqs_sync_last_run_status{status="SUCCESS"} 1.0' in page())
        told = page()
    assert not left.exists()
    sent = [
        line for line in told.splitlines() if line.startswith("bqs_oracle_request_seconds_count")
    ]
    assert float(sent[0].split()[-1]) >= 1
    assert (
        'bqs_http_request_seconds_count{method="POST",route="sync-database",status="2xx"} 1' in told
    )
