"""What Schemathesis makes up from the schema, sent to the live server as each role.

Run it with -m schemathesis; BQS_EXAMPLES says how many requests each operation gets.
"""

import os
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck, given, settings

from accounts.tokens import issue_token
from assessments.tests.factories import in_assessment, in_review, standard_template
from opportunities.roles import Role
from opportunities.tests.factories import OpportunityFactory, UserFactory
from sync.tests.factories import RejectedRecordFactory, SyncLogFactory

pytestmark = [pytest.mark.schemathesis, pytest.mark.django_db(transaction=True)]
EXAMPLES = int(os.environ.get("BQS_EXAMPLES", "3"))
# The first starts real processes, the others end the log-in that the test goes on with.
LEFT_OUT = {
    ("POST", "/api/sync-database"),
    ("DELETE", "/api/token"),
    ("DELETE", "/api/session"),
    ("POST", "/api/session"),
}


def a_site():
    standard_template()
    in_review()
    in_assessment()
    OpportunityFactory()
    RejectedRecordFactory(sync_log=SyncLogFactory())


@pytest.mark.parametrize("role", [*Role, None])
def test_no_made_up_request_finds_a_failure(role, live_server, oracle):
    # Not above: only this test needs it, and it brings much along.
    import schemathesis

    a_site()
    # Nobody's role, and every permission there is.
    user = UserFactory(
        roles=[role] if role else [],
        practices=["Cloud"],
        leads=["Data"],
        is_superuser=role is None,
    )
    _, token = issue_token(user, "Schemathesis")
    schema = schemathesis.openapi.from_path(
        Path(django_settings.BASE_DIR) / "docs" / "openapi.yaml"
    )
    failures = []
    for found in schema.get_all_operations():
        operation = found.ok()
        if (operation.method.upper(), operation.path) not in LEFT_OUT:
            failures += _failures_of(operation, live_server.url, token)
    assert not failures, "\n\n".join(failures)


def _failures_of(operation, base_url, token):
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def send(case):
        case.call_and_validate(
            base_url=base_url,
            headers={"Authorization": f"Token {token}"},
            timeout=30,
            # What is sound by its form may still be refused for what is in the database: an SA
            # who is not there, a query of a saved view that the list would refuse.
            excluded_checks=[positive_data_acceptance],
        )

    try:
        send()
    except (Exception, BaseExceptionGroup) as failure:
        inner = getattr(failure, "exceptions", [failure])
        return [f"{operation.label}: {each}" for each in inner]
    return []
