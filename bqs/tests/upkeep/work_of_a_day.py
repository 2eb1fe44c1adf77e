"""Leave in a database what people do in a day: comments, decisions, and seals over them."""

from django.contrib.auth.models import User

from assessments.tests.factories import SCREEN, bid_manager
from audit.sealing import seal
from opportunities.domain.states import Action
from opportunities.models import Opportunity
from opportunities.workflow.services import opportunity_comment
from opportunities.workflow.transitions import apply_transition

NO = {"reason_code": "OFF_STRATEGY", "reason": "Nichts für uns"}


def work(deals: int = 5) -> None:
    manager = bid_manager(username=f"manager-{User.objects.count()}")
    for deal in Opportunity.objects.filter(workflow_status="NEW").order_by("pk")[:deals]:
        opportunity_comment(opportunity=deal, by=manager, text="Größe: 5 Mio.", **SCREEN)
        apply_transition(deal, Action.QUICK_NO_BID, by=manager, **NO, **SCREEN)
    seal()
