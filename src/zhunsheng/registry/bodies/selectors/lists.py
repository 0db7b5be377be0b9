"""The register as lists: who may see a body, and single bodies and certificates."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.platform.accounts.models import prefix_of
from zhunsheng.registry.bodies.models import Accreditation, AccreditationPeriod, Body, BodyName, PeriodState
from zhunsheng.registry.bodies.permissions import AnyUser


def bodies_visible_to(user: AnyUser) -> QuerySet[Body]:
    """Return the bodies that somebody may see: the register is public, so all, whoever asks; foreign ones last."""
    return Body.objects.select_related("division").order_by(F("division_id").asc(nulls_last=True), "name", "pk")


def named(words: str) -> Q:
    """Return the condition of having these words in a name, present or former, or this number.

    Other names are compared in their normalised form, so width, case and punctuation don't matter there.
    """
    text = words.strip()
    plain = normalise_name(text)
    condition = Q(name__icontains=text) | Q(name_en__icontains=text) | Q(slug=text) | Q(uscc=text.upper()) | Q(cma=text)
    if not plain:
        return condition
    return condition | Q(Exists(BodyName.objects.filter(body_id=OuterRef("pk"), normalised__contains=plain)))


def at_or_below(bodies: QuerySet[Body], division_code: str) -> QuerySet[Body]:
    """Keep the bodies of a division and of those below it: a range of codes, so that an index serves it."""
    prefix = prefix_of(division_code)
    return bodies.filter(division_id__gte=prefix.ljust(6, "0"), division_id__lte=prefix.ljust(6, "9"))


def body_by_slug(slug: str) -> Body:
    """Return a body by its public identifier, its credit code or the number of any of its certificates.

    Raises: Body.DoesNotExist.
    """
    bodies = Body.objects.select_related("division", "organisation")
    found = bodies.filter(slug=slug).first() or bodies.filter(uscc=slug).exclude(uscc="").first()
    return found or bodies.get(accreditations__number=slug)


def certificate(number: str) -> Accreditation:
    """Return a certificate with its body. Raises: Accreditation.DoesNotExist."""
    return Accreditation.objects.select_related("body", "body__division").prefetch_related("periods").get(number=number)


def certificate_numbers(beginning: str) -> list[str]:
    """Return the twelve-digit numbers of certificates and bodies that begin with these digits."""
    held = Accreditation.objects.filter(number__startswith=beginning).values_list("number", flat=True)
    bodies = Body.objects.filter(cma__startswith=beginning).values_list("cma", flat=True)
    return sorted({one for one in (*held, *bodies) if len(one) == 12 and one.isdigit()})


def holder_of(number: str) -> Body | None:
    """Return the body that has or had a certificate number, or None."""
    held = Accreditation.objects.select_related("body").filter(number=number).first()
    return held.body if held else Body.objects.filter(Q(cma=number) | Q(slug=number)).first()


def certificates_of(body: Body) -> list[Accreditation]:
    """Return all certificates of a body with their periods, the newest term first: two queries."""
    found = Accreditation.objects.filter(body=body).prefetch_related("periods")
    return list(found.order_by("-valid_from", "-pk"))


def certificates_ending(first: date, last: date) -> QuerySet[Accreditation]:
    """Return the certificates that end between two days (both included) and that nothing holds up on the first."""
    held_up = AccreditationPeriod.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=first), valid_from__lte=first
    ).exclude(state=PeriodState.ACTIVE)
    return Accreditation.objects.filter(valid_to__range=(first, last)).exclude(
        pk__in=held_up.values("accreditation_id")
    )
