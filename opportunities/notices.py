"""E-mail to the people an event concerns."""

import logging

from opportunities.models import OpportunityEvent

log = logging.getLogger(__name__)


def tell(*events: OpportunityEvent) -> None:
    """Filled in by the next commits."""
