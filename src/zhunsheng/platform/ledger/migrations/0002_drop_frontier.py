from django.db import migrations, models


class Migration(migrations.Migration):
    """The right edge is proved against the signed root: the frontier need not be kept."""

    dependencies = [("ledger", "0001_log")]

    operations = [
        migrations.AlterField("checkpoint", "frontier", models.BinaryField(max_length=2048, default=bytes)),
        migrations.RemoveField("checkpoint", "frontier"),
    ]
