from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.tests.factories import make_division, make_member, make_organisation
from zhunsheng.registry.bodies.tests.factories import make_certificate, make_line
from zhunsheng.registry.library import services
from zhunsheng.registry.library.models import Declaration, Proposal
from zhunsheng.registry.library.tests.factories import (
    NOON,
    PFOA,
    TODAY,
    WHY,
    make_world,
    opine,
    propose,
    published,
    under_review,
)

pytestmark = pytest.mark.django_db
PDF = services.Upload("验证报告.pdf", b"%PDF-1.7\n1 0 obj\n", "application/pdf")


@pytest.fixture
def world():
    return make_world()


def replaced(world, lines=2):
    certificate = make_certificate(world.body)
    for number in range(lines):
        line = {"method_text": "HJ 700-2014", "method_base": "HJ 700", "method_year": 2014}
        make_line(certificate, parameter_text=f"参数{number}", **line)
    return services.replace_edition(
        old="HJ 700-2014", new="HJ 700-2026", effective_from=TODAY, by=world.officer, at=NOON, why=WHY
    )


def test_anyone_reads_an_entry_with_its_versions_and_compares_two(world, client):
    entry = published(world)

    page = client.get(f"/library/entries/{entry.code}/").content.decode()
    assert PFOA["method_code"] in page
    assert "ng/L" in page
    assert client.get(f"/library/entries/{entry.code}/compare/").status_code == 200
    assert client.get(f"/library/entries/{entry.code}/compare/?a=1&b=9").status_code == 404
    assert client.get("/library/entries/GDL-999999/").status_code == 404


def test_evidence_and_proposals_before_consultation_are_not_for_the_public(world, client):
    made = propose(world, evidence=[PDF])
    file = f"/library/proposals/{made.number}/evidence/{made.evidence.get().pk}/"
    assert client.get(f"/library/proposals/{made.number}/").status_code == 404

    services.open_review(proposal_id=made.pk, consult_days=10, by=world.officer, at=timezone.now(), why=WHY)
    assert client.get(f"/library/proposals/{made.number}/").status_code == 200
    assert client.get(file).status_code == 404
    client.force_login(world.officer)
    assert client.get(file).status_code == 200


def test_each_reader_is_offered_the_steps_that_are_theirs(world, client):
    made = under_review(world)
    address = f"/library/proposals/{made.number}/"
    offered = {
        world.officer: {"publish", "invite", "refuse"},
        world.manager: {"withdraw"},
        world.experts[0]: {"opinion"},
    }
    make_member(Role.EXPERT, make_organisation(Kind.BODY))  # somebody left to invite

    for person, steps in offered.items():
        client.force_login(person)
        page = client.get(address).content.decode()
        assert {
            one for one in ("open", "invite", "opinion", "publish", "refuse", "withdraw") if f"/{one}/" in page
        } == steps


def test_a_refused_step_is_explained_beside_its_form(world, client):
    made = under_review(world)
    client.force_login(world.officer)

    answer = client.post(f"/library/proposals/{made.number}/publish/", {"effective_from": "2999-01-01", "why": "x"})

    assert answer.status_code == 422
    assert "还缺 2 份有效专家意见" in answer.content.decode()


def test_a_visitor_cannot_propose_and_an_officer_may_not(client, world):
    assert client.get("/library/proposals/new/").status_code == 302
    client.force_login(world.officer)
    assert client.get("/library/proposals/new/").status_code == 403


def test_the_form_keeps_what_was_typed_and_names_the_wrong_field(world, client):
    client.force_login(world.manager)

    told = PFOA | {"cas": "335-67-2", "steward": world.bureau.pk, "reasons": "x", "sort": "standard"}
    answer = client.post("/library/proposals/new/", told)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_cas"' in page
    assert "335-67-2" in page


