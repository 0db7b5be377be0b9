"""An index of open applications by what is due: the queue reads its first page from it, however many have ended."""

from django.db import migrations, models

OPEN = ("filed", "gaps", "accepted", "in_review", "rectifying", "reviewed", "proposed", "examined")


class Migration(migrations.Migration):
    dependencies = [("licensing", "0001_applications")]

    operations = [
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=["due_on", "id"], condition=models.Q(stage__in=OPEN), name="application_open_due"
            ),
        ),
    ]
