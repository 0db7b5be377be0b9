from datetime import timedelta

from django.db import migrations


def count_what_runs(apps, schema_editor):
    """Note the decision's day of running cases; every other clock is counted with a case's next record."""
    Case = apps.get_model("enforcement", "Case")
    running = ["investigating", "reviewing", "reviewed", "notified", "hearing", "deciding"]
    for case in Case.objects.filter(stage__in=running, due_on__isnull=False).only("due_on").iterator():
        case.next_clock, case.next_due_on, case.warn_on = "decide", case.due_on, case.due_on - timedelta(days=10)
        case.save(update_fields=["next_clock", "next_due_on", "warn_on"])


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0003_clocks")]

    operations = [migrations.RunPython(count_what_runs, migrations.RunPython.noop)]
