"""Reads of the provincial library, its proposals, and what replaced editions touch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Max, Q, QuerySet

from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Membership, Organisation, Role, User
from zhunsheng.platform.accounts.selectors import memberships_in_force
from zhunsheng.registry.catalogue import selectors as catalogue
from zhunsheng.registry.catalogue.models import ParameterSynonym, TestObject
from zhunsheng.registry.library import lawbook
from zhunsheng.registry.library.lifecycle import EntryStage, Stage
from zhunsheng.registry.library.models import (
    FIELDS,
    Content,
    Entry,
    Proposal,
    Version,
)
from zhunsheng.registry.library.permissions import Can
from zhunsheng.registry.library.rules.review import Tally, tally
from zhunsheng.registry.national import selectors as national
from zhunsheng.registry.national.rules.answers import Answer

MOST_OFFERED = 12


def titled(content: Content) -> str:
    """Return what a proposal or version is about, in a line: parameter, object, method."""
    return " · ".join((content.parameter_name, content.object_name, content.method_code))


def versions_shown(*, words: str = "") -> QuerySet[Version]:
    """Return the newest version of every entry with entry and steward, filtered by any name, number or code."""
    found = Version.objects.filter(number=F("entry__number")).select_related("entry__steward", "parameter", "object")
    for word in words.split():
        hits = ParameterSynonym.objects.filter(normalised__contains=normalise_name(word)).values("parameter_id")
        found = found.filter(
            Q(entry__code__iexact=word)
            | Q(parameter_name__icontains=word)
            | Q(parameter_name_en__icontains=word)
            | Q(object_name__icontains=word)
            | Q(method_code__icontains=word)
            | Q(parameter_id__in=hits)
            | Q(cas=word)
        )
    return found.order_by("entry__code")


def versions_in_force(on: date) -> QuerySet[Version]:
    """Return the versions that hold on a day, with entry, parameter and edition, in the order of their codes."""
    begun = Version.objects.filter(effective_from__lte=on).exclude(effective_to__lt=on)
    return begun.select_related("entry", "parameter", "edition__standard").order_by("entry__code")


def newest_version(entry: Entry) -> Version:
    """Return the newest version of an entry."""
    return entry.versions.order_by("-number")[0]


def entry_like(told: Mapping[str, Any]) -> Entry | None:
    """Return the living entry that holds this parameter of this object by this method and clause."""
    found = Version.objects.filter(number=F("entry__number"), method_code=told["method_code"], clause=told["clause"])
    for name in ("object", "parameter"):
        known = told[f"{name}_id"]
        found = found.filter(**({f"{name}_id": known} if known else {f"{name}_name": told[f"{name}_name"]}))
    held = found.exclude(entry__stage=EntryStage.RETIRED).select_related("entry").first()
    return held.entry if held else None


def held_elsewhere(version: Version) -> bool:
    """Return whether another living entry holds this parameter by this method, of whatever object."""
    alike = Version.objects.filter(
        method=version.method, parameter=version.parameter, number=F("entry__number"), effective_to=None
    )
    return alike.exclude(entry_id=version.entry_id).exists()


def next_code() -> str:
    """Return the code that the next entry takes."""
    newest = Entry.objects.aggregate(newest=Max("pk"))["newest"]
    return f"GDL-{(newest or 0) + 1:06d}"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of two versions."""

    name: str
    label: Any
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether the field says something else."""
        return self.before != self.after


def differences(before: Content | None, after: Content) -> list[Difference]:
    """Return every field of two contents side by side; of what is new, the left side is empty."""
    old = before.content() if before is not None else dict.fromkeys(FIELDS, "")
    new = after.content()
    labels = {one.name: one.verbose_name for one in after._meta.concrete_fields}
    return [Difference(name, labels[name], old[name], new[name]) for name in FIELDS]


def changes_since(day: date) -> QuerySet[Version]:
    """Return the newest versions of entries that changed on or after a day, newest first."""
    return versions_shown().filter(entry__changed_on__gte=day).order_by("-entry__changed_on", "entry__code")


def proposals_visible_to(user: object, on: date) -> QuerySet[Proposal]:
    """Return the proposals in sight: published or consulted on; one's own, stewarded, invited to."""
    seen = Q(stage=Stage.PUBLISHED) | Q(stage=Stage.IN_REVIEW, consult_until__gte=on)
    if isinstance(user, User):
        own = policy.reach_of(user, Can.PROPOSE, on).organisation_ids
        stewarded = policy.reach_of(user, Can.REVIEW, on).organisation_ids
        seen |= Q(organisation_id__in=own) | Q(steward_id__in=stewarded) | Q(invitations__expert_id=user.pk)
    shown = Proposal.objects.filter(pk__in=Proposal.objects.filter(seen).order_by().values("pk"))
    return shown.select_related("steward", "organisation", "entry", "proposed_by").order_by("-proposed_at", "-pk")


def open_proposal_of(entry: Entry | None) -> Proposal | None:
    """Return the undecided proposal about an entry."""
    return Proposal.objects.filter(entry=entry, stage__in=[Stage.PROPOSED, Stage.IN_REVIEW]).first() if entry else None


def tally_of(proposal: Proposal, on: date) -> Tally:
    """Return how the opinions of a proposal stand against the rules of the day."""
    opinions = [
        (str(verdict), str(conflict))
        for verdict, conflict in proposal.invitations.exclude(opinion=None).values_list(
            "opinion__verdict", "opinion__conflict"
        )
    ]
    return tally(opinions, proposal.sort, lawbook.review(on).values)


def experts(on: date) -> QuerySet[Membership]:
    """Return who is an expert on this day, with where."""
    held = memberships_in_force(on).filter(role=Role.EXPERT)
    return held.select_related("user", "organisation").order_by("organisation__name", "user__username")


def experts_among(user_ids: Iterable[int], on: date) -> list[tuple[User, int]]:
    """Return those of these people who are experts on this day, each with the organisation of that role."""
    return [(one.user, one.organisation_id) for one in experts(on).filter(user_id__in=list(user_ids))]


def stewards() -> QuerySet[Organisation]:
    """Return who can be steward: the authorities and departments of the province's own level."""
    found = Organisation.objects.filter(kind__in=policy.PUBLIC_KINDS, division__level="province")
    return found.order_by("kind", "pk")


def suggestions(what: str, typed: str) -> list[tuple[str, str]] | None:
    """Return the catalogue's words that contain what was typed, each with a note; None for an unknown list."""
    words = typed.strip()
    if what not in {"parameter", "object", "method"}:
        return None
    if not words:
        return []
    if what == "parameter":
        return [(one.name, f"{one.code} {one.name_en}") for one in catalogue.parameters(words=words)[:MOST_OFFERED]]
    if what == "object":
        found = TestObject.objects.filter(
            Q(name__icontains=words) | Q(name_en__icontains=words) | Q(code__iexact=words)
        )
        return [(one.name, f"{one.code} {one.name_en}") for one in found.order_by("code")[:MOST_OFFERED]]
    return [(one.code, one.standard.title) for one in catalogue.editions(words=words)[:MOST_OFFERED]]


def national_of(version: Version, on: date) -> Answer | None:
    """Return what the national library says of the version's method on a day; None while no library is loaded."""
    if not national.is_loaded(on):
        return None
    return national.national_answer(version.national_code or version.method_code, on)
