"""Other names of a body: kept once, compared without width and punctuation, found in the list."""

import pytest

from zhunsheng.registry.bodies.models import Body, BodyName
from zhunsheng.registry.bodies.selectors import named
from zhunsheng.registry.bodies.services import import_rows
from zhunsheng.registry.bodies.tests.factories import NOON, make_body

pytestmark = pytest.mark.django_db


def load(*rows):
    return import_rows(kind="names", rows=rows, by=None, at=NOON, why="test")


@pytest.mark.parametrize("words", ["旧称检测(广东)", "旧称检测（广东）有限", "旧称 检测"])
def test_a_body_is_found_by_its_former_name_however_it_is_punctuated(words):
    body = make_body()
    make_body("231912050002", name="别家检测")
    load({"body": body.slug, "name": "旧称检测（广东）有限公司", "kind": "曾用名", "valid_to": "2024-05-01"})

    assert list(Body.objects.filter(named(words))) == [body]


def test_the_same_name_twice_is_one_name():
    body = make_body()
    load({"body": body.slug, "name": "旧称检测（广东）有限公司", "kind": "曾用名"})
    outcome = load({"body": body.slug, "name": "旧称检测(广东)有限公司", "kind": "former"})

    assert (outcome.created, BodyName.objects.count()) == (0, 1)


def test_a_name_of_signs_alone_is_refused():
    outcome = load({"body": make_body().slug, "name": "（-）", "kind": "简称"})

    assert [(one.line, one.field) for one in outcome.problems] == [(1, "name")]
