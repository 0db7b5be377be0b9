"""The charts of an alert, as plain data for the kit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhunsheng.oversight.screening import explaining, wording
from zhunsheng.oversight.screening.evidence.peers import RATE, RATIO, shares

Spec = dict[str, Any]
MOST_INSTRUMENTS: Final = 4


def of_alert(evidence: Mapping[str, Any], family: str) -> list[Spec]:
    """Return the charts that belong to a family of signs, without those that have nothing to show."""
    made = [_distribution(one, evidence["peers"][one["detector"]]) for one in evidence["signals"][:2]]
    made += [_by_month(one) for one in evidence["signals"] if "by_month" in one["facts"]]
    if family == "values":
        made += [_digits(evidence["digits"]), _limits(evidence["limits"])]
    made.append(_clock(evidence["runs"]))
    return [spec for spec in made if spec is not None]


def _distribution(signal: Mapping[str, Any], peers: Mapping[str, Any]) -> Spec | None:
    """Return where the body stands among all bodies."""
    if not peers["peers"]:
        return None
    edges, own = peers["edges"], peers["own_bin"]
    as_far = peers["as_far_out"] if "as_far_out" in peers else peers["at_or_above"]  # evidence of before names it so
    title = _("%(sign)s: %(above)s of %(peers)s peers are as far out") % {
        "sign": wording.sign_title(signal["detector"]), "above": as_far, "peers": peers["peers"],
    }  # fmt: skip
    sign = explaining.sign_of(signal["detector"], timezone.localdate())
    axis = {
        RATE: _("%(unit)s per 100 looked at") % {"unit": wording.in_words(sign.unit)},
        RATIO: _("%(unit)s, as a multiple of what peers would show") % {"unit": wording.in_words(sign.unit)},
    }.get(peers["scale"], wording.in_words(sign.unit))
    return {
        "kind": "bar",
        "stacked": True,
        "title": title,
        "x": {"name": axis, "values": [_span(edges[n], edges[n + 1]) for n in range(len(edges) - 1)]},
        "y": {"name": pgettext("unit", "bodies"), "whole": True},
        "series": [
            {"name": _("peers"), "values": peers["counts"], "meaning": "neutral"},
            {
                "name": _("this body"),
                "values": [int(n == own) for n in range(len(edges) - 1)],
                "meaning": "attention",
            },
        ],
    }


def _span(low: float, high: float) -> str:
    return f"{explaining.plain(round(low, 2))}–{explaining.plain(round(high, 2))}"


def _by_month(signal: Mapping[str, Any]) -> Spec:
    """Return the course of what a sign follows by month: the share below a limit, or the level beside peers'."""
    facts = signal["facts"]
    course = facts["by_month"]
    if signal["detector"] == "more_censored":
        title = _("Below the limit of quantification: %(before)s before %(month)s, %(after)s from then on") % {
            "before": explaining.percent(facts["before"]), "after": explaining.percent(facts["after"]),
            "month": facts["since"],
        }  # fmt: skip
    else:
        title = _("%(parameter)s: monthly level beside peers', as a difference from the body's own mean") % {
            "parameter": facts["parameter"]
        }
    return {
        "kind": "line",
        "title": title,
        "x": {"name": _("Month"), "values": course["months"]},
        "y": {"name": "%"},
        "series": [{"name": _("this body"), "values": course["own"], "meaning": "attention"}],
    }


def _digits(digits: Mapping[str, Any]) -> Spec | None:
    """Return last digits of the body beside peers'."""
    if sum(digits["own"]) == 0:
        return None
    own, peers = shares(digits["own"]), shares(digits["peers"])
    most = max(range(10), key=lambda digit: own[digit] - peers[digit])
    return {
        "kind": "bar",
        "title": _("Last digit %(digit)s: %(own)s %% here, %(peers)s %% among peers")
        % {"digit": most, "own": own[most], "peers": peers[most]},
        "x": {"name": _("Last digit as written"), "values": [str(digit) for digit in range(10)]},
        "y": {"name": "%"},
        "series": _own_and_peers(own, peers),
        "note": _("%(own)s results here, %(peers)s of peers with the same tests and rounding.")
        % {"own": f"{sum(digits['own']):,}", "peers": f"{sum(digits['peers']):,}"},
    }


def _limits(limits: Mapping[str, Any]) -> Spec | None:
    """Return how results lie to their upper limits, beside peers'."""
    if sum(limits["own"]) == 0:
        return None
    edges = [f"{edge:g}" for edge in limits["edges"]]
    names = [*(f"{edges[n]}–{edges[n + 1]}" for n in range(len(edges) - 1)), f"> {edges[-1]}"]
    own, peers = shares(limits["own"]), shares(limits["peers"])
    inside = names.index("0.95–1")
    return {
        "kind": "bar",
        "title": _("Just inside the limit: %(own)s %% here, %(peers)s %% among peers")
        % {"own": own[inside], "peers": peers[inside]},
        "x": {"name": _("Result as a multiple of its upper limit"), "values": names},
        "y": {"name": "%"},
        "series": _own_and_peers(own, peers),
        "note": _("%(own)s results here, %(peers)s of peers with the same tests.")
        % {"own": f"{sum(limits['own']):,}", "peers": f"{sum(limits['peers']):,}"},
    }


def _own_and_peers(own: list[float], peers: list[float]) -> list[dict[str, Any]]:
    return [
        {"name": _("this body"), "values": own, "meaning": "attention"},
        {"name": _("peers"), "values": peers, "meaning": "neutral"},
    ]


def _clock(runs: list[Mapping[str, Any]]) -> Spec | None:
    """Return when instruments were at work: one point a run, day against hour; those to look at apart."""
    if not runs:
        return None
    first = _local(runs[0]["started"]).date()
    flagged: dict[str, list[list[float]]] = {}
    others: list[list[float]] = []
    for run in runs:
        begun = _local(run["started"])
        point = [(begun.date() - first).days + 1, round(begun.hour + begun.minute / 60, 2)]
        if run["flagged"]:
            flagged.setdefault(run["instrument"] or "—", []).append(point)
        else:
            others.append(point)
    shown = sorted(flagged, key=lambda name: (-len(flagged[name]), name))
    series = [{"name": name, "values": flagged[name]} for name in shown[:MOST_INSTRUMENTS]]
    rest = [point for name in shown[MOST_INSTRUMENTS:] for point in flagged[name]]
    if rest:
        series.append({"name": _("other instruments"), "values": rest})
    if others:
        series.append({"name": _("other runs"), "values": others, "meaning": "neutral"})
    return {
        "kind": "scatter",
        "title": _("When tests began: %(flagged)s runs of the reports to look at, %(others)s others")
        % {"flagged": sum(map(len, flagged.values())), "others": len(others)},
        "x": {"name": _("Days, counted from %(day)s") % {"day": first.isoformat()}},
        "y": {"name": _("Hour of the day")},
        "series": series,
    }


def _local(moment: str) -> datetime:
    return timezone.localtime(datetime.fromisoformat(moment))
