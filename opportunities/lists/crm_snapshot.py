"""Copy what the CRM says of an opportunity, as a record keeps it."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from opportunities.models import Opportunity


def crm_facts(opportunity: Opportunity) -> dict[str, Any]:
    """Return CRM field -> value as JSON has it: decimals as texts, times as ISO 8601."""
    facts = {name: getattr(opportunity, name) for name in Opportunity.CRM_FIELDS}
    facts["last_synced_at"] = opportunity.last_synced_at
    return dict(json.loads(json.dumps(facts, cls=DjangoJSONEncoder)))
