"""What Schemathesis makes up from the schema, sent to the live server as each role.

Run it with -m schemathesis; BQS_EXAMPLES says how many requests each operation gets.
"""

import os
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import one_of

from accounts.models import SavedView
from accounts.tokens.tokens import EVERY, issue_token
from assessments.tests.factories import in_assessment, in_review, standard_template
from opportunities.access.roles import Role
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


# All that may end the log-in.
NO_PART_OF_A_WALK = "^/api/(sync-database|session|tokens?)"


def how_many():
    return settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        # The same ones each time, unless more are wanted than usual.
        derandomize="BQS_EXAMPLES" not in os.environ,
        suppress_health_check=list(HealthCheck),
    )


def a_site(user):
    """And under which numbers there is something, by the first word of the address."""
    template = standard_template()
    deals = [in_review(), in_review(), in_assessment(), OpportunityFactory()]
    run = SyncLogFactory()
    RejectedRecordFactory(sync_log=run)
    view = SavedView.objects.create(owner=user, name="Mine")
    other_token, _ = issue_token(user, "Another")
    return {
        "assessment-templates": [template.pk],
        "opportunities": [deal.pk for deal in deals],
        "oracle-opportunity": [deal.remote_id for deal in deals],
        "saved-views": [view.pk],
        "sync-history": [run.pk],
        "tokens": [other_token.pk],
    }


def a_caller(role):
    """Of one role, or of all with every permission there is; and what to call with."""
    user = UserFactory(
        roles=[role] if role else [*Role],
        practices=["Cloud"],
        leads=["Data"],
        is_superuser=role is None,
    )
    _, token = issue_token(user, "Schemathesis", EVERY)
    return user, {"Authorization": f"Token {token}"}


def the_schema():
    # Not above: only these tests need it, and it brings much along.
    import schemathesis

    return schemathesis.openapi.from_path(Path(django_settings.BASE_DIR) / "docs" / "openapi.yaml")


@pytest.mark.parametrize("role", [*Role, None])
def test_no_made_up_request_finds_a_failure(role, live_server, oracle):
    user, headers = a_caller(role)
    site = a_site(user)
    failures = []
    for found in the_schema().get_all_operations():
        operation = found.ok()
        if (operation.method.upper(), operation.path) not in LEFT_OUT:
            cases = _cases_of(operation, site)
            failures += _failures_of(operation, cases, live_server.url, headers)
    assert not failures, "\n\n".join(failures)


@pytest.mark.parametrize("role", [*Role, None])
def test_no_made_up_walk_from_answer_to_request_finds_a_failure(role, live_server, oracle):
    """What one answer tells is asked for, changed and removed by the next requests."""
    user, headers = a_caller(role)
    a_site(user)
    walk = the_schema().exclude(path_regex=NO_PART_OF_A_WALK).as_state_machine()

    class Walk(walk):
        def get_call_kwargs(self, case):
            return {"headers": headers, "base_url": live_server.url, "timeout": 30}

        def validate_response(self, response, case, **_):
            case.validate_response(response, headers=headers, **_checks_of(case.operation))

    Walk.run(settings=settings(how_many(), stateful_step_count=8))


def _cases_of(operation, site):
    """Sound ones and unsound ones, at addresses that are made up and at those there are."""
    from schemathesis.generation import GenerationMode

    places = [{}, *_known_places(operation, site)]
    sound = [operation.as_strategy(path_parameters=place or None) for place in places]
    unsound = [
        operation.as_strategy(GenerationMode.NEGATIVE, path_parameters=place or None)
        for place in places
    ]
    return one_of(*sound, *unsound)


def _known_places(operation, site):
    name = {"oracle-opportunity": "key"}.get(operation.path.split("/")[2], "id")
    if f"{{{name}}}" not in operation.path:
        return []
    return [{name: str(known)} for known in site[operation.path.split("/")[2]]]


def _is_told_whole(operation):
    """Whether what is sound by its form has to be taken.

    A text or a body may still be refused for what it says, or for what is in the database: an SA
    who is not there, a query of a saved view that the list would refuse.
    """
    schemas = [parameter.definition["schema"] for parameter in operation.query]
    words = [schema.get("items", schema) for schema in schemas]
    has_texts = any(word.get("type") == "string" and "enum" not in word for word in words)
    return not operation.body and not has_texts


def _checks_of(operation):
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    return {"excluded_checks": [] if _is_told_whole(operation) else [positive_data_acceptance]}


def _failures_of(operation, cases, base_url, headers):
    tried = []

    @how_many()
    @given(case=cases)
    def send(case):
        tried[:] = [case]
        checks = _checks_of(operation)
        case.call_and_validate(base_url=base_url, headers=headers, timeout=30, **checks)

    try:
        send()
    except (Exception, BaseExceptionGroup) as failure:
        inner = getattr(failure, "exceptions", [failure])
        # The last one tried is the one that failures were boiled down to.
        return [f"{operation.label}: {each}\n{tried[0].as_curl_command()}" for each in inner]
    return []
