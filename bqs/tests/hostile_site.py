"""A site with something of every kind, and one browser that sends what nobody should."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from accounts.models import SavedView
from accounts.tokens.tokens import issue_token
from assessments.models import AssessmentTemplate
from assessments.tests.factories import in_assessment, in_review
from opportunities.access.roles import Role
from opportunities.tests.factories import UserFactory
from sync.tests.factories import RejectedRecordFactory, SyncLogFactory


class HostileSite:
    """Keeps every answer of 500 and above; what a request changed is taken back at once."""

    def __init__(self) -> None:
        self.user = UserFactory(
            is_staff=True, is_superuser=True, roles=[*Role], practices=["Cloud"], leads=["Data"]
        )
        deals = [in_review(), in_assessment()]
        run, view = SyncLogFactory(), SavedView.objects.create(owner=self.user, name="Mine")
        RejectedRecordFactory(sync_log=run)
        token, _ = issue_token(self.user, "Another")
        self.keys = {
            "assessment-templates": AssessmentTemplate.objects.get().pk,
            "opportunities": deals[0].pk,
            "oracle-opportunity": deals[0].remote_id,
            "saved-views": view.pk,
            "sync-history": run.pk,
            "tokens": token.pk,
        }
        self.browser = Client(raise_request_exception=False)
        self.browser.force_login(self.user)
        self.failures: list[str] = []

    def send(self, method: str, address: str, told: str, **more: Any) -> HttpResponse:
        with transaction.atomic():
            answer = self.browser.generic(method, address, **more)
            if answer.streaming:
                b"".join(answer.streaming_content)
            transaction.set_rollback(True)
        # 503 says that something else, such as a sync, does not run.
        if answer.status_code >= 500 and answer.status_code != 503:
            self.failures.append(f"{answer.status_code} {method} {address[:200]} {told}")
        return answer

    def request(self) -> HttpRequest:
        """As this person sends it, for what asks who that is."""
        request = RequestFactory().get("/")
        request.user = self.user
        return request

    def ask(self, address: str, names: list[str], value: str, told: str) -> None:
        """All parameters at once; then without those that refuse it, so that the others count."""
        while names:
            query = "&".join(f"{name}={value}" for name in names)
            answer = self.send("GET", f"{address}?{query}", f"{told}: {', '.join(names)}"[:300])
            refused = refused_by(answer)
            left = [name for name in names if name not in refused]
            names = left if len(left) < len(names) else []


def refused_by(answer: HttpResponse) -> set[str]:
    """The parameters that a problem of the API names."""
    if answer.headers.get("Content-Type") != "application/problem+json":
        return set()
    return {each["field"].split(".")[0] for each in answer.json().get("errors", [])}
