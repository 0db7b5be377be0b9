"""Reads of certificates, their measures and the day list; all of it is public but notes, reasons and people."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from zhunsheng.admission.certificates import wording
from zhunsheng.admission.certificates.models import Certificate, ListedDecision, Measure, Stage
from zhunsheng.platform.accounts.models import Kind, Organisation
from zhunsheng.platform.reading import language
from zhunsheng.registry.bodies import selectors as register
from zhunsheng.registry.bodies.measures import Announced
from zhunsheng.registry.bodies.models import Accreditation, Body, ScopeLine
from zhunsheng.registry.bodies.permissions import AnyUser
from zhunsheng.registry.bodies.rules.standing import standing_since, status_on
from zhunsheng.registry.bodies.selectors.versions import held_on

FEED_ITEMS = 50


def decisions_visible_to(user: AnyUser) -> QuerySet[ListedDecision]:
    """Return the day list, newest first: it is public, so all of it, whoever asks."""
    return ListedDecision.objects.select_related("body", "division__parent").order_by("-on", "-pk")


def granting_authority() -> Organisation | None:
    """Return the authority that grants and by which every document is issued: that of the province."""
    here = Organisation.objects.filter(kind=Kind.AUTHORITY, division_id=settings.ZHUNSHENG_PROVINCE)
    found = here.select_related("division")
    return found.order_by("pk").first()


def latest_decisions(most: int = FEED_ITEMS) -> list[ListedDecision]:
    """Return the newest items of the day list."""
    return list(decisions_visible_to(None)[:most])


def last_day() -> date | None:
    """Return the newest day of the day list, or None."""
    return ListedDecision.objects.order_by("-on").values_list("on", flat=True).first()


def current_of(body: Body) -> Certificate | None:
    """Return the current version of a body's certificate, or None where this room has issued none."""
    return Certificate.objects.filter(body=body, stage=Stage.CURRENT).first()


def version_on(number: str, day: date) -> Certificate | None:
    """Return the version of a certificate that held on a day: the last that had begun by then."""
    found = Certificate.objects.filter(number=number, valid_from__lte=day)
    return found.select_related("accreditation", "body").order_by("-version").first()


def certificates_acted_on(body: Body, on: date) -> list[Accreditation]:
    """Return the certificates that a measure on a day is about: those in force, else the newest that had begun."""
    return _acted_on(register.certificates_of(body), on)


def _acted_on(newest_first: list[Accreditation], on: date) -> list[Accreditation]:
    begun = [one for one in newest_first if status_on(one, on) != "not_yet"]
    return [one for one in begun if status_on(one, on) in ("active", "suspended")] or begun[:1]


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """A certificate with all that is shown of it; `current` is None where it was issued before this room did."""

    accreditation: Accreditation
    standing: str
    since: date | None
    current: Certificate | None
    versions: list[Certificate]
    measures: list[Measure]
    others: list[tuple[Accreditation, str]]
    """Other certificates of the body with how they stand."""
    unprinted: int
    """How many lines began or ended in the register after the schedule was issued."""
    acted_on: bool
    """Whether a measure taken today would be about this certificate."""


def page_of(number: str, today: date) -> CertificatePage:
    """Return a certificate with versions and measures, newest first. Raises: Accreditation.DoesNotExist."""
    held = register.certificate(number)
    versions = list(Certificate.objects.filter(accreditation=held).select_related("predecessor").order_by("-version"))
    measures = Measure.objects.filter(accreditation=held).select_related("taken_by").order_by("-on", "-pk")
    everything = register.certificates_of(held.body)
    others = [one for one in everything if one.pk != held.pk]
    current = versions[0] if versions else None
    return CertificatePage(
        accreditation=held,
        standing=status_on(held, today),
        since=standing_since(held, today),
        current=current,
        versions=versions,
        measures=list(measures),
        others=[(one, status_on(one, today)) for one in others],
        unprinted=_unprinted(current, today) if current and current.stage == Stage.CURRENT else 0,
        acted_on=held.pk in {one.pk for one in _acted_on(everything, today)},
    )


def announced_since(number: str, since: date) -> list[Announced]:
    """Return the measures on a certificate that hold from a day on or later, newest first, without inner reasons."""
    found = Measure.objects.filter(accreditation__number=number, on__gte=since).order_by("-on", "-pk")
    return [
        Announced(
            one.get_kind_display(), reverse("certificates:certificate", args=[number]), one.decision_no, one.basis,
            one.on, one.until,
        )
        for one in found
    ]  # fmt: skip


def _unprinted(current: Certificate, today: date) -> int:
    """Count lines in force today that the newest schedule doesn't print, and printed ones that are over."""
    since, held = current.valid_from, held_on(today)
    begun, over = held & Q(valid_from__gt=since), held_on(since) & Q(valid_to__lt=today)
    counted = ScopeLine.objects.filter(accreditation=current.accreditation).aggregate(
        changed=Count("pk", filter=begun | over), held=Count("pk", filter=held)
    )
    return max(int(counted["changed"]), abs(int(counted["held"]) - current.lines))


def measures_of(body_id: int) -> list[Measure]:
    """Return what was decided about the certificates of a body, newest first."""
    return list(Measure.objects.filter(body_id=body_id).order_by("-taken_at", "-pk"))


def reasons_told(body_slug: str, reasons: Collection[str]) -> dict[str, str]:
    """Return why codes stand as they do in the reader's language, by the Chinese words, which are sealed.

    At most one query; what is none of our sentences stays as it was written.
    """
    told = {words: words for words in reasons}
    if language() != "en":
        return told
    told |= {words: known for words in reasons if (known := wording.in_english(words))}
    if any(words == kept for words, kept in told.items()):
        measures = Measure.objects.filter(body__slug=body_slug).select_related("accreditation")
        said = [wording.taken(one, one.accreditation.number) for one in measures]
        told |= {one.zh: one.en for one in said if one.zh in told}
    return told


def lines_of(certificate: Accreditation, on: date | None) -> QuerySet[ScopeLine]:
    """Return the lines of a certificate in the order of the schedule: those of a day, or all that it ever had."""
    lines = ScopeLine.objects.filter(accreditation=certificate)
    if on is not None:
        lines = lines.filter(held_on(on))
    return lines.select_related("site").order_by("domain", "category", "object_text", "parameter_text", "pk")


def lines_changed_by(version: Certificate) -> QuerySet[ScopeLine]:
    """Return the lines that came or ended with a version: those that begin on its first day or ended the day before."""
    before = version.valid_from - timedelta(days=1)
    changed = Q(valid_from=version.valid_from) | Q(valid_to=before)
    return lines_of(version.accreditation, None).filter(changed)


def lines_to_end(body: Body, words: str, on: date) -> QuerySet[Any]:
    """Return the lines of a body with these words that a measure can end on a day."""
    return register.lines_to_end(body, words, open_on=on).filter(Q(valid_from=None) | Q(valid_from__lt=on))


def lines_named(body: Body, keys: Iterable[str]) -> QuerySet[ScopeLine]:
    """Return the lines of a body that a form names, ended ones too: what is sent twice is answered as taken."""
    named = {int(one) for one in keys if one.isdecimal() and len(one) < 19}
    return ScopeLine.objects.filter(body=body, pk__in=named).select_related("site")
