from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_tokens_end_and_have_scopes")]
    operations = [
        migrations.AlterField("apitoken", "expires_at", models.DateTimeField()),
    ]
