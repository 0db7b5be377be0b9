"""Monthly parts on PostgreSQL; the same calls are harmless on SQLite."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps as django_apps
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.state import ModelState, ProjectState
from django.test.utils import isolate_apps

from zhunsheng.platform.database import bulk, partitions

pytestmark = pytest.mark.django_db(transaction=True)
FIELDS: "list[tuple[str, models.Field[Any, Any]]]" = [
    ("id", models.BigAutoField(primary_key=True)),
    ("received_on", models.DateField()),
    ("content", models.BinaryField()),
    ("kind", models.ForeignKey("contenttypes.ContentType", models.PROTECT)),
]


def apply(state: ProjectState, *operations: migrations.operations.base.Operation) -> ProjectState:
    migration = type("Migration", (migrations.Migration,), {"operations": list(operations)})("0001_parts", "parts")
    with connection.schema_editor(atomic=True) as editor:
        changed: ProjectState = migration.apply(state, editor)
    return changed


@pytest.fixture
def archive() -> Iterator[type[models.Model]]:
    state = ProjectState()
    state.add_model(ModelState.from_model(django_apps.get_model("contenttypes", "ContentType")))
    create = migrations.CreateModel("Archive", FIELDS, options={"db_table": "parts_archive"})
    split = partitions.PartitionByMonth("Archive", "received_on")
    with isolate_apps("django.contrib.contenttypes"):
        state = apply(state, create, split, partitions.PartitionByMonth("Archive", "received_on"))
        yield state.apps.get_model("parts", "Archive")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE parts_archive")
    partitions._known.clear()


def content_type() -> int:
    return django_apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="x", model="y")[0].pk


def test_rows_of_several_months_are_written_and_found(archive):
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 1)]
    kind = content_type()
    with transaction.atomic():
        for day in days:
            partitions.ensure_month(archive, day)
        ids = bulk.reserve_ids(archive, len(days))
        rows = [[key, day, b"\x01", kind] for key, day in zip(ids, days, strict=True)]
        bulk.insert_rows(archive, ["id", "received_on", "content", "kind"], rows)

    assert list(archive.objects.order_by("pk").values_list("received_on", flat=True)) == days
    made = archive.objects.create(received_on=days[0], content=b"", kind_id=kind)
    assert made.pk not in ids
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM parts_archive_y2026m12")
            assert cursor.fetchone()[0] == 2


def test_a_month_made_in_a_failed_transaction_is_made_again(archive):
    with transaction.atomic():
        partitions.ensure_month(archive, date(2028, 2, 29))
        transaction.set_rollback(True)
    partitions.ensure_month(archive, date(2028, 2, 29))
    partitions.ensure_month("parts_archive", date(2028, 2, 1))

    archive.objects.create(received_on=date(2028, 2, 29), content=b"", kind_id=content_type())
    assert archive.objects.count() == 1


def test_a_row_without_its_month_is_refused_on_postgresql(archive):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no parts")
    with pytest.raises(IntegrityError):
        archive.objects.create(received_on=date(2030, 1, 1), content=b"", kind_id=content_type())


def test_the_foreign_key_added_after_the_split_holds(archive):
    partitions.ensure_month(archive, date(2026, 11, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        archive.objects.create(received_on=date(2026, 11, 1), content=b"", kind_id=10**6)


def test_a_unique_constraint_without_the_month_column_is_refused():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no parts")
    fields: list[tuple[str, models.Field[Any, Any]]] = [*FIELDS[:2], ("number", models.TextField(unique=True))]
    create = migrations.CreateModel("Wrong", fields, options={"db_table": "parts_wrong"})
    with pytest.raises(ValueError, match="must name received_on"):
        apply(ProjectState(), create, partitions.PartitionByMonth("Wrong", "received_on"))
