"""What the applicant's pages read: own applications, how far the form is, what the catalogue and the register offer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.lifecycle import LineAct
from zhunsheng.admission.licensing.models import Application, ApplicationLine, Attachment
from zhunsheng.admission.licensing.permissions import AnyUser, Can
from zhunsheng.admission.licensing.rules.routing import RoutingAnswer, articles_of, version_of
from zhunsheng.admission.licensing.selectors.missing import OTHER, materials_asked
from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.foundation.lawbook import Entry
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.documents.models import StoredFile
from zhunsheng.platform.reading import in_language, language
from zhunsheng.registry.bodies.models import Body, BodyKey, ScopeLine
from zhunsheng.registry.bodies.selectors import scope_on, search_scope
from zhunsheng.registry.catalogue.models import MethodParameter, ParameterSynonym
from zhunsheng.registry.catalogue.selectors import Vocabulary, over_on
from zhunsheng.registry.library.selectors import versions_in_force
from zhunsheng.registry.national.rules.answers import Kind as Listed
from zhunsheng.registry.national.selectors import Library

MOST_OFFERED = 60


def own_applications(user: AnyUser, on: date) -> QuerySet[Application]:
    """Return the applications of this person's own organisations, newest first."""
    own = policy.reach_of(user, Can.SEE, on).organisation_ids
    found = Application.objects.filter(organisation_id__in=own)
    return found.select_related("body", "organisation").order_by("-started_at", "-pk")


def applying_for(user: AnyUser, on: date) -> tuple[int, ...]:
    """Return the organisations for which this person may prepare applications."""
    return policy.reach_of(user, Can.APPLY, on).organisation_ids


def bodies_of(organisation_id: int) -> QuerySet[Body]:
    """Return the bodies of an organisation."""
    return Body.objects.filter(organisation_id=organisation_id).order_by("pk")


@dataclass(frozen=True, slots=True)
class Offer:
    """A method in force that the catalogue knows for a parameter.

    `listed` tells whether the national library has it, None while no library is loaded. The catalogue itself doesn't
    say for which objects a method is made: `objects` are those for which the provincial library has it on the day,
    `made` whether the object asked about or one above it is among them; `usual`: some body tests this object by it.
    """

    pk: int
    parameter: str
    code: str
    title: str
    clause: str
    technique: str
    listed: bool | None
    taken: bool
    usual: bool
    made: bool = False
    objects: tuple[str, ...] = ()


def offers(application: Application, object_id: int | None, words: str, on: date) -> list[Offer]:
    """Return methods in force whose parameter, standard or technique has these words, at most MOST_OFFERED.

    Those that the provincial library has for this object come first, then those by which some body tests it.
    """
    found = MethodParameter.objects.select_related("method__edition__standard", "parameter")
    for word in words.split()[:5]:
        named = ParameterSynonym.objects.filter(normalised__contains=normalise_name(word)).values("parameter_id")
        found = found.filter(
            Q(parameter__name__icontains=word)
            | Q(parameter__name_en__icontains=word)
            | Q(parameter_id__in=named)
            | Q(method__edition__code__icontains=word)
            | Q(method__technique__icontains=word)
        )
    asked = ApplicationLine.objects.filter(
        application=application, object_id=object_id or 0, parameter_id=OuterRef("parameter_id"),
        edition_id=OuterRef("method__edition_id"), clause=OuterRef("method__clause"),
    )  # fmt: skip
    tested = ScopeLine.objects.filter(object_id=object_id or 0, edition_id=OuterRef("method__edition_id"))
    held = versions_in_force(on).filter(method=OuterRef("method"), parameter=OuterRef("parameter"))
    meant = (object_id or 0, *(Vocabulary.current().object_ancestors(object_id) if object_id else ()))
    current = found.exclude(over_on(on, "method__edition__")).annotate(
        taken=Exists(asked), usual=Exists(tested), made=Exists(held.filter(object_id__in=meant))
    )
    order = ("-made", "-usual", "parameter__code", "method__edition__code", "method__clause", "pk")
    rows = list(current.order_by(*order)[:MOST_OFFERED])
    objects, library = _objects_of(rows, on), Library.current()
    loaded = library.loaded_on(on)
    return [
        Offer(
            one.pk, one.parameter.name, one.method.edition.code, one.method.edition.standard.title, one.method.clause,
            one.method.technique,
            library.answer(one.method.edition.code, on).kind is Listed.IN_LIBRARY if loaded else None,
            bool(getattr(one, "taken", False)), bool(getattr(one, "usual", False)), bool(getattr(one, "made", False)),
            objects.get((one.method_id, one.parameter_id), ()),
        )
        for one in rows
    ]  # fmt: skip


