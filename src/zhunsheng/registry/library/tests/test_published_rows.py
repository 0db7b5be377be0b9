"""What a published entry leaves in the catalogue and on the scope lines that print its names."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.tests.factories import make_organisation
from zhunsheng.registry.bodies.models import Body, ScopeLine
from zhunsheng.registry.bodies.scope import ScopeRequest, answer_many, rebuild_index
from zhunsheng.registry.bodies.tests.factories import make_body, make_certificate, make_line
from zhunsheng.registry.catalogue.models import Method, MethodParameter, Parameter, StandardEdition, TestObject
from zhunsheng.registry.catalogue.selectors import Vocabulary
from zhunsheng.registry.library import services
from zhunsheng.registry.library.tests.factories import NOON, TODAY, WHY, make_world, opine, published, under_review

pytestmark = pytest.mark.django_db
PRINTED = {
    "object_text": "饮用水",
    "parameter_text": "全氟辛酸(PFOA)",
    "method_text": "HJ 1334-2023 8",
    "method_base": "HJ 1334",
    "method_year": 2023,
}


@pytest.fixture
def world():
    return make_world()


def publish(world, made, **values):
    for expert in world.experts[:2]:
        opine(made, expert)
    plain = {"effective_from": TODAY, "by": world.officer, "at": NOON, "why": WHY}
    return services.publish(proposal_id=made.pk, **(plain | values))


def test_the_method_of_an_entry_stands_in_the_catalogue_from_its_day_with_who_and_why(world):
    entry = published(world)

    method = Method.objects.get()
    assert (method.edition.code, method.clause) == ("HJ 1334-2023", "8")
    assert method.technique == "液相色谱-三重四极杆质谱法"
    line = method.determinations.get()
    assert (line.parameter.name, line.unit) == ("全氟辛酸", "ng/L")
    assert (line.effective_from, line.effective_to) == (TODAY, None)
    assert entry.versions.get().method == method
    for kept in (method.history.latest(), line.history.latest()):
        assert (kept.history_user, kept.history_change_reason, kept.history_date) == (world.officer, WHY, NOON)


def test_what_the_catalogue_knew_of_the_method_keeps_its_unit_and_has_no_day_put_on_it(world):
    first = published(world)
    MethodParameter.objects.update(quantified_from="0.4", unit="μg/L", effective_from=None)

    second = published(world, object_name="土壤")

    line = MethodParameter.objects.get()
    assert (line.quantified_from, line.unit, line.effective_from) == ("0.4", "μg/L", None)
    assert first.versions.get().method == second.versions.get().method


def test_a_retired_entry_ends_the_method_unless_another_entry_holds_it(world):
    water, soil = published(world), published(world, object_name="土壤")
    last = TODAY + timedelta(days=4)

    publish(world, under_review(world, kind="retirement", entry_code=water.code), effective_from=date(2026, 3, 7))
    assert MethodParameter.objects.get().effective_to is None

    made = under_review(world, kind="retirement", entry_code=soil.code, object_name="土壤")
    publish(world, made, effective_from=date(2026, 3, 7))
    assert MethodParameter.objects.get().effective_to == last == date(2026, 3, 6)

    published(world)
    assert MethodParameter.objects.get().effective_to is None


def test_a_revision_to_another_clause_ends_the_old_method_the_day_before(world):
    entry = published(world)

    made = under_review(world, kind="revision", entry_code=entry.code, clause="9")
    publish(world, made, effective_from=TODAY + timedelta(days=10))

    days = MethodParameter.objects.order_by("method__clause").values_list("effective_from", "effective_to")
    assert list(days) == [(TODAY, TODAY + timedelta(days=9)), (TODAY + timedelta(days=10), None)]


def test_lines_that_print_the_new_names_are_tied_to_the_new_rows_with_history_and_others_are_not(world):
    certificate = make_certificate(make_body("231912050002"))
    both = make_line(certificate, **PRINTED)
    named = make_line(certificate, parameter_text="pfoa", method_text="EPA 537.1")
    cited = make_line(certificate, **PRINTED | {"parameter_text": "全氟壬酸", "object_text": "海水"})
    other = make_line(certificate, **PRINTED | {"parameter_text": "全氟壬酸", "method_year": 2018})

    published(world)

    for line in (both, named, cited, other):
        line.refresh_from_db()
    parameter = Parameter.objects.get(name="全氟辛酸")
    edition = StandardEdition.objects.get(code="HJ 1334-2023")
    water = TestObject.objects.get(code="W-DRINK")
    assert (both.parameter, both.edition, both.object) == (parameter, edition, water)
    assert (named.parameter, named.edition, named.object) == (parameter, None, water)
    assert (cited.parameter, cited.edition, cited.object) == (None, edition, None)
    assert (other.parameter, other.edition, other.object) == (None, None, None)
    assert (both.parameter_text, both.method_text) == (PRINTED["parameter_text"], PRINTED["method_text"])
    kept = both.history.order_by("-history_id")[0]
    assert (kept.parameter_id, kept.history_user, kept.history_change_reason) == (parameter.pk, world.officer, WHY)
    assert [line.history.count() for line in (both, named, cited, other)] == [2, 2, 2, 1]


def test_a_line_tied_to_something_else_stays_so(world):
    lead = Parameter.objects.get(code="PB")
    line = make_line(make_certificate(make_body("231912050002")), **PRINTED, parameter=lead)

    published(world)

    line.refresh_from_db()
    assert line.parameter == lead


def test_the_number_of_queries_does_not_grow_with_the_lines(world):
    certificate = make_certificate(make_body("231912050002"))
    counts = []
    for clause, number in (("8", 3), ("9", 60)):
        with recorded(None, WHY):
            ScopeLine.objects.all().delete()
        for place in range(number):
            make_line(certificate, **PRINTED | {"clause": str(place)})
        made = under_review(world, clause=clause)
        for expert in world.experts[:2]:
            opine(made, expert)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            services.publish(proposal_id=made.pk, effective_from=TODAY, by=world.officer, at=NOON, why=WHY)
        assert ScopeLine.objects.exclude(parameter=None).count() == number
        counts.append(len(queries))

    assert counts[1] <= counts[0]


def test_the_index_is_not_asked_about_a_touched_body_until_it_is_built_again(world):
    body = make_body("231912050002")
    make_line(make_certificate(body), **PRINTED)
    rebuild_index()
    before = Body.objects.get(pk=body.pk).scope_revision

    published(world)

    assert Body.objects.get(pk=body.pk).scope_revision > before
    wanted = ScopeRequest(
        body=body.slug,
        object="生活饮用水",
        parameter="perfluorooctanoic acid",
        method="HJ 1334-2023",
        site="",
        on=TODAY,
    )
    assert answer_many([wanted])[0].line_id == ScopeLine.objects.get().pk


def test_a_refused_publication_leaves_lines_and_vocabulary_as_they_were(world):
    line = make_line(make_certificate(make_body("231912050002")), **PRINTED)
    made = under_review(world, synonyms="铅")  # means lead already
    for expert in world.experts[:2]:
        opine(made, expert)

    with pytest.raises(DomainError):
        services.publish(proposal_id=made.pk, effective_from=TODAY, by=world.officer, at=NOON, why=WHY)

    line.refresh_from_db()
    assert (line.parameter, line.edition, line.history.count()) == (None, None, 1)
    assert not Method.objects.exists()
    assert Vocabulary.current().parameter_id("全氟辛酸") is None
    make_organisation()
    published(world)
    assert Vocabulary.current().parameter_id("PFOA") == Parameter.objects.get(name="全氟辛酸").pk
