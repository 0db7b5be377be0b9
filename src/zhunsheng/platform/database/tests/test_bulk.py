"""Rows written in bulk read back through the ORM as they were given."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from threading import Thread
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import isolate_apps

from zhunsheng.platform.database import bulk

pytestmark = pytest.mark.django_db(transaction=True)
BEIJING = timezone(timedelta(hours=8))
EVERYTHING = {
    "text": "铅 <0.01 mg/L\t\\N\n",
    "number": 2**62,
    "small": -7,
    "amount": Decimal("12.3400"),
    "day": date(2026, 2, 28),
    "moment": datetime(2026, 11, 23, 18, 30, 0, 123456, tzinfo=BEIJING),
    "raw": b"\x00\xff\n\t",
    "facts": {"zh": "水", "list": [1, None, "a"]},
    "yes": True,
    "mark": UUID("12345678123456781234567812345678"),
    "missing": None,
}


@pytest.fixture
def sample() -> Iterator[type[models.Model]]:
    with isolate_apps("django.contrib.contenttypes"):

        class Sample(models.Model):
            text = models.TextField()
            number = models.BigIntegerField()
            small = models.SmallIntegerField()
            amount = models.DecimalField(max_digits=12, decimal_places=4)
            day = models.DateField()
            moment = models.DateTimeField()
            raw = models.BinaryField()
            facts = models.JSONField()
            yes = models.BooleanField()
            mark = models.UUIDField()
            missing = models.TextField(null=True)  # noqa: DJ001 - that NULL is written is what is tested

            class Meta:
                app_label = "contenttypes"
                db_table = "bulk_sample"

            def __str__(self) -> str:
                return self.text

    with connection.schema_editor() as editor:
        editor.create_model(Sample)
    yield Sample
    with connection.schema_editor() as editor:
        editor.delete_model(Sample)


def rows(count: int) -> Iterator[list[object]]:
    for index in range(count):
        yield list({**EVERYTHING, "number": index}.values())


def test_every_kind_of_value_reads_back_as_given(sample):
    with transaction.atomic():
        written = bulk.insert_rows(sample, list(EVERYTHING), [list(EVERYTHING.values())])

    assert written == 1
    row = sample.objects.get()
    assert {name: getattr(row, name) for name in EVERYTHING if name != "raw"} == {
        name: value for name, value in EVERYTHING.items() if name != "raw"
    }
    assert bytes(row.raw) == EVERYTHING["raw"]


def test_the_orm_writes_the_same_row(sample):
    sample.objects.create(**EVERYTHING)
    with transaction.atomic():
        bulk.insert_rows(sample, list(EVERYTHING), [list(EVERYTHING.values())])

    first, second = sample.objects.order_by("pk").values_list(*EVERYTHING)
    assert [bytes(v) if isinstance(v, memoryview) else v for v in first] == [
        bytes(v) if isinstance(v, memoryview) else v for v in second
    ]


def test_a_generator_of_many_rows_is_counted(sample):
    with transaction.atomic():
        assert bulk.insert_rows(sample, list(EVERYTHING), rows(2500)) == 2500
        assert bulk.insert_rows(sample, list(EVERYTHING), []) == 0

    assert sample.objects.count() == 2500


def test_rows_vanish_with_their_transaction(sample):
    with transaction.atomic():
        bulk.insert_rows(sample, list(EVERYTHING), rows(3))
        transaction.set_rollback(True)

    assert not sample.objects.exists()


def test_writing_outside_a_transaction_is_refused(sample):
    with pytest.raises(TransactionManagementError):
        bulk.insert_rows(sample, list(EVERYTHING), rows(1))
    with pytest.raises(TransactionManagementError):
        bulk.reserve_ids(sample, 1)


def test_a_broken_constraint_is_djangos_integrity_error(sample):
    names = [name for name in EVERYTHING if name != "missing"]
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert_rows(sample, names, [[None, *list(EVERYTHING.values())[1:-1]]])


def test_reserved_keys_are_used_and_never_given_again(sample):
    with transaction.atomic():
        ids = bulk.reserve_ids(sample, 1000)
        bulk.insert_rows(sample, ["id", *EVERYTHING], ([key, *row] for key, row in zip(ids, rows(1000), strict=True)))
    by_orm = sample.objects.create(**EVERYTHING)
    with transaction.atomic():
        more = bulk.reserve_ids(sample, 10)

    assert len(ids) == 1000
    assert set(sample.objects.values_list("pk", flat=True)) == {*ids, by_orm.pk}
    assert by_orm.pk not in ids
    assert not {*ids, by_orm.pk} & set(more)


def test_keys_of_deleted_rows_are_not_given_again(sample):
    first = sample.objects.create(**EVERYTHING).pk
    sample.objects.all().delete()

    with transaction.atomic():
        assert first not in bulk.reserve_ids(sample, 5)


def test_two_writers_at_once_never_share_a_key(sample):
    if "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("an in-memory SQLite database has one writer")
    taken: list[int] = []

    def write() -> None:
        try:
            for _ in range(20):
                with transaction.atomic():
                    ids = bulk.reserve_ids(sample, 50)
                    bulk.insert_rows(
                        sample, ["id", *EVERYTHING], ([key, *row] for key, row in zip(ids, rows(50), strict=True))
                    )
                taken.extend(ids)
                taken.append(sample.objects.create(**EVERYTHING).pk)
        finally:
            connection.close()

    threads = [Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(taken) == len(set(taken)) == sample.objects.count() == 3 * 20 * 51


def test_a_count_below_one_is_refused(sample):
    with transaction.atomic(), pytest.raises(ValueError, match="at least 1"):
        bulk.reserve_ids(sample, 0)
