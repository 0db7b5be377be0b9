"""What officers read: the queue, one file with everything beside it, and how long matters took."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.lifecycle import ENDED, OPEN, Route, Stage
from zhunsheng.admission.licensing.models import Application, Attachment, ClockRun
from zhunsheng.admission.licensing.permissions import AnyUser, Can
from zhunsheng.admission.licensing.rules.durations import Durations, Took, durations
from zhunsheng.foundation.identifiers.accreditations import cma_codes
from zhunsheng.foundation.lawbook import Entry
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Organisation, User
from zhunsheng.platform.reading import in_language

TABS: dict[str, tuple[str, ...]] = {
    "open": tuple(OPEN),
    "acceptance": (Stage.FILED, Stage.GAPS),
    "review": (Stage.ACCEPTED, Stage.IN_REVIEW),
    "rectifying": (Stage.RECTIFYING,),
    "decision": (Stage.REVIEWED, Stage.PROPOSED, Stage.EXAMINED),
    "ended": tuple(ENDED),
}
"""The stages behind each tab of the queue, in the order of the work."""
ACTIONS_AT: dict[str, str] = {
    Stage.FILED: Can.HANDLE,
    Stage.ACCEPTED: Can.HANDLE,
    Stage.IN_REVIEW: Can.HANDLE,
    Stage.RECTIFYING: Can.HANDLE,
    Stage.REVIEWED: Can.PROPOSE,
    Stage.PROPOSED: Can.EXAMINE,
    Stage.EXAMINED: Can.DECIDE,
}
"""Who must act at a stage; at GAPS the applicant must."""
MOST_NAMES = 100
"""Organisations whose files one search by name shows; the page says so where more bear the name."""


def filed_visible_to(user: AnyUser, on: date) -> QuerySet[Application]:
    """Return what was filed in the divisions of this officer, without the files of the officer's own organisation."""
    reach = policy.reach_of(user, Can.SEE, on)
    if not (reach.everywhere or reach.division_prefixes):
        return Application.objects.none()
    found = Application.objects.exclude(stage=Stage.DRAFT)
    return found if _whole(reach) else found.filter(reach.as_q(organisation=None))


def _whole(reach: policy.Reachable) -> bool:
    return reach.everywhere


def in_tab(rows: QuerySet[Application], tab: str) -> QuerySet[Application]:
    """Return the rows of a tab in the order in which they are due; ended ones newest first."""
    if tab == "ended":
        return rows.filter(stage__in=TABS["ended"], ended_at__isnull=False).order_by("-ended_at", "-pk")
    return rows.filter(stage__in=TABS[tab]).order_by(F("due_earliest").asc(nulls_last=True), "pk")


def named_like(text: str) -> list[int]:
    """Return the organisations with this in their name, the first MOST_NAMES and one more if there are others."""
    rows = Organisation.objects.filter(name__contains=text.strip()).order_by("pk")
    return list(rows.values_list("pk", flat=True)[: MOST_NAMES + 1])


def found_by(rows: QuerySet[Application], text: str, named: Sequence[int]) -> QuerySet[Application]:
    """Return what a search finds: number from its beginning, credit code whole, the files of those `named_like` it."""
    words = text.strip().upper()
    wanted = Q(number__startswith=words) | Q(uscc=words) | Q(organisation_id__in=named[:MOST_NAMES])
    return rows.filter(wanted)


def waiting_for(user: User, on: date) -> QuerySet[Application]:
    """Return what waits for an act of this person, by what is due: the stages that his or her roles act at."""
    wanted = Q(pk__in=[])
    for action in dict.fromkeys(ACTIONS_AT.values()):
        reach = policy.reach_of(user, action, on)
        if reach:
            stages = [stage for stage, needed in ACTIONS_AT.items() if needed == action]
            wanted |= Q(stage__in=stages) & reach.as_q(organisation=None)
    return Application.objects.filter(wanted, stage__in=OPEN).order_by(F("due_earliest").asc(nulls_last=True), "pk")


def route_entry(application: Application) -> Entry | None:
    """Return the law of an application's route as it held when it was filed; None where no route is chosen."""
    day = timezone.localdate(application.filed_at) if application.filed_at else timezone.localdate()
    for entry in law_book.held(law_book.ways(), day):
        if entry.values.get("code") == application.route and "effect" not in entry.values:
            return entry
    return None


def route_law(application: Application) -> str:
    """Return rule and version of an application's route."""
    entry = route_entry(application)
    return entry.named if entry else ""


def is_reviewed(application: Application) -> bool:
    """Tell whether a technical review comes before the decision on this route."""
    entry = route_entry(application)
    return entry is None or list(entry.values["review"]) != ["none"]


def is_verified_after(application: Application) -> bool:
    """Tell whether the route wants a verification after the decision."""
    entry = route_entry(application)
    return entry is not None and bool(entry.values["verified_after"])


def attachments_of(application: Application) -> list[Attachment]:
    """Return the files of an application with their digests, in the order of the materials."""
    rows = application.attachments.filter(removed_at=None).select_related("file")
    return list(rows.order_by("material", "added_at", "pk"))


def finished_clocks(user: AnyUser, on: date, since: date, until: date) -> list[Durations]:
    """Return how long the clocks took that ended in a stretch of time, by route and clock, for this officer's reach."""
    reach = policy.reach_of(user, Can.SEE, on)
    runs = ClockRun.objects.filter(ended_on__gte=since, ended_on__lte=until, used_days__isnull=False)
    if not reach.everywhere:
        runs = runs.filter(reach.as_q(division="application__division_id", organisation=None))
    counted = (
        runs.order_by()
        .values_list("application__route", "clock", "used_days", "days", "outcome")
        .annotate(n=Count("pk"))
    )
    return durations(_took(counted))


def _took(rows: Iterable[Any]) -> Iterable[Took]:
    places = {route: place for place, route in enumerate(Route.values)}
    for route, clock, used, limit, outcome, count in sorted(rows, key=lambda row: (places.get(row[0], 99), row[1])):
        for _number in range(count):
            yield Took(route, clock, used, limit, met=used <= limit and outcome != "late")


def clock_names() -> dict[str, str]:
    """Return the titles of the clocks in the reader's language, by code."""
    book = law_book.clocks()
    return {str(one.values["code"]): in_language(one.title) for one in book if "code" in one.values}


def field_choices() -> list[tuple[str, str]]:
    """Return the professional fields of certificate numbers in the reader's language."""
    fields = cma_codes(timezone.localdate()).values["fields"]
    return [(code, f"{code} {in_language(words)}") for code, words in fields.items()]
