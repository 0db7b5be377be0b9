"""Values by the thousand in one condition."""

import pytest
from django.contrib.auth.models import Group

from zhunsheng.platform.database.listed import listed

pytestmark = pytest.mark.django_db

AWKWARD = ["plain", 'quo"te', "apo'strophe", "back\\slash", "comma,brace{}", "准绳", "NULL", "", "%s"]


@pytest.fixture
def people():
    return Group.objects.bulk_create([Group(name=name or "blank") for name in AWKWARD])


def test_texts_are_met_with_letter_by_letter(people):
    found = Group.objects.filter(name__in=listed(AWKWARD[:-1])).values_list("name", flat=True)

    assert sorted(found) == sorted(name for name in AWKWARD[:-1] if name)


def test_numbers_are_met_with(people):
    wanted = [people[0].pk, people[2].pk, 10**12]

    assert set(Group.objects.filter(pk__in=listed(wanted)).values_list("pk", flat=True)) == set(wanted[:2])


def test_no_value_is_met_by_nothing(people):
    assert not Group.objects.filter(name__in=listed([])).exists()


def test_more_values_than_a_statement_takes_parameters_are_one_parameter(people, django_assert_num_queries):
    many = [f"nobody-{number}" for number in range(100_000)] + ["准绳"]

    with django_assert_num_queries(1):
        assert Group.objects.filter(name__in=listed(many)).count() == 1
