import re

import pytest
from django.core import mail
from django.db import transaction

from notifications.models import Preferences, Rule
from opportunities.access.roles import Role
from opportunities.domain.states import Action, WorkflowStatus
from opportunities.history.audit_trail import write_events
from opportunities.models import Channel, NonTransitionEvent, OpportunityEvent
from opportunities.tests.factories import UserFactory
from opportunities.tests.workflow_scene import bid_manager, deal, lead, moved, sa
from outbox.delivering import deliver_due
from outbox.expanding import expand_due


def send_waiting():
    expand_due()
    return deliver_due()


pytestmark = pytest.mark.django_db
S = WorkflowStatus


@pytest.fixture
def tell():
    """Move, send what waits, and give the addresses that got a mail."""

    def tell(opportunity, action, by, **payload):
        moved(opportunity, action, by, **payload)
        send_waiting()
        return {address for message in mail.outbox for address in message.to}

    return tell


def named(make, name, **more):
    return make(email=f"{name}@example.com", **more)


def people():
    """A deal's SA, lead and sales owner, each with an address."""
    named(lead, "lead")
    UserFactory(email="ana@example.com", roles=[Role.SALES_OWNER], crm_owner_name="ana silva")
    return {"assigned_sa": named(sa, "sa"), "sales_owner": "Ana Silva"}


@pytest.mark.parametrize(
    ("status", "action", "told"),
    [
        (S.ASSIGNED, Action.DECLINE, {"lead"}),
        (S.IN_REVIEW, Action.RETURN, {"sa"}),
        (S.IN_REVIEW, Action.APPROVE, {"sa"}),
        (S.IN_REVIEW, Action.APPROVE_WITH_CONDITIONS, {"sa"}),
        (S.CONDITIONAL, Action.CONDITIONS_MET, {"sa"}),
        (S.IN_REVIEW, Action.DECIDE_NO_BID, {"sa", "ana"}),
        (S.ASSIGNED, Action.QUICK_NO_BID, {"sa", "ana"}),
        (S.CONDITIONAL, Action.CONDITIONS_FAILED, {"sa", "ana"}),
        (S.APPROVED, Action.REQUALIFY, {"sa"}),
        (S.ASSIGNED, Action.START, set()),
        (S.ASSIGNED, Action.HOLD, set()),
    ],
)
def test_those_concerned_are_told(tell, status, action, told):
    opportunity = deal(status, **people())
    by_sa = action in (Action.DECLINE, Action.START)
    addresses = tell(opportunity, action, opportunity.assigned_sa if by_sa else bid_manager())
    assert addresses == {f"{name}@example.com" for name in told}


def test_an_assignment_tells_what_where_and_by_whom(tell):
    opportunity = deal(name="Cloud\nmove & more", customer="Rail <AG>")
    head = lead(first_name="Ada", last_name="Lovelace")
    mate = named(sa, "sa", first_name="Sam", last_name="Kim")
    tell(opportunity, Action.ASSIGN, head, params={"assignee": mate})
    (message,) = mail.outbox
    assert message.subject == f"Assigned to you: {opportunity.opty_number} Cloud move & more"
    assert "Hello Sam Kim," in message.body
    assert "Assign, by Ada Lovelace, " in message.body
    assert "Customer: Rail <AG>" in message.body
    assert "State: Assigned (before: New)\nSA: Sam Kim\n" in message.body


def test_words_dates_and_amounts_are_written_as_people_write_them(tell):
    opportunity = deal(S.IN_REVIEW, **people())
    event = OpportunityEvent(
        opportunity=opportunity,
        action=NonTransitionEvent.CRM_CHANGE,
        from_status=S.IN_REVIEW,
        to_status=S.IN_REVIEW,
        changes={"deal_value": ["1250000.00", "2500000.00"], "close_date": [None, "2027-03-31"]},
        channel=Channel.SYNC,
    )
    write_events([event])
    send_waiting()
    body = mail.outbox[0].body
    assert "2,500,000 (before: 1,250,000)" in body
    assert "Close date: 31 Mar 2027\n" in body
    assert "by the sync" in body
    assert not re.search(r"[a-z]_[a-z]|None|->|NONE", body)


def test_the_link_leads_to_the_deal_in_the_app_and_the_html_says_the_same(tell, settings):
    settings.SITE_URL = "https://bqs.example"
    opportunity = deal(customer="Rail <AG>")
    reader = named(sa, "sa", is_staff=True)
    tell(opportunity, Action.ASSIGN, lead(), params={"assignee": reader})
    (message,) = mail.outbox
    address = f"https://bqs.example/opportunities/{opportunity.pk}"
    assert f"\n{address}\n" in message.body
    ((html, mimetype),) = message.alternatives
    assert mimetype == "text/html"
    assert f'href="{address}"' in html
    assert "<td>Rail &lt;AG&gt;</td>" in html


def test_a_reason_is_told_in_words_not_by_its_code(tell):
    tell(deal(S.IN_REVIEW, **people()), Action.DECIDE_NO_BID, bid_manager())
    assert "\nAnother reason, in the text: Because.\n" in mail.outbox[0].body


def test_who_does_it_gets_no_mail_of_it(tell):
    both = named(UserFactory, "me", roles=["SA", "Bid manager"])
    assert tell(deal(), Action.ASSIGN, both, params={"assignee": both}) == set()


def test_a_rule_can_be_switched_off(tell):
    Rule.objects.exclude(name="Decided").update(is_active=False)
    opportunity = deal(S.IN_REVIEW, **people())
    assert tell(opportunity, Action.RETURN, bid_manager()) == set()


def test_a_person_can_switch_them_off(tell):
    person = named(sa, "sa")
    Preferences.objects.create(user=person, channels_off=["mail"])
    assert tell(deal(), Action.ASSIGN, lead(), params={"assignee": person}) == set()


def test_no_mail_goes_to_who_left_or_has_no_address(tell):
    gone = deal(S.IN_REVIEW, assigned_sa=named(sa, "gone", is_active=False))
    assert tell(gone, Action.RETURN, bid_manager()) == set()
    assert tell(deal(S.IN_REVIEW), Action.RETURN, bid_manager()) == set()


def test_what_is_taken_back_is_not_told(tell):
    with pytest.raises(ZeroDivisionError):
        _move_and_fail(deal(S.IN_REVIEW, **people()))
    send_waiting()
    assert mail.outbox == []


def _move_and_fail(opportunity):
    with transaction.atomic():
        moved(opportunity, Action.APPROVE, bid_manager())
        raise ZeroDivisionError
