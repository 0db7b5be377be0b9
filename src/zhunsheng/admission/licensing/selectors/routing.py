"""The facts of one application that route it, and the router's answer for a day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.lifecycle import LineAct
from zhunsheng.admission.licensing.models import Application, RouteBar
from zhunsheng.admission.licensing.rules.clocks import bar_end
from zhunsheng.admission.licensing.rules.routing import RoutingAnswer, RoutingFacts, route
from zhunsheng.foundation.identifiers import IdentifierError, parse_cnas
from zhunsheng.registry.bodies import selectors as bodies
from zhunsheng.registry.bodies.models import Accreditation, Body, ScopeLine
from zhunsheng.registry.credit import selectors as credit

ASKED = (
    "special_food", "within_capability", "same_capability", "substantive_change", "affects_conditions",
    "needs_site_check",
)  # fmt: skip
"""What only the applicant can tell: kept in `answers` as True or False, absent while not told."""
HELD = ("active", "suspended")
"""How a certificate stands that a body holds."""


def answer_for(application: Application, on: date) -> RoutingAnswer:
    """Return which routes are open to an application by the law and the facts of a day, each with its conditions."""
    return route(facts_of(application, on), law_book.ways())


def facts_of(application: Application, on: date) -> RoutingFacts:
    """Return what is known of an application on a day: what the register says, and what the applicant told."""
    told = application.answers
    asked: dict[str, Any] = {name: told.get(name) for name in ASKED}
    if names_special_food(application, on):
        asked["special_food"] = True
    standing = _standing(application.body, on)
    held = [one for one, how in standing if how in HELD and not _is_cnas(one)]
    recognised = [one.pk for one, how in standing if how == "active" and _is_cnas(one)]
    return RoutingFacts(
        kind=application.kind,
        on=on,
        domains=frozenset({application.domain} - {""}),
        bars=bars_of(application.organisation_id, on) | bars_by_credit(application.body_id, on),
        certificate_in_force=bool(held),
        cnas_covers_all=_cnas_covers(application, recognised, on),
        sector_licence=bool(application.sector_licence),
        remote_ground=str(told.get("remote_ground") or ""),
        **asked,
        **_credit(application, held, on),
    )


def asked_of(kind: str, on: date) -> tuple[str, ...]:
    """Return the facts that the law of a day wants to know of this kind of application and only the applicant knows."""
    asked = {
        name
        for entry in law_book.held(law_book.ways(), on)
        if "effect" in entry.values and (not entry.values["kinds"] or kind in entry.values["kinds"])
        and _is_for(entry.values["routes"], kind, on)
        for one in entry.values["when"]
        for name in one
    }  # fmt: skip
    return tuple(name for name in (*ASKED, "sector_licence", "remote_ground") if name in asked)


def _is_for(routes: Iterable[str], kind: str, on: date) -> bool:
    """Tell whether one of these routes is made for this kind at all."""
    made = {
        entry.values["code"]
        for entry in law_book.held(law_book.ways(), on)
        if "effect" not in entry.values and kind in entry.values["kinds"]
    }
    return bool({"all", *made} & set(routes))


def bars_of(organisation_id: int, on: date) -> frozenset[str]:
    """Return the kinds of bars that stand against an applicant on a day."""
    rows = RouteBar.objects.filter(organisation_id=organisation_id, since__lte=on, lifted_at=None)
    return frozenset(rows.filter(Q(until=None) | Q(until__gte=on)).values_list("condition", flat=True))


def bars_by_credit(body_id: int | None, on: date) -> frozenset[str]:
    """Return the bars that decided events of the credit file keep up: false applications, revocation for fraud.

    A bar lasts from the event's day for as long as the law of that day says (Administrative Licensing Law, 78 and 79).
    """
    if body_id is None:
        return frozenset()
    kinds = {str(one.values["event"]) for one in law_book.clocks() if one.values.get("event")}
    found = set()
    for event in credit.events_between(body_id, date.min, on, kinds):
        term = law_book.bars_by_event(event.on).get(event.kind)
        if term is not None and on <= bar_end(term, event.on):
            found.add(str(term.values["bar"]))
    return frozenset(found)


def names_special_food(application: Application, on: date) -> bool:
    """Tell whether a line asked for names special food in its object or category, whatever the applicant told."""
    words = law_book.ways().on("COND-COMMITMENT-SPECIAL-FOOD", on).values["special_food_words"]
    named = Q(pk__in=[])
    for word in words:
        named |= Q(object_text__contains=word) | Q(category__contains=word)
    return application.lines.filter(named).exclude(act=LineAct.GIVE_UP).exists()


def _credit(application: Application, certificates: list[Accreditation], on: date) -> dict[str, Any]:
    """Return grade and decided breaches of the credit file; nothing for an applicant that the register doesn't know.

    The last term is that of the certificate held; without one there is no term, and no breach in it.
    """
    if application.body_id is None:
        return {}
    grade = credit.grade_on(application.body_id, on)
    begun = [one.valid_from for one in certificates if one.valid_from is not None]
    return {
        "grade": grade.grade if grade else None,
        "grade_version": grade.rule_version if grade else "",
        "breaches_in_term": credit.breaches_between(application.body_id, min(begun), on) if begun else None,
    }


def _cnas_covers(application: Application, recognised: list[int], on: date) -> bool | None:
    """Tell whether a CNAS scope in force covers every line asked for; None where nothing is asked for yet.

    A line is covered where the recognised scope has the same object, parameter and edition of the catalogue.
    """
    asked = application.lines.filter(act__in=[LineAct.ADD, LineAct.REPLACE, LineAct.KEEP])
    if not asked.exists():
        return None
    if not recognised:
        return False
    covering = ScopeLine.objects.filter(
        accreditation_id__in=recognised,
        object_id=OuterRef("object_id"),
        parameter_id=OuterRef("parameter_id"),
        edition_id=OuterRef("edition_id"),
    ).filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on))
    return not asked.filter(~Exists(covering)).exists()


def certificates_held(body: Body | None, on: date) -> list[Accreditation]:
    """Return the certificates of accreditation that a body holds on a day: in force, or suspended for a time.

    A suspended one is held: it can be renewed, changed or given up, and keeps its body from a second first grant.
    """
    return [one for one, how in _standing(body, on) if how in HELD and not _is_cnas(one)]


def _standing(body: Body | None, on: date) -> list[tuple[Accreditation, str]]:
    if body is None:
        return []
    held = bodies.certificates_with_standing(bodies.body_as_of(body, on))
    return [(one, how) for one, how, _since in held]


def _is_cnas(certificate: Accreditation) -> bool:
    try:
        return bool(parse_cnas(certificate.number))
    except IdentifierError:
        return False
