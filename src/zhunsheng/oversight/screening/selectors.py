"""Reads of runs and alerts, each starting from what a person may see."""

from datetime import date
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from zhunsheng.oversight.screening.lifecycle import Stage
from zhunsheng.oversight.screening.models import Alert, Judgement, Run, Sighting
from zhunsheng.oversight.screening.permissions import AnyUser, Can
from zhunsheng.platform.accounts import policy

EXPLAINS: Final = {Judgement.Outcome.EXPLAINED: 1, Judgement.Outcome.REOPENED: -1}


def alerts_visible_to(user: AnyUser, on: date) -> QuerySet[Alert]:
    """Return the alerts in sight, the newest and oddest first: officers' by place, a body's own once disclosed."""
    place = policy.reach_of(user, Can.SEE, on)
    own = policy.reach_of(user, Can.SEE_DISCLOSED, on)
    wanted = place.as_q(organisation=None)
    if own:
        wanted |= Q(disclosed_at__isnull=False) & own.as_q(division=None, organisation="body__organisation_id")
    found = Alert.objects.filter(wanted).select_related("body", "division", "last_run")
    return found.order_by("-raised_on", "rank", "pk")


def officers_alerts(user: AnyUser, on: date) -> QuerySet[Alert]:
    """Return the alerts that a person sees by office, not as the body they are about."""
    reach = policy.reach_of(user, Can.SEE, on)
    found = Alert.objects.filter(reach.as_q(organisation=None)).select_related("body", "division", "last_run")
    return found.order_by("-raised_on", "rank", "pk")


def untreated_alerts(alerts: QuerySet[Alert], on: date) -> QuerySet[Alert]:
    """Keep those with which somebody has to do something: not the watched ones before their day."""
    return alerts.filter(Q(stage=Stage.NEW) | Q(stage=Stage.WATCHED, watch_until__lte=on))


def in_tab(alerts: QuerySet[Alert], tab: str, on: date) -> QuerySet[Alert]:
    """Return the alerts of a tab of the inbox.

    `waiting`: with which somebody has to do something, what chance explains least first; `watched`: left alone until
    their day, the soonest first; `all`, as they come.
    """
    if tab == "waiting":
        return untreated_alerts(alerts, on).order_by("q", "rank", "pk")
    if tab == "watched":
        return alerts.filter(stage=Stage.WATCHED, watch_until__gt=on).order_by("watch_until", "rank", "pk")
    return alerts


def sightings_of(alert: Alert) -> QuerySet[Sighting]:
    """Return what runs saw of an alert, the newest first, without the evidence itself."""
    return Sighting.objects.filter(alert=alert).select_related("run").defer("evidence").order_by("-run__at", "-pk")


def last_sighting(alert: Alert) -> Sighting | None:
    """Return what was seen last, with its evidence."""
    return Sighting.objects.filter(alert=alert).select_related("run").order_by("-run__at", "-pk").first()


def runs() -> QuerySet[Run]:
    """Return the runs, the newest first."""
    return Run.objects.order_by("-at", "-pk")


def last_run() -> Run | None:
    """Return the newest run."""
    return runs().first()


def watched_until(day: date) -> QuerySet[Alert]:
    """Return the watched alerts whose day has come."""
    return Alert.objects.filter(stage=Stage.WATCHED, watch_until__lte=day)


def by_place(alerts: QuerySet[Alert]) -> list[dict[str, Any]]:
    """Return how many alerts each division has."""
    counted = alerts.order_by().values("division_id").annotate(alerts=Count("pk"))
    return [dict(row) for row in counted.order_by("division_id")]


def judgements_visible_to(user: AnyUser, on: date) -> QuerySet[Judgement]:
    """Return the judgements in sight, the newest first."""
    reach = policy.reach_of(user, Can.SEE, on)
    seen = Judgement.objects.filter(reach.as_q(division="alert__division_id", organisation=None))
    return seen.select_related("alert", "by").order_by("-at", "-pk")


def explanation_of(alert: Alert) -> Judgement:
    """Return the judgement that explained an alert last. Raises: Judgement.DoesNotExist."""
    explained = Judgement.objects.filter(alert=alert, outcome=Judgement.Outcome.EXPLAINED)
    return explained.select_related("sighting").order_by("-at", "-pk")[:1].get()


def judged_by_detector(judgements: QuerySet[Judgement]) -> dict[str, dict[str, int]]:
    """Return for each detector how many judged alerts showed it, and how many of them had an ordinary explanation.

    An explanation that was withdrawn is no judgement any more.
    """
    found: dict[str, dict[str, int]] = {}
    counted = judgements.order_by().values_list("detectors", "outcome").annotate(times=Count("pk"))
    for detectors, outcome, times in counted:
        for detector in detectors:
            row = found.setdefault(detector, {"judged": 0, "explained": 0})
            row["judged"] += -times if outcome == Judgement.Outcome.REOPENED else times
            row["explained"] += times * EXPLAINS.get(outcome, 0)
    return {detector: row for detector, row in found.items() if row["judged"]}
