from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation
from zhunsheng.platform.notices.models import Delivery, Notice
from zhunsheng.registry.bodies.models import ScopeLine
from zhunsheng.registry.bodies.tests.factories import make_body, make_certificate, make_line
from zhunsheng.registry.catalogue.models import StandardEdition
from zhunsheng.registry.library import selectors, services
from zhunsheng.registry.library.models import AffectedLine, Supersession
from zhunsheng.registry.library.tests.factories import NOON, TODAY, WHY, make_world

pytestmark = pytest.mark.django_db
OLD, NEW = "HJ 700-2014", "HJ 700-2026"
FIRST = TODAY + timedelta(days=30)


@pytest.fixture
def world():
    made = make_world()
    certificate = make_certificate(made.body)
    edition = StandardEdition.objects.get(code=OLD)
    for parameter in ("铅", "镉"):
        line = {"method_text": OLD, "method_base": "HJ 700", "method_year": 2014, "edition": edition}
        make_line(certificate, parameter_text=parameter, **line)
    make_line(
        certificate, parameter_text="铅", method_text="GB/T 5750.6-2023", method_base="GB/T 5750.6", method_year=2023
    )
    return made


def replace(world, **values):
    plain = {"old": OLD, "new": NEW, "effective_from": FIRST, "by": world.officer, "at": NOON, "why": WHY}
    return services.replace_edition(**(plain | values))


def declare(world, made, **values):
    plain = {"line_ids": None, "remark": "已完成方法验证，报告编号 YZ-01", "by": world.manager, "at": NOON}
    return services.declare_unchanged(supersession_id=made.pk, body_id=world.body.pk, **(plain | values))


def test_exactly_the_lines_that_name_the_old_edition_are_listed_with_the_drafts(world):
    made = replace(world)

    listed = AffectedLine.objects.filter(supersession=made)
    assert sorted(listed.values_list("line__parameter_text", "line__method_text")) == [("铅", OLD), ("镉", OLD)]
    assert (made.lines, made.bodies, made.unreached) == (2, 1, 0)
    (delivery,) = Delivery.objects.all()
    assert (delivery.organisation, delivery.notice.stage, delivery.sent_at) == (world.laboratory, "draft", None)
    assert "2" in delivery.detail


def test_a_line_that_only_prints_the_old_number_is_listed_and_one_that_is_over_is_not(world):
    certificate = make_certificate(make_body("231912050002"))
    printed = {"method_text": "HJ700-2014", "method_base": "HJ 700", "method_year": 2014}
    make_line(certificate, parameter_text="砷", **printed)
    make_line(certificate, parameter_text="汞", valid_to=TODAY - timedelta(days=1), **printed)

    made = replace(world)

    assert (made.lines, made.bodies, made.unreached) == (3, 2, 1)
    assert not AffectedLine.objects.filter(line__parameter_text="汞").exists()


def test_the_catalogue_says_until_when_the_old_edition_holds_and_what_follows(world):
    replace(world)

    old, new = (StandardEdition.objects.get(code=code) for code in (OLD, NEW))
    assert (old.status, old.effective_to, old.replaced_by) == ("in_force", FIRST - timedelta(days=1), new)
    assert (new.status, new.effective_from) == ("coming", FIRST)


def test_an_edition_that_is_replaced_from_today_is_replaced_at_once(world):
    replace(world, effective_from=TODAY)

    assert StandardEdition.objects.get(code=OLD).status == "replaced"
    assert StandardEdition.objects.get(code=NEW).status == "in_force"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"old": "HJ 9999-2000"}, "old"),
        ({"old": "nonsense"}, "old"),
        ({"new": "HJ 700"}, "new"),
        ({"new": OLD}, "old"),
        ({"effective_from": TODAY.replace(year=2014, month=1)}, "effective_from"),
    ],
)
def test_a_replacement_that_cannot_be_is_refused_and_leaves_no_trace(world, values, field):
    with pytest.raises(DomainError) as refused:
        replace(world, **values)

    assert refused.value.field == field
    assert not Supersession.objects.exists()
    assert not Notice.objects.exists()
    assert not StandardEdition.objects.filter(code=NEW).exists()


def test_an_edition_is_replaced_once(world):
    replace(world)

    with pytest.raises(DomainError, match="already"):
        replace(world, new="HJ 700-2027")


def test_only_the_province_replaces_editions(world):
    city = make_member(Role.CITY_OFFICER, make_organisation(division="440100"))

    for stranger in (city, world.manager):
        with pytest.raises(NotAllowed):
            replace(world, by=stranger)


def test_the_queries_do_not_grow_with_the_lines(world):
    counts = []
    for old, base, lines in ((OLD, "HJ 700", 0), ("GB/T 5750.6-2023", "GB/T 5750.6", 60)):
        for number in range(lines):
            make_line(
                world.body.accreditations.get(), parameter_text=f"参数{number}", method_text=old, method_base=base,
                method_year=2023,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            replace(world, old=old, new=f"{base}-2030")
        counts.append(len(asked))
    assert counts[1] <= counts[0]
    assert Supersession.objects.latest("pk").lines == 61


def test_a_declaration_keeps_the_words_of_the_rule_with_its_version_and_covers_the_open_lines(world):
    made = replace(world)

    declared = declare(world, made)

    assert declared.lines == 2
    assert declared.law.startswith("LIBRARY-SELF-DECLARATION 1.")
    for part in (OLD, NEW, "2 项能力"):
        assert part in declared.text
    assert not AffectedLine.objects.filter(declaration=None).exists()


def test_a_body_declares_part_of_its_lines_and_the_others_stay_open(world):
    made = replace(world)
    lead = ScopeLine.objects.get(parameter_text="铅", method_text=OLD)

    declare(world, made, line_ids=[lead.pk])

    assert list(AffectedLine.objects.filter(declaration=None).values_list("line__parameter_text", flat=True)) == ["镉"]
    with pytest.raises(DomainError) as refused:
        declare(world, made, line_ids=[lead.pk])
    assert refused.value.field == "lines"


def test_nobody_declares_for_another_body_or_lines_of_another(world):
    made = replace(world)
    other = make_organisation(Kind.BODY)
    theirs = make_body("231912050002", organisation=other)
    stranger = make_member(Role.BODY_MANAGER, other)

    with pytest.raises(NotAllowed):
        declare(world, made, by=stranger)
    line = ScopeLine.objects.filter(body=world.body).first()
    with pytest.raises(DomainError):
        services.declare_unchanged(
            supersession_id=made.pk, body_id=theirs.pk, line_ids=[line.pk], remark="x", by=stranger, at=NOON
        )
    assert AffectedLine.objects.filter(declaration=None).count() == 2


def test_a_clerk_does_not_declare_and_nobody_declares_without_saying_how_it_was_confirmed(world):
    made = replace(world)

    with pytest.raises(NotAllowed):
        declare(world, made, by=make_member(Role.BODY_CLERK, world.laboratory))
    with pytest.raises(DomainError) as refused:
        declare(world, made, remark=" ")
    assert refused.value.field == "remark"


def test_an_officer_sees_the_lines_of_the_division_and_a_body_its_own(world):
    made = replace(world)
    guangzhou, shenzhen = (
        make_member(Role.CITY_OFFICER, make_organisation(division=code)) for code in ("440100", "440300")
    )

    seen = [selectors.affected_visible_to(one, made, TODAY).count() for one in (guangzhou, shenzhen, world.manager)]
    assert seen == [2, 0, 2]
