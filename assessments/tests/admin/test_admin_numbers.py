"""Numbers typed in the admin, with a decimal comma or a point."""

from decimal import Decimal

import pytest
from django.urls import reverse

from assessments.drafts.versions import draft_of
from assessments.models import ScoreBand
from assessments.tests.admin.test_admin_edit_view import mine, opened, sent
from assessments.tests.admin.test_admin_templates import field_of, keeper, page_of
from assessments.tests.factories import draft_template
from opportunities.tests.admin_clients import solution_architect, text_of, typed_in
from opportunities.tests.factories import OpportunityFactory

__all__ = ["keeper"]
pytestmark = pytest.mark.django_db
LIST = reverse("admin:opportunities_opportunity_changelist")


def test_no_form_has_a_number_input_in_which_a_browser_drops_the_comma(keeper):
    browser, deal = mine()
    pages = [keeper.get(page_of(draft_template())), browser.get(LIST)]
    pages.append(browser.get(reverse("admin:assessment_fill", args=[deal.pk])))
    for page in pages:
        assert 'type="number"' not in page.content.decode()


@pytest.mark.parametrize(("typed", "kept"), [("12,5", "12.5"), ("1.234,5", "1234.5")])
def test_a_bid_effort_is_kept_as_it_was_meant(typed, kept):
    browser, deal = mine()
    sent(browser, deal, opened(browser, deal), recorded__bid_effort_days=typed)
    assert draft_of(deal).bid_effort_days == Decimal(kept)


def test_one_that_can_be_read_in_two_ways_is_refused_at_its_field():
    browser, deal = mine()
    answer = sent(browser, deal, opened(browser, deal), recorded__bid_cost="1.234")
    assert answer.status_code == 400
    assert "Bid cost: 1.234 can mean two numbers" in answer.content.decode()
    assert draft_of(deal) is None


def test_the_edge_of_a_band_takes_a_comma(keeper):
    draft = draft_template()
    form = typed_in(keeper, page_of(draft))
    form |= {field_of(form, "-start", "70.0"): "70,5"}
    assert keeper.post(page_of(draft), form).status_code == 302
    assert ScoreBand.objects.filter(template=draft, start="70.5").exists()


def test_the_filter_by_value_reads_a_comma_and_says_what_it_cannot_read():
    OpportunityFactory(deal_value=Decimal("1234.50"), name="Deal of 1234.50")
    OpportunityFactory(deal_value=Decimal("9999.00"), name="Deal of 9999")
    browser = solution_architect()
    found = browser.get(LIST, {"deal_value_to": "1.234,50"})
    assert [deal.name for deal in found.context["cl"].result_list] == ["Deal of 1234.50"]
    unread = text_of(browser.get(LIST, {"deal_value_to": "1.234"}))
    assert "Deal value: 1.234 can mean two numbers" in unread
    assert "Deal of 9999" not in unread
