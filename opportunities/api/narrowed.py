"""The rows that a kept query of the list brings."""

from typing import Any

from django.http import QueryDict
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from opportunities.api.filters import OpportunityFilter
from opportunities.models import Opportunity
from opportunities.querysets import OpportunityQuerySet
from opportunities.roles import standing_of


def rows_of(query: str, request: Request) -> OpportunityQuerySet:
    """Those this person sees of them.

    Raises: ValidationError, for what the list would refuse.
    """
    user: Any = request.user
    rows = Opportunity.objects.visible_to(standing_of(user)).for_api(user)
    narrowed = OpportunityFilter(QueryDict(query.removeprefix("?")), rows, request=request)
    if not narrowed.is_valid():
        faults: Any = narrowed.errors
        raise ValidationError([f"{name}: {' '.join(each)}" for name, each in faults.items()])
    found: OpportunityQuerySet = narrowed.qs
    return found
