"""Nobody may anything that a right does not let them: the table of docs/rights.md is what is so."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory, force_authenticate
from rest_framework.views import APIView

from bqs.api.problems import NoSuchEndpoint
from bqs.management.commands.rights import endpoints, rights_of_groups
from bqs.tests import api_walk
from bqs.tests.every_page import close_file
from opportunities.access.roles import Role
from opportunities.api.rights import OWN, PUBLIC, HoldsRight, right_of
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory, group_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
NO_ROLE = "No role"
TABLE = Path(settings.BASE_DIR) / "docs" / "rights.md"


def someone_of(role):
    return UserFactory(roles=[role]) if role != NO_ROLE else UserFactory(reads=False)


def test_every_view_names_a_right_that_there_is_for_each_of_its_methods():
    known = {f"{p.content_type.app_label}.{p.codename}" for p in Permission.objects.all()}
    for endpoint in api_walk.endpoints():
        if endpoint.view is NoSuchEndpoint:
            continue
        assert endpoint.view.permission_classes == [HoldsRight], endpoint
        for method in endpoint.methods:
            right = right_of(endpoint.view, method.upper())
            assert right in known | {OWN, PUBLIC}, (method, endpoint)


class NamesNone(APIView):
    def get(self, request):
        return Response("let in")


def test_what_names_no_right_lets_nobody_in():
    request = APIRequestFactory().get("/")
    force_authenticate(request, UserFactory(roles=Role.values))
    assert NamesNone.as_view()(request).status_code == 403


def test_the_table_in_the_docs_is_made_from_the_code():
    for role in Role.values:
        group_of(role)
    made = StringIO()
    call_command("rights", stdout=made)
    assert TABLE.read_text() == made.getvalue(), (
        "Write it anew: python manage.py rights > docs/rights.md"
    )


def is_refused(client, method, path):
    """What is lacking in the body is asked after the right: nothing is done."""
    address = re.sub(r"\{\w+\}", "1", path)
    body = {} if method in ("GET", "DELETE") else {"nonsense": True}
    answer = getattr(client, method.lower())(address, body)
    close_file(answer)
    assert answer.status_code != 401, path
    return answer.status_code == 403 and answer.json()["code"] == "no_right"


@pytest.mark.parametrize("role", [NO_ROLE, *Role.values])
def test_each_role_may_send_what_the_table_says_and_nothing_else(role, settings):
    settings.ORACLE_BASE_URL = ""
    person = someone_of(role)
    held = rights_of_groups()[role]
    client = client_of(person)
    for each in endpoints():
        assert is_refused(client, each.method, each.path) != each.is_for(held), each


def test_who_has_no_role_is_told_whom_to_ask():
    answer = client_of(UserFactory(reads=False)).get("/api/opportunities")
    assert answer.json()["detail"] == "Your account has no role yet. Ask an administrator."


@pytest.mark.parametrize("take", ["the group", "the permission"])
def test_what_is_taken_away_is_gone_at_once_everywhere(client, take):
    deal = OpportunityFactory()
    person = UserFactory(roles=[Role.BID_MANAGER], is_staff=True)
    client.force_login(person)
    addresses = [
        f"/api/opportunities/{deal.pk}",
        "/api/opportunities/export.csv",
        f"/admin/opportunities/opportunity/{deal.pk}/change/",
        "/admin/opportunities/opportunity/",
        f"/opportunities/{deal.pk}/decision-record",
        f"/opportunities/{deal.pk}/decision-record.pdf",
    ]
    assert {client.get(each).status_code for each in addresses} == {200}
    if take == "the group":
        person.groups.clear()
    else:
        rights = Permission.objects.filter(content_type__app_label__in=["opportunities"])
        Group.objects.get(name=Role.BID_MANAGER).permissions.remove(*rights)
    assert {client.get(each).status_code for each in addresses} <= {403, 404}
