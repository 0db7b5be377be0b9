"""Records of a kept query are those of the ORM, read anew each time, with the related ones at hand."""

from datetime import timedelta

import pytest

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind, Membership, Role
from zhunsheng.platform.accounts.tests.factories import NOON, make_member, make_organisation
from zhunsheng.platform.database.prepared import PreparedRecords, single

pytestmark = pytest.mark.django_db

HELD = PreparedRecords(
    lambda: (
        Membership.objects.select_related("organisation__division", "organisation__parent")
        .filter(user_id=single("user"))
        .order_by("pk")
    )
)


def test_the_records_are_those_of_the_orm_with_the_related_ones_in_one_query(django_assert_num_queries):
    user = make_member(Role.BODY_CLERK, make_organisation(Kind.BODY, "440106"))
    make_member(Role.BODY_MANAGER, user=user, organisation=make_organisation(Kind.BODY, "440103"))

    with django_assert_num_queries(1):
        found = HELD.records(user=user.pk)
        places = [one.organisation.division_id for one in found if one.organisation.division.name]
        above = [one.organisation.parent for one in found]

    assert found == list(Membership.objects.filter(user=user).order_by("pk"))
    assert [one.valid_from for one in found] == [one.valid_from for one in Membership.objects.order_by("pk")]
    assert places == ["440106", "440103"]
    assert above == [None, None]
    assert not found[0]._state.adding
    assert HELD.records(user=0) == []


def test_they_are_read_anew_each_time():
    user = make_member(Role.BODY_CLERK, make_organisation(Kind.BODY, "440106"))
    assert HELD.records(user=user.pk)[0].ended_at is None

    with recorded(None, "the clerk has left"):
        ended = Membership.objects.get(user=user)
        ended.ended_at = NOON + timedelta(days=1)
        ended.save()

    assert HELD.records(user=user.pk)[0].ended_at == NOON + timedelta(days=1)
