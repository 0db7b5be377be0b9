"""Queries whose SQL is kept answer as the ORM does, and marks asked together are read once."""

import threading
from datetime import UTC, datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhunsheng.platform.database import marks
from zhunsheng.platform.database.prepared import Prepared, many, single

pytestmark = pytest.mark.django_db
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_kept_query_answers_with_the_values_of_each_asking_in_pythons_types():
    for number, key in enumerate(("amy", "ben", "zoë 漢")):
        Session.objects.create(session_key=key, session_data="", expire_date=NEW_YEAR.replace(month=number + 1))
    ending = Prepared(
        lambda: (
            Session.objects.filter(session_key__in=many("keys", "text"), expire_date__gt=single("after"))
            .order_by("session_key")
            .values_list("session_key", "expire_date")
        )
    )

    assert ending.rows(keys=["amy", "ben"], after=NEW_YEAR) == [("ben", NEW_YEAR.replace(month=2))]
    assert ending.rows(keys={"zoë 漢"}, after=NEW_YEAR) == [("zoë 漢", NEW_YEAR.replace(month=3))]
    assert ending.rows(keys=[], after=NEW_YEAR) == []
    with pytest.raises(KeyError):
        ending.rows(keys=["amy"])


def test_a_kept_query_finds_whole_numbers_and_fixed_conditions():
    first, second = (ContentType.objects.create(app_label="one", model=name) for name in ("a", "b"))
    kept = Prepared(lambda: ContentType.objects.filter(pk__in=many("ids", "number"), model="a").values_list("pk"))

    assert kept.rows(ids=[first.pk, second.pk]) == [(first.pk,)]


@pytest.fixture
def two_marks(monkeypatch):
    monkeypatch.setattr(marks, "_MARKS", [])
    table = Session._meta.db_table
    return marks.Mark(f"SELECT max(session_key) FROM {table}", "SELECT 7"), marks.Mark(f"SELECT count(*) FROM {table}")


def _change(key):
    Session.objects.create(session_key=key, session_data="", expire_date=NEW_YEAR)


def test_a_mark_is_read_anew_each_time(two_marks):
    assert two_marks[0].read() == (None, 7)
    _change("k1")

    assert two_marks[0].read() == ("k1", 7)


def test_marks_read_together_take_one_query_and_stand_until_the_block_ends(two_marks):
    with CaptureQueriesContext(connection) as queries, marks.read_together():
        assert two_marks[1].read() == (0,)
        two_marks[0].read()
        with marks.read_together():
            two_marks[1].read()
    assert len(queries) == 1

    with marks.read_together():
        two_marks[0].read()
        _change("k1")
        assert two_marks[1].read() == (0,)
    assert two_marks[1].read() == (1,)


def test_what_one_thread_reads_together_another_does_not_see(two_marks):
    seen = []
    with marks.read_together():
        thread = threading.Thread(target=lambda: seen.append(getattr(marks._HERE, "held", None)))
        thread.start()
        thread.join()

    assert seen == [None]
