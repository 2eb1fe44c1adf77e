"""Dashboard and alert rules ask for series that there are, and alerts fire when they should."""

import json
import re
import shutil
import subprocess

import pytest
from django.conf import settings

from bqs.metrics.figures import TradeFigures
from bqs.metrics.requests import SECONDS
from sync.oracle.transport.timing import seconds

DEPLOY = settings.BASE_DIR / "deploy"
NAME = re.compile(r"\bbqs_\w+")
PROMTOOL = shutil.which("promtool")


def series():
    histograms = [family.name for each in (SECONDS, seconds()) for family in each.describe()]
    parts = [f"{name}_{part}" for name in histograms for part in ("bucket", "count", "sum")]
    return {*parts, *(family.name for family in TradeFigures().collect())}


@pytest.mark.django_db
@pytest.mark.any_database
@pytest.mark.parametrize("file", ["grafana/bqs.json", "prometheus/rules.yml"])
def test_each_series_that_is_asked_for_exists(file):
    named = {*NAME.findall((DEPLOY / file).read_text())}
    assert len(named) > 8
    assert named - series() == set()


@pytest.mark.django_db
@pytest.mark.any_database
def test_each_series_is_on_the_dashboard_and_explained():
    dashboard = (DEPLOY / "grafana/bqs.json").read_text()
    page = (settings.BASE_DIR / "docs/monitoring.md").read_text()
    names = {re.sub("_(bucket|count|sum)$", "", each) for each in series()}
    assert [each for each in sorted(names) if f"`{each}`" not in page] == []
    unseen = {"bqs_mirror_watermark_timestamp_seconds", "bqs_sync_last_success_timestamp_seconds"}
    unseen.add("bqs_sync_last_run_timestamp_seconds")
    assert {each for each in names if each not in dashboard} == unseen


def test_the_panels_of_the_dashboard_do_not_lie_on_one_another():
    places = [
        each["gridPos"] for each in json.loads((DEPLOY / "grafana/bqs.json").read_text())["panels"]
    ]
    taken = [(x, p["y"]) for p in places for x in range(p["x"], p["x"] + p["w"])]
    assert len(taken) == len({*taken})
    assert max(x for x, _ in taken) < 24


def test_each_alert_is_tested_and_says_what_to_do():
    alerts = re.findall(r"alert: (\w+)", (DEPLOY / "prometheus/rules.yml").read_text())
    tested = re.findall(r"alertname: (\w+)", (DEPLOY / "prometheus/rules_test.yml").read_text())
    page = (settings.BASE_DIR / "docs/monitoring.md").read_text()
    assert {*alerts} == {*tested}
    assert [each for each in alerts if f"`{each}`" not in page] == []


@pytest.mark.skipif(not PROMTOOL, reason="promtool is not installed (Debian: prometheus)")
def test_the_alert_rules_fire_when_they_should():
    test = subprocess.run(
        [PROMTOOL, "test", "rules", DEPLOY / "prometheus/rules_test.yml"],
        capture_output=True,
        text=True,
    )
    assert test.returncode == 0, test.stdout + test.stderr
