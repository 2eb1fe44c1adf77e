import io
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils.html import strip_tags
from pypdf import PdfReader

from assessments.decisions.conditions import condition_settle, conditions_of
from assessments.drafts.templates import template_activate
from assessments.models import ConditionState, Decision
from assessments.tests.factories import (
    IN_2099,
    SCREEN,
    architect,
    assigned,
    bid_manager,
    complete,
    draft_template,
    in_review,
    lead,
    rated,
    ratings,
    save,
)
from audit.models import AuditEvent
from audit.sealing import head_of, seal
from opportunities.domain.states import Action
from opportunities.models import Opportunity
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.workflow.transitions import apply_transition

pytestmark = pytest.mark.django_db
NO_BID = {"reason_code": "LOW_RETURN", "reason": "Not for this margin"}


def reader(user=None):
    browser = Client()
    browser.force_login(user or UserFactory())
    return browser


def page_of(deal, decision=None, browser=None):
    query = f"?decision={decision.pk}" if decision else ""
    answer = (browser or reader()).get(f"/opportunities/{deal.pk}/decision-record{query}")
    assert answer.status_code == 200
    return " ".join(strip_tags(answer.content.decode().replace("<", " <")).split())


def pdf_of(deal):
    answer = reader().get(f"/opportunities/{deal.pk}/decision-record.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert f"decision-record-{deal.opty_number.lower()}.pdf" in answer["Content-Disposition"]
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def declined():
    """With a gate at 0, something unknown, and all that can be recorded."""
    deal = assigned(
        to=architect(first_name="Ελένη", last_name="Παππά"),
        name="Ανανέωση δικτύου",
        customer="Żabka Sjövägen",
        extra={"Sector": "Rail"},
    )
    answers = ratings(4) | {
        "FIT": rated(0, "Планировщика нет"),
        "COMP": {"kind": "UNKNOWN", "comment": "Ask sales by Friday"},
    }
    complete(
        deal,
        answers,
        recommendation="CONDITIONAL",
        sa_reason="A partner may come",
        competitors=[{"name": "Rival", "strength": "Incumbent", "weakness": "Slow"}],
        bid_effort_days="34.5",
        bid_cost="41000",
        bid_cost_currency="EUR",
        customer_deadline_on="2099-01-15",
        open_risks="Data migration",
        lessons="Test early",
        sales_owner_view="They like us",
    )
    deal = apply_transition(deal, Action.SUBMIT, by=deal.assigned_sa, **SCREEN)
    decider = bid_manager(first_name="Людмила", last_name="Їжак")
    return apply_transition(deal, Action.DECIDE_NO_BID, by=decider, **NO_BID, **SCREEN)


EVERYTHING = [
    "Decision: No bid", "Людмила Їжак", "Margin too thin for the effort", "Not for this margin",
    "Ανανέωση δικτύου", "Żabka Sjövägen", "EUR 100,000", "40%", "31 Mar 2027", "Cloud", "EMEA",
    "Proposal", "Ana Silva", "Rail", "60.0, up to 70.0", "Ελένη Παππά", "version 1",
    "Standard bid qualification", "A partner may come", "Conditional, confidence high",
    "Gate FIT (Solution fit) is rated 0: No bid at most.", "Need and urgency",
    "A must-have cannot be met by anyone we can engage", "Планировщика нет", "Unknown",
    "Ask sales by Friday", "Is it worth winning?", "We are allowed to bid", "Rival", "Incumbent",
    "Slow", "34.5 person-days", "EUR 41,000", "15 Jan 2099", "Data migration", "Test early",
    "They like us",
]  # fmt: skip


@pytest.mark.parametrize("shown", [page_of, pdf_of])
def test_page_and_pdf_say_everything_the_decision_stands_on(shown):
    text = shown(declined())
    assert [each for each in EVERYTHING if each not in text] == []


def test_page_and_pdf_print_the_seal_of_the_deal():
    deal = declined()
    assert "Not sealed yet" in page_of(deal)
    seal()
    printed = f"Seal {head_of(deal.remote_id).chain_hash[:16]}, "
    assert printed in page_of(deal)
    assert printed in pdf_of(deal)
    assert AuditEvent.objects.get(kind="export.made").details["format"] == "pdf"


@pytest.mark.parametrize("shown", [page_of, pdf_of])
def test_it_shows_who_wrote_what_for_whom(shown):
    sa = architect(first_name="Sam", last_name="Okafor")
    deal = assigned(to=sa)
    complete(deal)
    lena = lead(first_name="Lena", last_name="Brandt")
    save(deal, lena, recorded={"open_risks": "Data"}, answers={"CAP": rated(1)})
    save(deal, sa, answers={"CAP": rated(2)})
    deal = apply_transition(deal, Action.SUBMIT, by=sa, **SCREEN)
    text = shown(deal)
    assert "Lena Brandt, on behalf of Sam Okafor CAP (rewritten); Open risks" in text
    assert "Sam Okafor NEED; FUND; FIT; CAP (rewritten); CAP; RISK" in text
    assert "REDLINE; SA" in text


@pytest.mark.parametrize("shown", [page_of, pdf_of])
def test_an_override_is_marked(shown):
    deal = in_review()
    apply_transition(
        deal, Action.APPROVE, by=lead(), reason_code="COMMITMENT", reason="Our word", **SCREEN
    )
    assert "override" in shown(deal).lower()
    assert "Commitment to the customer or a partner" in shown(deal)


@pytest.mark.parametrize("shown", [page_of, pdf_of])
def test_conditions_stand_there_with_owner_date_and_state(shown):
    deal = in_review()
    owner = lead(first_name="Mei", last_name="Lin")
    apply_transition(
        deal,
        Action.APPROVE_WITH_CONDITIONS,
        by=owner,
        params={"conditions": [{"text": "Partner signs", "owner": owner, "due_on": IN_2099}]},
        **SCREEN,
    )
    settled = {"state": ConditionState.WAIVED, "reason": "Bought instead"}
    condition_settle(condition=conditions_of(deal)[0], by=owner, **settled, **SCREEN)
    apply_transition(deal, Action.CONDITIONS_MET, by=owner, **SCREEN)
    text = shown(deal)
    for expected in ("Decision: Bid", "Partner signs", "Mei Lin", "4 Jan 2099", "Bought instead"):
        assert expected in text


def test_what_the_crm_says_later_changes_nothing():
    deal = declined()
    Opportunity.objects.update(customer="Renamed", deal_value=1, sales_owner=None)
    assert "Żabka Sjövägen" in page_of(deal)
    assert "Renamed" not in page_of(deal)


def test_what_the_template_becomes_later_changes_nothing():
    deal = declined()
    newer = draft_template()
    newer.knockouts.update(text="Another check")
    template_activate(template=newer)
    assert "Another check" not in page_of(deal)
    assert "We are allowed to bid" in page_of(deal)


def test_an_earlier_decision_keeps_its_record():
    deal = declined()
    first = Decision.objects.get()
    apply_transition(deal, Action.REQUALIFY, by=lead(), reason="New scope", **SCREEN)
    apply_transition(deal, Action.QUICK_NO_BID, by=lead(), **NO_BID, **SCREEN)
    assert "Without scoring" in page_of(deal)
    assert "60.0, up to 70.0" in page_of(deal, first)


@pytest.mark.parametrize("shown", [page_of, pdf_of])
def test_what_waits_for_a_decision_says_so(shown):
    assert "waiting for a decision" in shown(in_review()).lower()


@pytest.mark.parametrize("shown", [page_of, pdf_of])
def test_where_nothing_happened_yet_it_says_so(shown):
    text = shown(OpportunityFactory(deal_value=None, close_date=None, customer=None, extra={}))
    assert "Nothing has been submitted" in text


@pytest.mark.parametrize("shown", [page_of, pdf_of])
def test_odd_characters_break_nothing(shown):
    deal = OpportunityFactory(
        name="Tabs\tand \x0bbells \u202e 報告 🚄 <b>bold</b>\nlines " + "x" * 400
    )
    assert "bells" in shown(deal)


def test_a_text_of_a_person_is_not_taken_for_markup():
    deal = OpportunityFactory(name="<script>alert(1)</script>")
    answer = reader().get(f"/opportunities/{deal.pk}/decision-record")
    assert b"<script>" not in answer.content


def test_all_decisions_are_listed_the_newest_first():
    deal = declined()
    apply_transition(deal, Action.REQUALIFY, by=lead(), reason="New scope", **SCREEN)
    apply_transition(deal, Action.QUICK_NO_BID, by=lead(), **NO_BID, **SCREEN)
    history = page_of(deal).split("All decisions on this opportunity")[1]
    assert history.index("Quick no bid") < history.index("No bid, version 1, 60.0")


@pytest.mark.parametrize("end", ["", ".pdf"])
def test_nobody_reads_it_without_signing_in(end):
    answer = Client().get(f"/opportunities/{OpportunityFactory().pk}/decision-record{end}")
    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/login/")


@pytest.mark.parametrize("end", ["", ".pdf"])
def test_what_is_out_of_sight_is_not_there(end, settings):
    settings.RESTRICT_VISIBILITY = True
    address = f"/opportunities/{OpportunityFactory().pk}/decision-record{end}"
    assert reader(architect(practices=["Data"])).get(address).status_code == 404
    assert reader(architect(practices=["Cloud"])).get(address).status_code == 200


@pytest.mark.parametrize("end", ["", ".pdf"])
def test_a_decision_of_another_opportunity_is_not_there(end):
    declined()
    other = OpportunityFactory()
    query = f"?decision={Decision.objects.get().pk}"
    address = f"/opportunities/{other.pk}/decision-record{end}{query}"
    assert reader().get(address).status_code == 404
    nonsense = f"/opportunities/{other.pk}/decision-record{end}?decision=x"
    assert reader().get(nonsense).status_code == 404


def test_a_record_lists_what_was_attached_when_it_was_decided():
    deal, person = declined(), lead()
    decided_at = Decision.objects.get().decided_at
    before, after = decided_at - timedelta(days=1), decided_at + timedelta(days=1)
    for name, added_at, removed_at in (
        ("Offer.pdf", before, after),
        ("Late.pdf", after, None),
        ("Gone.pdf", before, before),
    ):
        deal.attachments.create(
            name=name, sha256="ab" * 32, added_by=person, added_at=added_at, removed_at=removed_at
        )
    for text in (page_of(deal), pdf_of(deal)):
        assert "Offer.pdf" in text
        assert "abababab" in text
        assert "Late.pdf" not in text
        assert "Gone.pdf" not in text


def test_a_record_takes_a_fixed_number_of_queries(django_assert_max_num_queries):
    deal, browser = declined(), reader()
    page_of(deal, browser=browser)  # The first one also notes the session.
    with django_assert_max_num_queries(18):
        page_of(deal, browser=browser)


def test_times_carry_their_zone():
    at = datetime.now(tz=UTC)
    assert f"{at.day} {at:%b %Y}, " in page_of(OpportunityFactory())
    assert " UTC" in page_of(OpportunityFactory())
