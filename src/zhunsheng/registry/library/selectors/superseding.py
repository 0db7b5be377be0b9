"""Reads of what published entries and replaced editions touch."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from zhunsheng.foundation.identifiers import parse_standard
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies.models import Body, ScopeLine
from zhunsheng.registry.catalogue.models import StandardEdition
from zhunsheng.registry.library.models import AffectedLine, Declaration, Supersession, Version
from zhunsheng.registry.library.permissions import Can


def organisations_touched(version: Version) -> set[int]:
    """Return the organisations of bodies with a scope line for this parameter by this standard, by row or by word."""
    base = parse_standard(version.method_code).base_code
    names = {version.parameter_name, *version.synonyms.splitlines()}
    wanted = (
        Q(parameter_id=version.parameter_id, method_base=base),
        Q(parameter=None, edition_id=version.edition_id, parameter_text__in=names),
        Q(parameter=None, edition=None, method_base=base, parameter_text__in=names),
    )
    found: set[int] = set()
    for part in wanted:
        lines = ScopeLine.objects.filter(part, body__organisation__isnull=False).order_by()
        found.update(lines.values_list("body__organisation_id", flat=True).distinct())
    return found


def lines_naming(edition: StandardEdition, on: date) -> list[QuerySet[ScopeLine]]:
    """Return the lines that name an edition and are not over: those linked to it, and those that only print it.

    In two queries, because each has an index (the edition, or none) and both together would have neither.
    """
    alive = ScopeLine.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on))
    base = edition.standard.base_code
    return [
        alive.filter(edition=edition),
        alive.filter(edition=None, method_base=base, method_year=edition.year),
    ]


@dataclass(frozen=True, slots=True)
class TouchedBody:
    """A body and how many of its lines a replaced edition touches."""

    body_id: int
    slug: str
    name: str
    organisation_id: int | None
    lines: int


def lines_by_body(made: Supersession) -> list[TouchedBody]:
    """Return every touched body; lines are counted before names are fetched."""
    counted = dict(
        AffectedLine.objects.filter(supersession=made).order_by().values_list("body_id").annotate(Count("pk"))
    )
    bodies = Body.objects.filter(pk__in=AffectedLine.objects.filter(supersession=made).values("body_id"))
    return [
        TouchedBody(pk, slug, name, organisation, counted[pk])
        for pk, slug, name, organisation in bodies.order_by("pk").values_list("pk", "slug", "name", "organisation_id")
    ]


def supersessions() -> QuerySet[Supersession]:
    """Return the replaced editions with how many lines are declared unchanged, newest first."""
    return Supersession.objects.select_related("old__standard", "new", "notice").order_by("-effective_from", "-pk")


def affected_visible_to(user: User, made: Supersession, on: date) -> QuerySet[AffectedLine]:
    """Return the affected lines in sight: an officer's division, a body's own."""
    reach = policy.reach_of(user, Can.SEE_AFFECTED, on)
    wanted = reach.as_q(division="body__division_id", organisation="body__organisation_id")
    found = AffectedLine.objects.filter(wanted, supersession=made)
    return found.select_related("line", "body__division", "declaration").order_by("pk")


def declarations_visible_to(user: User, on: date) -> QuerySet[Declaration]:
    """Return the declarations in sight, newest first."""
    reach = policy.reach_of(user, Can.SEE_AFFECTED, on)
    wanted = reach.as_q(division="body__division_id", organisation="body__organisation_id")
    found = Declaration.objects.filter(wanted).select_related(
        "body__division", "supersession__old", "supersession__new"
    )
    return found.order_by("-declared_at", "-pk")