def _objects_of(rows: Iterable[MethodParameter], on: date) -> dict[tuple[int | None, int | None], tuple[str, ...]]:
    """Return by method and parameter the objects for which the provincial library has them on a day; one query.

    They are named in the reader's language where the catalogue or the entry knows the object's name in it.
    """
    wanted = versions_in_force(on).filter(method_id__in={one.method_id for one in rows}).order_by("object_name")
    found: dict[tuple[int | None, int | None], tuple[str, ...]] = {}
    for *key, name, english, printed in wanted.values_list(
        "method_id", "parameter_id", "object_name", "object__name_en", "object_name_en"
    ):
        words = (language() == "en" and (english or printed)) or name
        found[key[0], key[1]] = tuple(dict.fromkeys((*found.get((key[0], key[1]), ()), words)))
    return found


def lines_shown(application: Application) -> QuerySet[ApplicationLine]:
    """Return the lines of an application in order, with their sites; `outside` marks what the catalogue lacks."""
    outside = Q(object=None) | Q(parameter=None) | Q(edition=None)
    return application.lines.select_related("site", "edition").annotate(
        outside=Exists(ApplicationLine.objects.filter(outside, pk=OuterRef("pk")))
    ).order_by("number")  # fmt: skip


def line_counts(application: Application) -> dict[str, int]:
    """Return how many lines there are, how many are outside of the catalogue, and how many by act."""
    outside = Q(object=None) | Q(parameter=None) | Q(edition=None)
    acts = {f"act_{act}": Count("pk", filter=Q(act=act)) for act in LineAct.values}
    return dict(application.lines.aggregate(total=Count("pk"), outside=Count("pk", filter=outside), **acts))


def scope_to_take(application: Application, words: str, act: str, on: date) -> QuerySet[ScopeLine]:
    """Return the lines of the body's scope that the application does not name yet and that this can be asked for."""
    if application.body is None:
        return ScopeLine.objects.none()
    asked = application.lines.exclude(scope_line=None).values("scope_line_id")
    found = search_scope(scope_on(application.body, on), words).exclude(pk__in=asked)
    return found.filter(over_on(on, "edition__")) if act == LineAct.REPLACE else found


def used_elsewhere(application: Application) -> dict[str, list[str]]:
    """Return by digest the numbers of the organisation's other applications in which the same file was handed in."""
    files = application.attachments.filter(removed_at=None).values("file_id")
    rows = (
        Attachment.objects.filter(file_id__in=files, application__organisation_id=application.organisation_id)
        .exclude(application=application)
        .values_list("file_id", "application__number")
        .distinct()
        .order_by("application__number")
    )
    found: dict[str, list[str]] = {}
    for digest, number in rows[:200]:
        found.setdefault(digest, []).append(number)
    return found


def keys_of(application: Application, on: date) -> list[str]:
    """Return the names of the body's keys in force."""
    if application.body_id is None:
        return []
    held = BodyKey.objects.filter(body_id=application.body_id, revoked_at=None, valid_from__date__lte=on)
    return list(held.filter(Q(valid_to=None) | Q(valid_to__date__gt=on)).values_list("key_id", flat=True))


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file with the other applications of the organisation in which it was handed in, too."""

    pk: int
    name: str
    file_id: str
    file: StoredFile
    elsewhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """One material: what it is called, the rule that asks for it (None: nobody does), and what was handed in."""

    code: str
    title: str
    entry: Entry | None
    files: tuple[HandedIn, ...]

    @property
    def asked(self) -> bool:
        """Whether the law of the day asks for it."""
        return self.entry is not None

    @property
    def articles(self) -> str:
        """The articles of the rule."""
        return articles_of(self.entry) if self.entry else ""

    @property
    def version(self) -> str:
        """The version of the rule."""
        return version_of(self.entry) if self.entry else ""


def material_words(on: date) -> dict[str, str]:
    """Return what the law of a day calls each material."""
    found = {
        str(one.values["check"]["material"]): in_language(one.title)
        for one in law_book.materials_on(on)
        if "material" in one.values["check"]
    }
    return found | {OTHER: _("Other file")}


def material_choices(application: Application, on: date, answer: RoutingAnswer) -> list[tuple[str, str]]:
    """Return the materials among which a file may be put: those asked for, and others."""
    asked = materials_asked(application, on, answer)
    named = [(str(one.values["check"]["material"]), in_language(one.title)) for one in asked]
    return [*named, (OTHER, _("Other file"))]


def files_page(application: Application, on: date, answer: RoutingAnswer) -> dict[str, object]:
    """Return every material that is asked for or was handed in, with its files."""
    elsewhere, kept = used_elsewhere(application), application.attachments.filter(removed_at=None)
    held: dict[str, list[HandedIn]] = {}
    for one in kept.select_related("file").order_by("pk"):
        file = HandedIn(one.pk, one.name, one.file_id, one.file, tuple(elsewhere.get(one.file_id, ())))
        held.setdefault(one.material, []).append(file)
    rows = [
        Material(code, in_language(entry.title), entry, tuple(held.pop(code, ())))
        for entry in materials_asked(application, on, answer)
        for code in (str(entry.values["check"]["material"]),)
    ]
    words = material_words(on)
    rows += [Material(code, words.get(code, code), None, tuple(files)) for code, files in held.items()]
    return {"materials": rows}
