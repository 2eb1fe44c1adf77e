import logging
from unittest import mock

import pytest
from django.core import mail
from django.db import transaction

from opportunities.models import Profile
from opportunities.roles import Role
from opportunities.tests.factories import UserFactory
from opportunities.tests.workflow_scene import bid_manager, deal, lead, moved, sa
from opportunities.workflow import Action, WorkflowStatus

pytestmark = pytest.mark.django_db
S = WorkflowStatus


@pytest.fixture
def tell(django_capture_on_commit_callbacks):
    """Move, let the transaction end, and give the addresses that got a mail."""

    def tell(opportunity, action, by, **said):
        with django_capture_on_commit_callbacks(execute=True):
            moved(opportunity, action, by, **said)
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
    tell(opportunity, Action.ASSIGN, head, params={"assignee": named(sa, "sa")})
    (message,) = mail.outbox
    assert message.subject == f"Assigned to you: {opportunity.opty_number} Cloud move & more"
    assert "Customer: Rail <AG>" in message.body
    assert "Assign by Ada Lovelace, now Assigned." in message.body
    assert (
        f"http://localhost:8000/admin/opportunities/opportunity/{opportunity.pk}/" in message.body
    )


def test_who_does_it_gets_no_mail_of_it(tell):
    both = named(UserFactory, "me", roles=["SA", "Bid manager"])
    assert tell(deal(), Action.ASSIGN, both, params={"assignee": both}) == set()


def test_a_kind_of_notice_can_be_switched_off(tell, settings):
    settings.NOTICES = ["decision"]
    opportunity = deal(S.IN_REVIEW, **people())
    assert tell(opportunity, Action.RETURN, bid_manager()) == set()


def test_a_person_can_switch_them_off(tell):
    person = named(sa, "sa")
    Profile.objects.create(user=person, wants_notices=False)
    assert tell(deal(), Action.ASSIGN, lead(), params={"assignee": person}) == set()


def test_no_mail_goes_to_who_left_or_has_no_address(tell):
    gone = deal(S.IN_REVIEW, assigned_sa=named(sa, "gone", is_active=False))
    assert tell(gone, Action.RETURN, bid_manager()) == set()
    assert tell(deal(S.IN_REVIEW), Action.RETURN, bid_manager()) == set()


def test_a_mail_server_that_fails_breaks_nothing(tell, caplog):
    opportunity = deal(S.IN_REVIEW, **people())
    with (
        mock.patch("django.core.mail.backends.locmem.EmailBackend.send_messages") as send,
        caplog.at_level(logging.ERROR),
    ):
        send.side_effect = ConnectionRefusedError
        tell(opportunity, Action.APPROVE, bid_manager())
    opportunity.refresh_from_db()
    assert opportunity.decision == "BID"
    assert "could not be sent" in caplog.text


def test_what_is_taken_back_is_not_told(tell):
    with pytest.raises(ZeroDivisionError):
        _move_and_fail(deal(S.IN_REVIEW, **people()))
    assert mail.outbox == []


def _move_and_fail(opportunity):
    with transaction.atomic():
        moved(opportunity, Action.APPROVE, bid_manager())
        raise ZeroDivisionError
