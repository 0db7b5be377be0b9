"""A number is given once, also when two ask before either is saved."""

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.transaction import TransactionManagementError

from zhunsheng.platform.database.numbers import next_number
from zhunsheng.platform.database.tests.overlapping import overlapping

DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.ZHUNSHENG_HOME = tmp_path


@transaction.atomic
def numbered(name: str) -> str:
    number = next_number(ContentType, "T", DAY)
    ContentType.objects.create(app_label="numbers", model=name)
    return number


@pytest.mark.django_db
def test_a_number_tells_prefix_year_and_one_more_than_the_newest_key():
    newest = ContentType.objects.create(app_label="numbers", model="newest")

    assert next_number(ContentType, "T", DAY) == f"T-2026-{newest.pk + 1:06d}"


@pytest.mark.django_db
def test_the_first_number_is_one():
    ContentType.objects.all().delete()

    assert next_number(ContentType, "XS", DAY) == "XS-2026-000001"


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_no_number_is_given():
    with pytest.raises(TransactionManagementError, match="in the transaction"):
        next_number(ContentType, "T", DAY)


@pytest.mark.django_db(transaction=True)
def test_who_asks_while_a_number_is_not_saved_yet_waits_and_is_given_another():
    first, second = overlapping(lambda: numbered("first"), lambda: numbered("second"))

    assert first != second
