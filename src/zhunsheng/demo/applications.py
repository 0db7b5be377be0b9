"""Applications of the laboratory of the story: one granted, one waiting, one to be completed, one in preparation."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from zhunsheng.admission.licensing.models import Application
from zhunsheng.admission.licensing.selectors import missing
from zhunsheng.admission.licensing.services import acceptance, attachments, deciding, documents, drafting, filing, lines
from zhunsheng.admission.licensing.services.acceptance import ToldGap
from zhunsheng.demo.paper import paper
from zhunsheng.demo.people import PASSWORD, WHY
from zhunsheng.foundation.workdays import NotAnnounced, is_workday
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies.models import Body, ScopeLine
from zhunsheng.registry.catalogue.models import MethodParameter

LINES = 2
FOOD, FOOD_DOMAIN = "GB 5009", "食品"
ROUTE = "commitment"
FOOD_CONTENT: Mapping[str, Any] = {
    "contact": "谢录入", "contact_phone": "020-80000000", "domain": "food", "field": "00", "sector": "14",
    "special_food": False, "within_capability": True, "substantive_change": False,
}  # fmt: skip


def load_applications(hero: Body, at: datetime) -> None:
    """Take four applications through the ordinary services; their days lie before `at`.

    Nothing is loaded where the laboratory's schedule or the catalogue holds too little to apply for.
    """
    thing, wanted = _lacking(hero)
    if hero.organisation is None or len(wanted) < LINES * 3:
        return
    people = {one.username: one for one in User.objects.all()}
    today = timezone.localdate(at)
    parts = [wanted[n : n + LINES] for n in range(0, LINES * 3, LINES)]
    granted = filed(hero, people, thing, parts[0], moment(today, 24, at))
    grant(granted, people, moment(today, 20, at))
    filed(hero, people, thing, parts[1], moment(today, 2, at))
    gaps = filed(hero, people, thing, parts[2], moment(today, 4, at))
    acceptance.tell_gaps(
        application_id=gaps.pk, by=people["shenhe"], at=moment(today, 1, at),
        gaps=[ToldGap("attachments", "所附设备校准证书已过有效期。", "请补充有效期内的校准证书。")],
    )  # fmt: skip
    drafting.start_application(
        organisation_id=hero.organisation.pk, kind="signatory", by=people["luru"], at=moment(today, 1, at)
    )
    documents.make_letters()
    documents.make_letters()


def _lacking(hero: Body) -> tuple[str, list[int]]:
    """Return a food that the laboratory tests, and methods for parameters of it that its schedule lacks."""
    held = ScopeLine.objects.filter(body=hero, object__isnull=False, domain=FOOD_DOMAIN)
    for thing in held.order_by("object_text").values_list("object_text", flat=True).distinct():
        known = held.filter(object_text=thing).values("parameter_id")
        others = MethodParameter.objects.filter(method__edition__code__startswith=FOOD).exclude(parameter_id__in=known)
        found = {parameter: key for key, parameter in others.order_by("-pk").values_list("pk", "parameter_id")}
        if len(found) >= LINES * 3:
            return thing, sorted(found.values())
    return "", []


def moment(today: date, days: int, at: datetime) -> datetime:
    """Return ten o'clock on a working day so many days ago, at the latest `at`."""
    day = today - timedelta(days=days)
    while not _worked(day):
        day -= timedelta(days=1)
    return min(timezone.make_aware(datetime.combine(day, time(10))), at)


def _worked(day: date) -> bool:
    try:
        return is_workday(day)
    except NotAnnounced:
        return day.weekday() < 5


def filed(
    body: Body, people: Mapping[str, User], thing: str, determinations: list[int], at: datetime,
    said: Mapping[str, Any] = FOOD_CONTENT,
) -> Application:  # fmt: skip
    """Return an extension that a laboratory's clerk ("luru") prepared, its manager ("shiyanshi") signed and filed."""
    if body.organisation is None:
        raise LookupError("an applicant needs an organisation")
    give: dict[str, Any] = {"by": people["luru"], "at": at}
    made = drafting.start_application(organisation_id=body.organisation.pk, kind="extension", **give)
    give["application_id"] = made.pk
    content = {**said, "uscc": made.uscc or body.uscc, "address": made.address or "广州市"}
    drafting.save_part(content=content, **give)
    site = made.sites.order_by("code").values_list("pk", flat=True).first()
    lines.pick_lines(object_name=thing, determination_ids=determinations, site_id=site, **give)
    filing.choose_route(route=ROUTE, **give)
    made.refresh_from_db()
    for entry in missing.materials_asked(made, timezone.localdate(at)):
        code = entry.values["check"]["material"]
        attachments.attach(material=code, content=paper(f"{made.number} {code}"), name=f"{code}.pdf", **give)
    filing.sign_commitment(application_id=made.pk, by=people["shiyanshi"], at=at, password=PASSWORD)
    filing.file_application(application_id=made.pk, by=people["shiyanshi"], at=at)
    made.refresh_from_db()
    made.generated = True
    with recorded(None, WHY):
        made.save(update_fields=["generated"])
    return made


def grant(application: Application, people: Mapping[str, User], at: datetime) -> None:
    """Let officers accept and decide it, each doing what is his or hers."""
    acceptance.accept(application_id=application.pk, by=people["shenhe"], at=at)
    application.refresh_from_db()
    found = deciding.draft_of(application, timezone.localdate(at))
    deciding.propose(
        application_id=application.pk, outcome=found.outcome, reasons=found.text or "材料齐全，承诺符合要求。",
        by=people["shenhe"], at=at,
    )  # fmt: skip
    deciding.decide(application_id=application.pk, by=people["sheng"], at=at)
