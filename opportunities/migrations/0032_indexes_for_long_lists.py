"""Make indexes for lists and figures of a million opportunities, while people go on.

Those of columns that few rows have cost a sync nothing. One that was not finished is made anew.
"""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class AddIndex(AddIndexConcurrently):
    def database_forwards(self, app_label, editor, from_state, to_state):
        if editor.connection.vendor != "postgresql":
            return migrations.AddIndex.database_forwards(self, app_label, editor, from_state, to_state)
        # It waits for who writes, and nobody for it.
        editor.execute("SET lock_timeout = 0")
        editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {self.index.name}")
        super().database_forwards(app_label, editor, from_state, to_state)
        editor.execute("RESET lock_timeout")

    def database_backwards(self, app_label, editor, from_state, to_state):
        kind = AddIndexConcurrently if editor.connection.vendor == "postgresql" else migrations.AddIndex
        kind.database_backwards(self, app_label, editor, from_state, to_state)


class RemoveIndex(RemoveIndexConcurrently):
    def database_forwards(self, app_label, editor, from_state, to_state):
        kind = RemoveIndexConcurrently if editor.connection.vendor == "postgresql" else migrations.RemoveIndex
        kind.database_forwards(self, app_label, editor, from_state, to_state)

    def database_backwards(self, app_label, editor, from_state, to_state):
        kind = RemoveIndexConcurrently if editor.connection.vendor == "postgresql" else migrations.RemoveIndex
        kind.database_backwards(self, app_label, editor, from_state, to_state)


def held(name, *columns):
    """Index the rows that have the first of these."""
    there = models.Q(**{f"{columns[0]}__isnull": False})
    return models.Index(fields=columns, condition=there, name=name)


ADDED = (
    models.Index(
        fields=[
            *("workflow_status", "due_at", "removed_in_crm_at", "status_entered_at"),
            *("first_seen_at", "assigned_sa"),
        ],
        name="opp_in_state",
    ),
    models.Index(fields=["deal_value", "id"], name="opp_by_value"),
    models.Index(fields=["close_date", "id"], name="opp_by_close_date"),
    held("opp_by_score", "score", "id"),
    held("opp_by_bid_due", "bid_due_on", "id"),
    held("opp_assigned", "assigned_at"),
    held("opp_answered", "first_assessment_at"),
    held("opp_submitted", "submitted_at"),
    held("opp_decided", "decided_at"),
    models.Index(
        fields=["id"],
        condition=models.Q(needs_requalification=True) | models.Q(is_reopened=True),
        name="opp_flagged",
    ),
    models.Index(
        fields=["status_entered_at"],
        condition=models.Q(
            status_before_close__in=[
                *("ASSIGNED", "IN_ASSESSMENT", "RETURNED", "IN_REVIEW", "CONDITIONAL", "ON_HOLD"),
            ]
        ),
        name="opp_closed_work",
    ),
)
REMOVED = ("opp_workflow_close", "opp_deal_value", "opp_close_date")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("opportunities", "0031_preferences_have_the_switch")]
    operations = [
        *(AddIndex("opportunity", index) for index in ADDED),
        *(RemoveIndex("opportunity", name) for name in REMOVED),
    ]
