"""Administrators keep the exchange rates; each change is on record."""

from decimal import Decimal

import pytest

from audit.models import AuditEvent, AuditKind
from bqs.models import ExchangeRate
from opportunities.access.roles import Role
from opportunities.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
URL = "/admin/bqs/exchangerate/"
USD = {"currency": "USD", "rate": "0.92", "valid_from": "2026-11-01", "source": "ECB"}


@pytest.fixture
def admin(client):
    client.force_login(UserFactory(is_staff=True, roles=[Role.ADMINISTRATOR]))
    return client


def faults_of(answer):
    assert answer.status_code == 200
    return answer.context["adminform"].form.errors


def test_a_rate_is_added_and_put_on_record_with_its_source(admin):
    assert admin.post(f"{URL}add/", USD).status_code == 302
    rate = ExchangeRate.objects.get()
    assert (str(rate), rate.source) == ("1 USD = 0.92 EUR", "ECB")
    event = AuditEvent.objects.get(kind=AuditKind.RATE_CHANGED)
    assert (event.details["what"], event.details["rate"]) == ("added", "1 USD = 0.92 EUR")
    assert event.details["since"] == "2026-11-01"


def test_a_deleted_rate_is_on_record_too(admin):
    rate = ExchangeRate.objects.create(currency="USD", rate=Decimal("0.9"), source="ECB")
    admin.post(f"{URL}{rate.pk}/delete/", {"post": "yes"})
    assert not ExchangeRate.objects.exists()
    assert AuditEvent.objects.get(kind=AuditKind.RATE_CHANGED).details["what"] == "deleted"


def test_an_edited_rate_is_on_record_as_it_is_now(admin):
    rate = ExchangeRate.objects.create(currency="USD", rate=Decimal("0.9"), source="ECB")
    shown = admin.get(f"{URL}{rate.pk}/change/").context["page_state"].now
    answer = admin.post(f"{URL}{rate.pk}/change/", {**USD, "rate": "0.95", "as_shown": shown})
    assert answer.status_code == 302
    details = AuditEvent.objects.get(kind=AuditKind.RATE_CHANGED).details
    assert (details["what"], details["rate"]) == ("edited", "1 USD = 0.95 EUR")


@pytest.mark.parametrize(
    ("field", "value"),
    [("rate", "0"), ("rate", "-1"), ("currency", "usd"), ("currency", "EUR"), ("source", "")],
)
def test_what_is_no_rate_is_refused_at_its_field(admin, field, value):
    assert [*faults_of(admin.post(f"{URL}add/", {**USD, field: value}))] == [field]


def test_two_rates_from_one_day_on_are_refused(admin):
    admin.post(f"{URL}add/", USD)
    answer = admin.post(f"{URL}add/", USD)
    assert "There is a rate of this currency from this day on." in answer.content.decode()
    assert ExchangeRate.objects.count() == 1


@pytest.mark.parametrize("role", [Role.BID_MANAGER, Role.AUDITOR])
def test_others_do_not_write_them(client, role):
    client.force_login(UserFactory(is_staff=True, roles=[role]))
    assert client.post(f"{URL}add/", USD).status_code == 403