def test_a_proposal_takes_several_files_from_the_form(world, client):
    client.force_login(world.manager)
    files = [SimpleUploadedFile(f"{name}.csv", "项目,结果\n回收率,96%\n".encode() + name.encode()) for name in "ab"]

    told = PFOA | {"steward": world.bureau.pk, "reasons": "x", "sort": "standard", "evidence": files}
    answer = client.post("/library/proposals/new/", told)

    assert answer.status_code == 302
    assert sorted(Proposal.objects.get().evidence.values_list("name", flat=True)) == ["a.csv", "b.csv"]


def test_the_manager_chooses_lines_and_declares_on_the_bodys_page(world, client):
    made = replaced(world)
    line = made.affected.order_by("pk")[0].line_id
    client.force_login(world.manager)
    address = f"/library/replaced/{made.pk}/{world.body.slug}/"
    assert "本机构声明" in client.get(address).content.decode()

    client.post(address, {"lines": [line], "remark": "已验证"})

    assert Declaration.objects.get().lines == 1
    client.force_login(world.officer)
    assert "已验证" in client.get("/library/declarations/").content.decode()


def test_a_stranger_sees_no_affected_line_of_a_body(world, client):
    made = replaced(world)
    client.force_login(make_member(Role.BODY_MANAGER, make_organisation(Kind.BODY)))

    assert client.get(f"/library/replaced/{made.pk}/{world.body.slug}/").status_code == 404
    assert world.body.name not in client.get(f"/library/replaced/{made.pk}/").content.decode()


def test_the_affected_lines_are_filtered_by_city_and_exported(world, client):
    made = replaced(world, lines=3)
    make_division("440300")
    client.force_login(world.officer)

    file = b"".join(client.get(f"/library/replaced/{made.pk}/?export=csv&city=440100").streaming_content).decode()
    none = b"".join(client.get(f"/library/replaced/{made.pk}/?export=csv&city=440300").streaming_content).decode()

    assert len(file.splitlines()) == 1 + 3
    assert len(none.splitlines()) == 1


def test_suggestions_come_from_the_catalogue_alone(client, world):
    assert 'value="铅"' in client.get("/library/suggest/parameter/?parameter_name=铅").content.decode()
    assert 'value="HJ 700-2014"' in client.get("/library/suggest/method/?method_code=HJ 7").content.decode()
    assert client.get("/library/suggest/parameter/?parameter_name=").content.decode().strip() == ""
    assert client.get("/library/suggest/persons/?q=a").status_code == 404


LISTS = ("/library/", "/library/changes/", "/library/proposals/", "/library/replaced/", "/library/declarations/")


@pytest.mark.parametrize("address", [*LISTS, "affected"])
def test_a_list_asks_the_same_queries_whatever_it_shows(address, world, client):
    """One more entry, proposal, affected line and declaration changes nothing in the number of queries."""
    made = replaced(world, lines=8)
    where = f"/library/replaced/{made.pk}/" if address == "affected" else address
    client.force_login(world.officer)
    lines = list(made.affected.order_by("pk").values_list("line_id", flat=True))
    counts = []
    for turn in range(2):
        for step in range(2):
            number = 2 * turn + step
            published(world, parameter_name=f"新参数{number}", synonyms="", cas="", clause=str(number))
            services.declare_unchanged(
                supersession_id=made.pk, body_id=world.body.pk, line_ids=[lines[number]], remark="x",
                by=world.manager, at=NOON + timedelta(minutes=number),
            )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            assert client.get(where).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_an_invited_expert_sees_the_others_opinions_only_after_giving_one(client, world):
    made = under_review(world)
    first, second = world.experts[:2]
    opine(made, first)
    address = reverse("library:proposal", args=[made.number])

    client.force_login(second)
    before = client.get(address, headers={"accept-language": "zh-Hans"}).content.decode()
    assert "方法已验证" not in before
    assert "您提交意见后，方可看到其他专家的意见" in before
    opine(made, second, verdict="oppose")
    assert client.get(address).content.decode().count("方法已验证") == 2
