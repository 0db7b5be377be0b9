"""Fill a home folder with a small demo province for the browser tests: `python -m tests.browser.prepare`."""

import os
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhunsheng.web.settings")
django.setup()

import json  # noqa: E402 - below, with all the rest: models need Django

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from zhunsheng.admission.licensing.services.drafting import start_application  # noqa: E402
from zhunsheng.demo import applications  # noqa: E402
from zhunsheng.demo.commands import load  # noqa: E402
from zhunsheng.demo.people import hashed  # noqa: E402
from zhunsheng.demo.sizes import Extent  # noqa: E402
from zhunsheng.oversight.reports.models import Channel  # noqa: E402
from zhunsheng.oversight.reports.permissions import OPERATOR  # noqa: E402
from zhunsheng.oversight.reports.services.intake import receive_many  # noqa: E402
from zhunsheng.oversight.screening.models import Alert  # noqa: E402
from zhunsheng.platform.accounts.history import recorded  # noqa: E402
from zhunsheng.platform.accounts.models import Membership, Role, User  # noqa: E402
from zhunsheng.platform.ledger.services import seal_pending  # noqa: E402
from zhunsheng.registry.bodies.models import Body  # noqa: E402
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
    held = body.scope_lines.filter(valid_to__gte=today)
    thing = held.exclude(object=None).earliest("pk").object_text
    lacking = MethodParameter.objects.filter(method__edition__in=held.filter(object_text=thing).values("edition"))
    lacking = lacking.exclude(parameter__in=held.values("parameter")).order_by("pk")
    said = applications.FOOD_CONTENT | {"domain": "ecology", "field": "13", "contact": "邓录入"}
    made = applications.filed(body, people, thing, [lacking[0].pk], applications.moment(today, 24, now), said)
    applications.grant(made, people, applications.moment(today, 20, now))


if __name__ == "__main__":
    call_command("migrate", interactive=False, verbosity=0)
    load(Extent(bodies=24, reports=500), seed=1, folder=None)
    publish()
    hold_a_parameter_that_the_catalogue_lacks()
    begin_a_renewal()
    let_the_doubted_laboratory_have_people_and_a_commitment()
