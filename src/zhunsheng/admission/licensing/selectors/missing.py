"""An application as the rules of completeness read it, and the one list of all that it lacks."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.models import Application
from zhunsheng.admission.licensing.rules.completeness import Dossier, Missing, asked_for, missing
from zhunsheng.admission.licensing.rules.routing import RoutingAnswer
from zhunsheng.admission.licensing.selectors import routing, signing
from zhunsheng.foundation.lawbook import Entry
from zhunsheng.registry.national.rules.answers import Kind as Listed
from zhunsheng.registry.national.selectors import Library

OTHER = "other"
"""The material of a file that no rule asks for."""
_TEXTS = (
    "applicant_name", "uscc", "address", "contact", "contact_phone", "domain", "field", "sector", "new_name",
    "new_address", "sector_licence", "reasons",
)  # fmt: skip
_LINE = ("number", "act", "site_id", "object_text", "parameter_text", "method_text", "edition__code")
_PERSON = ("post", "name", "title", "education", "fields", "site_id", "leaves")
_SITE = ("code", "name", "address", "tenure")

__all__ = [
    "OTHER",
    "Missing",
    "dossier_of",
    "materials_asked",
    "missing_of",
    "needed_fields",
    "questions_of",
    "signature_lacks",
]


def missing_of(application: Application, on: date, answer: RoutingAnswer | None = None) -> list[Missing]:
    """Return all that an application lacks by the law and the facts of a day, in the order of the form."""
    found = answer or routing.answer_for(application, on)
    return missing(dossier_of(application, on, found), law_book.materials(), found)


def materials_asked(application: Application, on: date, answer: RoutingAnswer | None = None) -> list[Entry]:
    """Return the files that the law of a day asks of this application, in order."""
    facts = _facts(application, answer or routing.answer_for(application, on))
    entries = law_book.held(law_book.materials(), on)
    return [one for one in asked_for(application.kind, application.route, entries, facts) if _is_file(one)]


def needed_fields(kind: str, on: date) -> frozenset[str]:
    """Return the fields of the first page that the law of a day wants to be filled in or answered for a kind."""
    held = [one for one in law_book.held(law_book.materials(), on) if not one.values["routes"]]
    checks = [one.values["check"] for one in asked_for(kind, "", held, {})]
    texts = {str(one["present"]) for one in checks if "present" in one}
    answered = any("answered" in one for one in checks)
    return frozenset(texts | (set(questions_of(kind, on)) if answered else set()))


def questions_of(kind: str, on: date) -> dict[str, Mapping[str, str]]:
    """Return what only the applicant can tell and the routes of a day depend on for this kind, in both languages."""
    words = law_book.facts()[0].values
    return {name: words[name] for name in routing.asked_of(kind, on) if name in routing.ASKED}


def _is_file(entry: Entry) -> bool:
    return "material" in entry.values["check"]


def signature_lacks(found: Iterable[Missing]) -> bool:
    """Tell whether the signature is among what is missing: none is of what stands there now."""
    return any(one.field == "signature" for one in found)


def dossier_of(application: Application, on: date, answer: RoutingAnswer) -> Dossier:
    """Return what an application holds, as the rules read it."""
    codes = application.attachments.filter(removed_at=None).values_list("material", flat=True)
    return Dossier(
        kind=application.kind,
        route=application.route,
        on=on,
        facts=_facts(application, answer),
        questions=questions_of(application.kind, on),
        lines=_lines(application, on),
        sites=_rows(application.sites.order_by("code").values(*_SITE)),
        people=_rows(application.people.order_by("post", "name").values(*_PERSON)),
        materials=frozenset(codes),
        signed=signing.is_signed(application, on),
    )


def _facts(application: Application, answer: RoutingAnswer) -> dict[str, Any]:
    texts = {name: getattr(application, name) for name in _TEXTS}
    return {**answer.facts.named(), **texts}


def _rows(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [dict(one) for one in rows]


def _lines(application: Application, on: date) -> list[dict[str, Any]]:
    """Return the lines, each with whether the national library lists its method; while none is loaded, none lacks."""
    rows = _rows(application.lines.order_by("number").values(*_LINE).iterator(chunk_size=2000))
    library = Library.current()
    if not library.loaded_on(on):
        return rows
    listed: dict[str, bool] = {}
    for one in rows:
        method = str(one["edition__code"] or one["method_text"])
        if method not in listed:
            listed[method] = library.answer(method, on).kind is Listed.IN_LIBRARY
        one["not_in_library"] = not listed[method]
    return rows
