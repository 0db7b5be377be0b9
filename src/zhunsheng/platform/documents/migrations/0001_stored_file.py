import django.core.validators
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "sha256",
                    models.CharField(
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                        validators=[django.core.validators.RegexValidator("\\A[0-9a-f]{64}\\Z")],
                        verbose_name="SHA-256",
                    ),
                ),
                ("media_type", models.CharField(max_length=100, verbose_name="media type")),
                ("bytes", models.BigIntegerField(verbose_name="size in bytes")),
                ("stored_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="first stored")),
            ],
            options={
                "verbose_name": "stored file",
                "verbose_name_plural": "stored files",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("bytes__gte", 0)), name="stored_file_size_not_negative")
                ],
            },
        ),
    ]
