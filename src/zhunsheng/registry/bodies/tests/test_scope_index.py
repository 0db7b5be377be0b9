"""The index on disk answers as a naive search of the same lines would."""

import random
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.registry.bodies import scope, services
from zhunsheng.registry.bodies.models import ScopeLine, ScopeRevision
from zhunsheng.registry.bodies.scope import Reason, ScopeRequest
from zhunsheng.registry.bodies.scope_build import IndexLine, State, build
from zhunsheng.registry.bodies.scope_index import Manifest, OpenIndexes, ScopeIndex, day_number
from zhunsheng.registry.bodies.scope_keys import PARTS, NameHashes, join
from zhunsheng.registry.bodies.tests.factories import load_catalogue, make_body, make_certificate, make_line, make_site

FIRST = date(2025, 1, 1)
STATE = State("a", 1, "b:1")
names = st.tuples(*[st.sampled_from(["", "a", "b"])] * len(PARTS))
some_day = st.integers(0, 20).map(lambda number: FIRST + timedelta(days=number))
days = st.one_of(st.none(), some_day)
lines = st.builds(
    IndexLine,
    names=names,
    valid_from=days,
    valid_to=days,
    line_id=st.integers(1, 2**40),
    group=st.tuples(st.sampled_from(["水质", "食品"]), st.just("")),
    limited=st.booleans(),
)


def keys_of(wanted):
    hashes = [NameHashes(part) for part in PARTS]
    return join(*(np.array([known.of(one[place]) for one in wanted], np.uint64) for place, known in enumerate(hashes)))


@given(held=st.lists(lines, max_size=60), wanted=st.lists(st.tuples(names, some_day), min_size=1, max_size=30))
@settings(max_examples=150, deadline=None)
def test_a_look_up_finds_a_line_exactly_when_a_search_of_all_lines_does(tmp_path_factory, held, wanted):
    folder = tmp_path_factory.mktemp("scope")
    manifest = build(folder, held, STATE)
    index = ScopeIndex(folder / manifest.name, manifest)

    days_asked = np.array([day_number(day, open_as=0) for _, day in wanted], np.uint16)
    found = index.unlimited_on(keys_of([name for name, _ in wanted]), days_asked)

    for (name, day), position in zip(wanted, found, strict=True):
        fitting = {
            line.line_id
            for line in held
            if line.names == name
            and not line.limited
            and (line.valid_from is None or line.valid_from <= day)
            and (line.valid_to is None or day <= line.valid_to)
        }
        assert (position >= 0) == bool(fitting)
        if position >= 0:
            assert index.line_at(position) in fitting


@given(st.lists(names, min_size=2, unique=True))
def test_two_different_lines_never_share_a_key_here(wanted):
    assert len(set(keys_of(wanted).tolist())) == len(wanted)


def test_domain_and_category_come_back_with_the_line(tmp_path):
    manifest = build(tmp_path, [IndexLine(("b", "o", "p", "m", ""), None, None, 7, ("水质", "饮用水"), False)], STATE)
    index = ScopeIndex(tmp_path / manifest.name, manifest)

    position = int(index.find(keys_of([("b", "o", "p", "m", "")]))[0])

    assert (index.line_at(position), index.group_at(position)) == (7, ("水质", "饮用水"))


def test_a_new_index_takes_the_place_of_the_old_and_its_files(tmp_path):
    opened = OpenIndexes()
    build(tmp_path, [IndexLine(("b", "o", "p", "m", ""), None, None, 7, ("", ""), False)], STATE)
    old = opened.current(tmp_path)
    build(tmp_path, [], STATE)
    new = opened.current(tmp_path)

    assert old is not None
    assert new is not None
    assert (len(old), len(new)) == (1, 0)
    assert old.line_at(0) == 7
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [new.manifest.name]


def test_a_build_that_fails_leaves_the_index_in_use(tmp_path):
    kept = build(tmp_path, [IndexLine(("b", "o", "p", "m", ""), None, None, 7, ("", ""), False)], STATE)

    def breaking():
        yield IndexLine(("b", "o", "p", "m", ""), None, None, 8, ("", ""), False)
        raise OSError("the database went away")

    with pytest.raises(OSError, match="went away"):
        build(tmp_path, breaking(), STATE)

    assert Manifest.read(tmp_path / "current.json") == kept
    assert len(list(tmp_path.iterdir())) == 2


