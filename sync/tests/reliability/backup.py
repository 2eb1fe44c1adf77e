"""A copy of all that a sync has written, to go back to as from an old backup."""

from typing import Any

from django.db import models

from opportunities.models import Opportunity
from sync.models import OpportunityChange, RejectedRecord, SyncLog

TABLES: tuple[type[models.Model], ...] = (Opportunity, SyncLog, OpportunityChange, RejectedRecord)
Backup = dict[type[models.Model], list[Any]]


def backup(*tables: type[models.Model]) -> Backup:
    return {model: [*model._default_manager.all()] for model in tables or TABLES}


def restore(copy: Backup) -> None:
    """Put these tables back to what they were; others stay as they are."""
    for model in reversed(copy):
        model._default_manager.all().delete()
    for model, rows in copy.items():
        model._default_manager.bulk_create(rows)
