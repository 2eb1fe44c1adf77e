"""Note the last change of submitted versions, decisions and conditions for the change feed."""

from django.db import migrations

from opportunities.feed.triggers import Followed, follow, leave

# Blank where a whole deal is deleted at once, its row first.
OF_ITS_DEAL = "coalesce((SELECT remote_id FROM opportunities WHERE id = {row}.opportunity_id), '')"
OF_ITS_DECISION = (
    "coalesce((SELECT remote_id FROM opportunities WHERE id = "
    "(SELECT opportunity_id FROM assessment_decisions WHERE id = {row}.decision_id)), '')"
)
FOLLOWED = (
    Followed("assessments", "assessment", OF_ITS_DEAL, only="{row}.submitted_at IS NOT NULL"),
    Followed("assessment_decisions", "decision", OF_ITS_DEAL),
    Followed("assessment_conditions", "condition", OF_ITS_DECISION),
)


def follow_tables(apps, schema_editor):
    for each in FOLLOWED:
        follow(schema_editor, each)


def leave_tables(apps, schema_editor):
    for each in FOLLOWED:
        leave(schema_editor, each)


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0012_review_comments_are_threads"),
        ("opportunities", "0029_change_feed"),
    ]

    operations = [migrations.RunPython(follow_tables, leave_tables)]
