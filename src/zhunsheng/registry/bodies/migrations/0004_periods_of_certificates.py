"""What a status and its date said of a certificate becomes a period, with the history of what was known when."""

from itertools import groupby
from operator import attrgetter

from django.db import migrations

WHY = "Periods of certificates take the place of a single status"


def status_to_periods(apps, schema_editor):
    certificates = apps.get_model("bodies", "Accreditation")
    periods = apps.get_model("bodies", "AccreditationPeriod")
    ended = certificates.objects.exclude(status="active").exclude(status_on=None)
    made = {}
    for one in ended.order_by("pk").iterator(chunk_size=2_000):
        made[one.pk] = periods.objects.get_or_create(
            accreditation_id=one.pk, state=one.status, valid_from=one.status_on
        )[0]
    _history(apps, made)


def _history(apps, made):
    """Say in the history of periods when each status became known, and when it was taken back."""
    past = apps.get_model("bodies", "HistoricalAccreditation")
    rows = past.objects.order_by("id", "history_date", "history_id").iterator(chunk_size=2_000)
    for accreditation, versions in groupby(rows, attrgetter("id")):
        if accreditation in made:
            _versions(apps, made[accreditation], versions)


def _versions(apps, period, versions):
    past = apps.get_model("bodies", "HistoricalAccreditationPeriod")
    values = {
        "id": period.pk,
        "accreditation_id": period.accreditation_id,
        "state": period.state,
        "valid_from": period.valid_from,
    }
    known = False
    for version in versions:
        says = (version.status, version.status_on) == (period.state, period.valid_from)
        if says == known:
            continue
        past.objects.get_or_create(
            **values,
            history_date=version.history_date,
            history_type="+" if says else "-",
            defaults={
                "history_user_id": version.history_user_id,
                "history_change_reason": version.history_change_reason or WHY,
            },
        )
        known = says


def periods_to_status(apps, schema_editor):
    certificates = apps.get_model("bodies", "Accreditation")
    periods = apps.get_model("bodies", "AccreditationPeriod")
    for one in periods.objects.exclude(state="active").filter(valid_to=None).order_by("valid_from"):
        certificates.objects.filter(pk=one.accreditation_id).update(status=one.state, status_on=one.valid_from)


class Migration(migrations.Migration):
    dependencies = [("bodies", "0003_life_and_registers")]
    operations = [migrations.RunPython(status_to_periods, periods_to_status)]
