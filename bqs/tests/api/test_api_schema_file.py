"""docs/openapi.yaml is what the API says of itself, api.md and change-feed.md what it does."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from assessments.tests.factories import standard_template
from opportunities.access.roles import Role
from opportunities.tests.factories import OpportunityFactory, UserFactory
from sync.tests.factories import SyncLogFactory

pytestmark = pytest.mark.any_database

DOCS = Path(settings.BASE_DIR) / "docs"
TOUR = re.compile(r"```bash\n(.*?)```", re.DOTALL)


def test_the_schema_file_is_the_schema(tmp_path):
    made = tmp_path / "openapi.yaml"
    call_command("spectacular", "--fail-on-warn", file=str(made))
    assert (DOCS / "openapi.yaml").read_text() == made.read_text(), (
        "Write it anew: python manage.py spectacular --file docs/openapi.yaml"
    )


def a_site_for_the_tour():
    SyncLogFactory()
    standard_template()
    user = UserFactory(
        username="ada",
        roles=[Role.SA, Role.LEAD, Role.AUDITOR],
        practices=["Cloud"],
        leads=["Data"],
    )
    user.set_password("correct horse battery")
    user.save()
    OpportunityFactory(name="Network renewal", deal_value=100_000)
    OpportunityFactory.create_batch(3)


@pytest.mark.django_db(transaction=True)
def test_the_curl_tour_does_what_it_says(live_server, tmp_path):
    a_site_for_the_tour()
    *steps, leaving = TOUR.findall((DOCS / "api.md").read_text())
    following = TOUR.findall((DOCS / "change-feed.md").read_text())
    assert (len(steps) >= 8, len(following)) == (True, 2)
    steps += [*following, leaving]
    script = "set -euo pipefail\n" + "\n".join(steps)
    environment = {**os.environ, "BQS": live_server.url}
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert "IN_ASSESSMENT" in done.stdout
