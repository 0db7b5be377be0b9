"""Fill a home folder with a small demo province for the browser tests: `python -m tests.browser.prepare`."""

import os
from datetime import date, datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhunsheng.web.settings")
django.setup()

import json  # noqa: E402 - below, with all the rest: models need Django

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from zhunsheng.admission.certificates.grants import Grant, GrantedLine, GrantedSignatory, GrantedSite, NewBody  # noqa: E402
from zhunsheng.admission.certificates.services import issue  # noqa: E402
from zhunsheng.admission.licensing.services.drafting import start_application  # noqa: E402
from zhunsheng.demo import applications  # noqa: E402
from zhunsheng.demo.commands import load  # noqa: E402
from zhunsheng.demo.people import hashed  # noqa: E402
from zhunsheng.demo.sizes import Extent  # noqa: E402
from zhunsheng.foundation.identifiers import make_uscc  # noqa: E402
from zhunsheng.oversight.reports.models import Channel  # noqa: E402
from zhunsheng.oversight.reports.permissions import OPERATOR  # noqa: E402
from zhunsheng.oversight.reports.services.intake import receive_many  # noqa: E402
from zhunsheng.oversight.screening.models import Alert  # noqa: E402
from zhunsheng.platform.accounts.history import recorded  # noqa: E402
from zhunsheng.platform.accounts.models import Kind as OrganisationKind  # noqa: E402
from zhunsheng.platform.accounts.models import Membership, Organisation, Role, User  # noqa: E402
from zhunsheng.platform.ledger.services import seal_pending  # noqa: E402
from zhunsheng.registry.bodies.models import Body, ScopeLine  # noqa: E402
from zhunsheng.registry.bodies.services.imports import import_rows  # noqa: E402
from zhunsheng.registry.catalogue.models import MethodParameter  # noqa: E402

PUBLISHED = {
    "format": "zhunsheng-report/1",
    "number": "PUB2026-1",
    "version": 1,
    "body": {"register": "test-register", "id": "PUB", "name": "Published Water Office"},
    "sample": {"id": "8", "object": "joogivesi"},
    "results": [
        {"line": 1, "parameter": "Nitraat", "value": "3,2", "unit": "mg/l", "verdict": "vastab"},
        {"line": 2, "parameter": "Escherichia coli", "value": "0", "unit": "PMÜ/100ml", "verdict": "vastab"},
    ],
    "published": {"source": "test-register"},
}
"""What an authority abroad would have published: no scope, no instruments, its own words."""

FIRST_DAY = date(2026, 1, 5)


def publish() -> None:
    """Take in a published result and one that has the same number but another content."""
    row = {"register": "test-register", "register_id": "PUB", "name": PUBLISHED["body"]["name"], "source": "test"}
    import_rows(kind="institutions", rows=[row], by=None, at=timezone.now(), why="browser tests")
    other = PUBLISHED | {"results": PUBLISHED["results"][:1]}
    raw = [json.dumps(one, ensure_ascii=False).encode() for one in (PUBLISHED, other)]
    outcomes = list(receive_many(raw, sender=OPERATOR, channel=Channel.IMPORT, at=timezone.now()))
    refused = [outcome.problem for outcome in outcomes if outcome.problem]
    if refused:
        raise SystemExit(f"refused: {refused}")
    seal_pending(timezone.now())


def hold_a_parameter_that_the_catalogue_lacks() -> None:
    """Put a line into the schedule of the story's laboratory whose parameter is not in the catalogue yet."""
    body = Body.objects.get(organisation__memberships__user__username="shiyanshi")
    held = {"body": body.slug, "accreditation": body.accreditations.get().number, "parameter_text": "全氟丁酸"}
    pairs = sorted(set(body.scope_lines.values_list("object_text", "method_text")))
    rows = [held | {"object_text": thing, "method_text": method} for thing, method in pairs]
    outcome = import_rows(kind="scope", rows=rows, by=None, at=timezone.now(), why="browser tests")
    if outcome.problems:
        raise SystemExit(str(outcome.problems))


def begin_a_renewal() -> None:
    """Let the story's laboratory have the draft of an application."""
    manager = User.objects.get(username="shiyanshi")
    organisation = manager.memberships.get().organisation_id
    start_application(organisation_id=organisation, kind="renewal", by=manager, at=timezone.now())


