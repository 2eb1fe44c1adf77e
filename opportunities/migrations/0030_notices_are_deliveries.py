from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table stays for code of the former version, which runs until it is restarted.

    It keeps no row of others from being deleted, and goes with the next version.
    """

    dependencies = [
        ("opportunities", "0029_change_feed"),
        # It carries over what waits.
        ("notifications", "0005_notices_become_rules"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="event",
            field=models.ForeignKey(
                "opportunities.OpportunityEvent",
                on_delete=models.PROTECT,
                related_name="+",
                db_constraint=False,
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="recipient",
            field=models.ForeignKey(
                settings.AUTH_USER_MODEL,
                on_delete=models.CASCADE,
                related_name="+",
                db_constraint=False,
            ),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="Notice")]
        ),
    ]