OBJECTS = ["水", "生活饮用水", "瓶装水", "土壤", "某泥"]
ABOVE = {"瓶装水": ["瓶装水", "生活饮用水", "水"], "生活饮用水": ["生活饮用水", "水"]}
PARAMETERS = ["铅", "镉", "某指标"]
METHODS = ["GB/T 5750.6-2023", "GB/T 5750.6-2006", "GB/T 5750.6", "HJ 700-2014", "自编方法"]


def naive(request, held):
    """Tell whether any line holds: the rule of rules.scope, written again without it."""
    for body, line in held:
        holds = (
            body == request.body
            and line.object_text in ABOVE.get(request.object, [request.object])
            and line.parameter_text == request.parameter
            and (
                line.method_text in {request.method, request.method.split("-")[0]}
                or (request.method == "GB/T 5750.6" and line.method_text.startswith(request.method))
            )
            and (line.site is None or not request.site or line.site.code == request.site)
            and (line.valid_from is None or line.valid_from <= request.on)
            and (line.valid_to is None or request.on <= line.valid_to)
        )
        if holds:
            return True
    return False


@pytest.fixture
def held():
    load_catalogue()
    chance = random.Random(7)
    made = []
    for slug in ("231912050001", "231912050002"):
        certificate = make_certificate(make_body(slug))
        sites = [None, make_site(certificate.body, "A"), make_site(certificate.body, "B")]
        for _ in range(60):
            first = chance.choice([None, FIRST + timedelta(days=chance.randrange(30))])
            last = chance.choice([None, (first or FIRST) + timedelta(days=chance.randrange(30))])
            line = make_line(
                certificate, object_text=chance.choice(OBJECTS), parameter_text=chance.choice(PARAMETERS),
                method_text=chance.choice(METHODS), site=chance.choice(sites), valid_from=first, valid_to=last,
            )  # fmt: skip
            made.append((slug, line))
        services.bump_scope([certificate.body_id])
    return made


@pytest.mark.django_db
def test_the_answers_with_and_without_index_are_those_of_a_naive_search(held, django_assert_num_queries):
    chance = random.Random(11)
    requests = [
        ScopeRequest(
            body=chance.choice(["231912050001", "231912050002"]), object=chance.choice(OBJECTS),
            parameter=chance.choice(PARAMETERS), method=chance.choice(METHODS), site=chance.choice(["", "A", "B", "C"]),
            on=FIRST + timedelta(days=chance.randrange(-5, 70)),
        )
        for _ in range(1500)
    ]  # fmt: skip
    expected = [naive(request, held) for request in requests]
    assert any(expected)
    assert not all(expected)

    without = scope.answer_many(requests)
    scope.rebuild_index()
    with_index = scope.answer_many(requests)

    assert [answer.reason is Reason.IN_SCOPE for answer in without] == expected
    assert [answer.reason for answer in with_index] == [answer.reason for answer in without]
    plain = next(
        request for request, answer in zip(requests, with_index, strict=True)
        if answer.reason is Reason.IN_SCOPE and request.site and "-" in request.method
    )  # fmt: skip
    with django_assert_num_queries(2):  # the two revisions: the index alone answers a plain yes
        assert scope.answer_many([plain] * 50)[0].reason is Reason.IN_SCOPE


@pytest.mark.django_db
def test_a_stale_index_is_not_asked_about_changed_bodies(held):
    line = held[0][1]
    request = ScopeRequest(
        body=held[0][0], object=line.object_text, parameter=line.parameter_text, method=line.method_text,
        site=line.site.code if line.site else "A", on=line.valid_from or FIRST,
    )  # fmt: skip
    scope.rebuild_index()
    assert scope.answer_many([request])[0].reason is Reason.IN_SCOPE

    with recorded(None, "withdrawn"):
        ScopeLine.objects.filter(body=line.body).delete()
    services.bump_scope([line.body_id])

    assert scope.answer_many([request])[0].reason is Reason.SCOPE_NOT_STATED
    assert scope.rebuild_if_stale() is not None
    assert scope.rebuild_if_stale() is None


@pytest.mark.django_db
def test_an_index_of_another_database_is_never_asked(held):
    scope.rebuild_index()
    ScopeRevision.objects.update(identity="another")
    with recorded(None, "withdrawn"):
        ScopeLine.objects.all().delete()

    line = held[0][1]
    request = ScopeRequest(
        body=held[0][0], object=line.object_text, parameter=line.parameter_text, method=line.method_text, on=FIRST
    )
    assert scope.answer_many([request])[0].reason is Reason.SCOPE_NOT_STATED
