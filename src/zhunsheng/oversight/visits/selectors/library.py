"""The library of checklists on a day: the law files' and the editions imported over them; what applies to one body."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from zhunsheng.oversight.inspections.models import Task
from zhunsheng.oversight.visits import lawbook
from zhunsheng.oversight.visits.lifecycle import OrderStage
from zhunsheng.oversight.visits.models import Edition, Finding
from zhunsheng.oversight.visits.rules.tailoring import BodyFacts, ChecklistItem, Extra, tailored
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.credit.models import Obligation

GENERAL = "general"
MOST_EXTRAS = 20


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist in force: its code, its title in zh and en, which edition it is, its items."""

    code: str
    title: dict[str, str]
    version: str
    items: tuple[ChecklistItem, ...]
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """The items that apply to one body, and the editions that they come from."""

    items: tuple[ChecklistItem, ...]
    editions: str


def checklists_on(on: date) -> list[Checklist]:
    """Return every checklist of a day, the general one first: an approved edition stands before the law file's."""
    held = {str(one.values["checklist"]): one for one in lawbook.checklists(on)}
    found = {
        code: Checklist(code, dict(entry.title), lawbook.named(entry), _items(entry.values), entry.verified)
        for code, entry in held.items()
    }
    approved = Edition.objects.filter(approved_at__isnull=False, effective_from__lte=on)
    for one in approved.order_by("effective_from", "number"):
        items = tuple(ChecklistItem.read(item) for item in one.items)
        found[one.checklist] = Checklist(
            one.checklist, one.title, f"{one.checklist} {one.number}.{one.digest[:8]}", items, verified=True
        )
    return sorted(found.values(), key=lambda one: (one.code != GENERAL, one.code))


def checklist_on(code: str, on: date) -> Checklist | None:
    """Return one checklist of a day."""
    return next((one for one in checklists_on(on) if one.code == code), None)


def _items(values: Any) -> tuple[ChecklistItem, ...]:
    return tuple(ChecklistItem.read(one, values.get("domains", ())) for one in values["items"])


def facts_of(body: Body, on: date) -> BodyFacts:
    """Return what tailoring asks about a body: the words of its schedule's fields and objects, its sites."""
    lines = body.scope_lines.exclude(valid_to__lt=on)
    words = {word for row in lines.values_list("domain", "category", "object_text").distinct() for word in row if word}
    sites = body.sites.exclude(valid_to__lt=on).count()
    return BodyFacts(frozenset(words), max(1, sites), frozenset({"subcontracting"}))


def checklist_for(body: Body, on: date, *, kind: str = GENERAL) -> Chosen:
    """Return the items that apply to a body on a day; `kind` names a list that counts whatever applies."""
    facts = facts_of(body, on)
    items: list[ChecklistItem] = []
    editions = []
    for one in checklists_on(on):
        chosen = one.items if one.code == kind != GENERAL else tuple(tailored(one.items, facts))
        if chosen:
            items += chosen
            editions.append(one.version)
    return Chosen(tuple(items), "；".join(editions))


def extras_for(task: Task, on: date) -> list[Extra]:
    """Return what is known of this body alone: the causes of the task, findings not corrected, duties not met."""
    made = [Extra("cause", one.reference, one.words) for one in task.causes.order_by("pk")]
    earlier = Finding.objects.filter(visit__body_id=task.body_id, stands=True)
    earlier = earlier.filter(orders__stage__in=[OrderStage.OPEN, OrderStage.ANSWERED, OrderStage.MISSED])
    made += [
        Extra(
            "finding", f"{one.visit.number}/{one.number}", one.fact, violations=(one.violation,) * bool(one.violation)
        )
        for one in earlier.select_related("visit").distinct().order_by("pk")
    ]
    duties = Obligation.objects.filter(body_id=task.body_id, discharged_at=None).order_by("pk")
    made += [Extra("obligation", one.reference, one.words) for one in duties]
    return made[:MOST_EXTRAS]
