"""Whatever Oracle has in a field: every page, list and file that shows it works in every zone."""

import io
from itertools import cycle
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from assessments.tests.factories import in_review
from opportunities.models import Opportunity
from opportunities.tests.admin_clients import administrator
from opportunities.tests.factories import UserFactory
from sync import conf
from sync.ingest.ingest import Ingester
from sync.ingest.upsert import Upsert
from sync.models import RejectedRecord
from sync.tests.builders import oracle_item

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]
ZONES = ("Pacific/Auckland", "America/Los_Angeles")
TEXTS = ("PartyName1", "TargetPartyName", "SalesStage", "Practice_c", "Geo_c", "Sector_c")
MOMENTS = (
    *("0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "1899-12-31T23:59:59Z"),
    *("4712-12-31T00:00:00Z", "9999-12-30T23:59:59.999Z", "9999-12-31T23:59:59Z"),
    "9999-12-31T23:59:59-12:00",
)
DAYS = ("0001-01-01", "0201-05-05", "1899-12-31", "1900-02-28", "4712-12-31", "9999-12-31", None)
AMOUNTS = ("99999999999", "-99999999999", "0.0001", "-0", "0", None)
SHARES = ("999.99", "-999.99", "-5", "250", "0.004", None)
WORDS = (
    *("x" * 255, "🚀" * 255, "e\u0301" * 255, "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "'"),
    *("a\x01b\x1f\x7f\x85", "a\u202eb\u2066c", "a\u2028b\u2029c", "a\r\nb", "\u200b"),
    *("<script>alert(1)</script>", "{{ 7 * 7 }} {% now %}", '"; DROP TABLE', "\ufffe\uffff"),
    *("\U000e0001\U0010ffff", "\ud7ff\ue000", "مرحبا नमस्ते 한국어", "Z\u0351\u036b\u0343A\u0334"),
)
EXTREMES: list[dict[str, Any]] = [
    {
        **dict.fromkeys(("Name", *TEXTS), words),
        **{"CreationDate": moment, "LastUpdateDate": moment, "EffectiveDate": day},
        **{"Revenue": amount, "WinProb": share},
    }
    for words, moment, day, amount, share in zip(
        WORDS, cycle(MOMENTS), cycle(DAYS), cycle(AMOUNTS), cycle(SHARES), strict=False
    )
]


MORE = "opty_number,name,crm_created_at,crm_updated_at,close_date,deal_value,win_probability"
ADDRESSES = (
    *("opportunities?page_size=200", "opportunities?ordering=close_date", "opportunities/sums"),
    *("opportunities?ordering=-crm_updated_at", "opportunities?ordering=crm_updated_at"),
    *("opportunities?close_date_to=1950-01-01", "opportunities?close_date_from=2199-01-01"),
    *("opportunities?search=x", "opportunities/tabs", "opportunities/choices", "dashboard"),
    *("opportunities?ordering=deal_value", "opportunities?ordering=win_probability"),
)


def ingest(*items: dict[str, Any]) -> None:
    ingester = Ingester(conf.field_mapping(), Upsert(log=None))
    ingester.ingest(ingester.parse(items))
    assert not list(RejectedRecord.objects.values_list("field", "reason", "payload"))


@pytest.mark.parametrize("zone", ZONES)
def test_every_list_and_file_shows_every_value(settings: Any, zone: str) -> None:
    settings.TIME_ZONE = zone
    ingest(*(oracle_item(OptyId=1_000 + n, **values) for n, values in enumerate(EXTREMES)))
    browser, count = administrator(), len(EXTREMES)
    for ordering in ("", "?o=1", "?o=-7", "?q=a"):
        assert browser.get(f"/admin/opportunities/opportunity/{ordering}").status_code == 200
    for file in ("csv", "xlsx"):
        whole = body_of(browser, f"/admin/opportunities/opportunity/export/{file}")
        assert whole
        if file == "xlsx":
            assert load_workbook(io.BytesIO(whole)).active.max_row == count + 1
        assert body_of(browser, f"/api/opportunities/export.{file}?columns={MORE}")
    for address in ADDRESSES:
        answer = browser.get(f"/api/{address}")
        assert answer.status_code == 200, (address, answer.content)


@pytest.mark.parametrize("zone", ZONES)
def test_every_page_of_one_deal_shows_every_value(settings: Any, zone: str) -> None:
    settings.TIME_ZONE = zone
    ingest(*(oracle_item(OptyId=1_000 + n) for n, _ in enumerate(EXTREMES)))
    ingest(*(oracle_item(OptyId=1_000 + n, **values) for n, values in enumerate(EXTREMES)))
    browser = administrator()
    for deal in Opportunity.objects.all():
        address = f"/admin/opportunities/opportunity/{deal.pk}/change/"
        assert browser.get(address).status_code == 200, deal.__dict__
        for more in ("", "/events", "/assessment"):
            answer = browser.get(f"/api/opportunities/{deal.pk}{more}")
            assert answer.status_code in (200, 404), (deal.__dict__, more, answer.content)


@pytest.mark.parametrize("zone", ZONES)
def test_a_decision_on_every_value_can_be_printed(settings: Any, zone: str) -> None:
    settings.TIME_ZONE = zone
    browser = Client()
    browser.force_login(UserFactory())
    for values in EXTREMES[:6]:
        deal = in_review()
        ingest(oracle_item(OptyId=int(deal.remote_id), **values))
        for name in ("decision-record", "decision-record.pdf"):
            assert browser.get(f"/opportunities/{deal.pk}/{name}").status_code == 200


def body_of(browser: Client, address: str) -> bytes:
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer)
    return b"".join(answer.streaming_content)
