"""Let review comments be replied to and settled, and keep replies as comments are kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F

from audit.triggers import keep, let_go

FORMER, THREADS, REPLIES = (
    "assessment_review_comments",
    "assessment_review_threads",
    "assessment_review_replies",
)
MOVING = ("state", "settled_by_id", "settled_at")


def let_comments_go(apps, schema_editor):
    let_go(schema_editor, FORMER)


def keep_comments(apps, schema_editor):
    keep(schema_editor, FORMER)


def keep_threads(apps, schema_editor):
    keep(schema_editor, THREADS, free=MOVING)
    keep(schema_editor, REPLIES)


def let_threads_go(apps, schema_editor):
    let_go(schema_editor, THREADS, REPLIES)


def settle_decided(apps, schema_editor):
    """Nobody settled comments before; on what is decided, they are no longer asked."""
    threads = apps.get_model("assessments", "ReviewThread").objects
    decided = threads.exclude(assessment__opportunity__decision="NONE")
    decided.update(state="SETTLED", settled_at=F("at"))


def person(**options):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        **options,
    )


STATES = [("OPEN", "Open"), ("ADDRESSED", "Addressed"), ("SETTLED", "Settled")]


class Migration(migrations.Migration):
    dependencies = [("assessments", "0011_yes_is_always_good")]

    operations = [
        migrations.RunPython(let_comments_go, keep_comments),
        migrations.RenameModel("ReviewComment", "ReviewThread"),
        migrations.AlterModelTable("reviewthread", THREADS),
        migrations.AlterField(
            "reviewthread",
            "assessment",
            models.ForeignKey(
                help_text="The version it was raised on.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="review_threads",
                to="assessments.assessment",
            ),
        ),
        migrations.AddField(
            "reviewthread",
            "state",
            models.CharField(choices=STATES, default="OPEN", max_length=9),
        ),
        migrations.AddField("reviewthread", "settled_by", person(null=True)),
        migrations.AddField("reviewthread", "settled_at", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="ReviewReply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("author", person()),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="assessments.reviewthread",
                    ),
                ),
            ],
            options={"db_table": REPLIES, "ordering": ["id"]},
        ),
        migrations.RunPython(settle_decided, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(keep_threads, let_threads_go),
    ]