def let_the_doubted_laboratory_have_people_and_a_commitment() -> None:
    """Give the laboratory whose reports repeat old numbers a manager, a clerk, and lines granted on commitment."""
    alert = Alert.objects.filter(stage="new", family="copies").order_by("rank").first()
    if alert is None or alert.body.organisation is None:
        raise SystemExit("screening found no laboratory whose reports repeat old numbers")
    body, now, today = alert.body, timezone.now(), timezone.localdate()
    people = {one.username: one for one in User.objects.filter(username__in=("sheng", "shenhe"))}
    for key, username, name, role in (
        ("shiyanshi", "yidian", "疑点实验室 马主任", Role.BODY_MANAGER),
        ("luru", "yidianluru", "疑点实验室 邓录入", Role.BODY_CLERK),
    ):
        with recorded(None, "browser tests"):
            people[key] = User.objects.create(username=username, display_name=name, password=hashed())
            Membership.objects.create(
                user=people[key], organisation=body.organisation, role=role, valid_from=today - timedelta(days=400)
            )
    thing, lacking = _not_held(body)
    said = applications.FOOD_CONTENT | {"domain": "ecology", "field": "13", "contact": "邓录入"}
    made = applications.filed(body, people, thing, [lacking], applications.moment(today, 24, now), said)
    applications.grant(made, people, applications.moment(today, 20, now))


def _not_held(body: Body) -> tuple[str, int]:
    """Return an object that the laboratory tests, and a method by which others test it for what its schedule lacks."""
    held = body.scope_lines.filter(valid_to__gte=timezone.localdate())
    for thing in dict.fromkeys(held.exclude(object=None).order_by("pk").values_list("object_text", flat=True)):
        editions = ScopeLine.objects.filter(object_text=thing).values("edition")
        rows = MethodParameter.objects.filter(method__edition__in=editions)
        lacking = rows.exclude(parameter__in=held.values("parameter")).order_by("pk").first()
        if lacking is not None:
            return thing, lacking.pk
    raise SystemExit("the laboratory holds everything that others test")


def two_houses_with_certificates_of_their_own() -> None:
    """Let one laboratory hold an electronic certificate to give up, another two paper ones to be made into one."""
    sheng, now = User.objects.get(username="sheng"), timezone.now()
    for place, (username, name) in enumerate(
        (("lijie", "粤北清源检测有限公司（演示）"), ("heyi", "粤东合一检测有限公司（演示）"))
    ):
        uscc, where = str(make_uscc("440106", 30_000_000 + place)), f"广州市天河区演示五路{place + 1}号"
        with recorded(None, "browser tests"):
            house = Organisation.objects.create(kind=OrganisationKind.BODY, name=name, uscc=uscc, division_id="440106")
            user = User.objects.create(username=username, display_name=f"{name[:4]} 管理者", password=hashed())
            Membership.objects.create(user=user, organisation=house, role=Role.BODY_MANAGER, valid_from=FIRST_DAY)
        if username == "lijie":
            _granted(house, NewBody(name, uscc, "440106", where, generated=True), sheng, now)
        else:
            _on_paper(house, uscc, where, now)


def _granted(house: Organisation, body: NewBody, officer: User, now: datetime) -> None:
    lines = tuple(GrantedLine("生活饮用水", one, "GB/T 5750.6-2023", "A", domain="水质") for one in ("铅", "镉"))
    issue(
        grant=Grant(
            organisation_id=house.pk, body_id=None, application_number="BROWSER-1", decision_no="浏览器测试〔2026〕1号",
            decided_on=FIRST_DAY, valid_from=FIRST_DAY, whole_term=True, body=body, added=lines,
            sites=(GrantedSite("A", "主实验室", body.address, body.division),),
            signatories=(GrantedSignatory("李洁", "水质", "高级工程师"),),
        ),
        by=officer, at=now, why="browser tests",
    )  # fmt: skip


def _on_paper(house: Organisation, uscc: str, where: str, now: datetime) -> None:
    """Import a body with two certificates of before, each with a line of its own and one that both have."""
    held = [("231912119001", "铅"), ("231912119002", "镉")]
    for kind, rows in (
        ("institutions", [{"cma": held[0][0], "name": house.name, "uscc": uscc, "division": "440106", "address": where,
                           "source": "browser tests"}]),
        ("accreditations", [{"body": held[0][0], "number": number, "valid_from": "2023-05-01",
                             "valid_to": (timezone.localdate() + timedelta(days=100)).isoformat()}
                            for number, _metal in held]),
        ("scope", [{"body": held[0][0], "accreditation": number, "object_text": "生活饮用水", "parameter_text": metal,
                    "method_text": "GB/T 5750.6-2023", "valid_from": "2023-05-01"}
                   for number, own in held for metal in (own, "砷")]),
    ):  # fmt: skip
        outcome = import_rows(kind=kind, rows=rows, by=None, at=now, why="browser tests")
        if outcome.problems:
            raise SystemExit(str(outcome.problems))
    body = Body.objects.get(uscc=uscc)
    body.organisation = house
    with recorded(None, "browser tests"):
        body.save(update_fields=["organisation"])


if __name__ == "__main__":
    call_command("migrate", interactive=False, verbosity=0)
    load(Extent(bodies=24, reports=650), seed=1, folder=None)
    publish()
    hold_a_parameter_that_the_catalogue_lacks()
    begin_a_renewal()
    let_the_doubted_laboratory_have_people_and_a_commitment()
    two_houses_with_certificates_of_their_own()
