"""What is printed and signed: the certificate, its schedule and the list of signatories, as plain data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from zhunsheng.admission.certificates import law_book
from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.foundation.lawbook import Entry
from zhunsheng.registry.bodies import selectors as bodies
from zhunsheng.registry.bodies.models import Accreditation, Body, ScopeLine, Signatory
from zhunsheng.registry.catalogue.selectors import Vocabulary


@dataclass(frozen=True, slots=True)
class Face:
    """What the certificate itself says."""

    number: str
    name: str
    name_en: str
    address: str
    uscc: str
    issuer: str
    issuer_en: str
    valid_to: date | None
    generated: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document: `subject` is what the signed data says, `data` what the template prints.

    `digest` covers what stands on it but not when it was issued: equal digests need no new document.
    """

    kind: str
    subject: dict[str, Any]
    data: dict[str, Any]
    law: Entry

    @property
    def digest(self) -> str:
        """SHA-256 of subject and template version."""
        return canonical_digest({"subject": self.subject, "template": self.template_version})

    @property
    def template(self) -> Path:
        """The Typst file."""
        return law_book.TYPST / str(self.law.values["file"])

    @property
    def template_version(self) -> str:
        """The template's entry of law with its version."""
        return self.law.named


def certificate_sheet(face: Face, on: date) -> Sheet:
    """Return the certificate as it is printed on a day."""
    law = law_book.template("certificate", on)
    subject: dict[str, Any] = {
        "type": "CmaCertificate",
        "certificateNumber": face.number,
        "holder": {"name": face.name, "uscc": face.uscc},
        "address": face.address,
        "issuingAuthority": face.issuer,
        "validUntil": _iso(face.valid_to),
        "scope": str(law.values["scope"]["zh"]),
    }
    data = {
        **{name: dict(law.values[name]) for name in ("scope", "schedule", "use", "supervision")},
        "certificate": face.number,
        "name": face.name,
        "name_en": face.name_en,
        "address": face.address,
        "uscc": face.uscc,
        "issuer": face.issuer,
        "issuer_en": face.issuer_en,
        "valid_to": _iso(face.valid_to),
        "generated": face.generated,
    }
    return Sheet("certificate", subject, data, law)


def schedule_sheet(face: Face, body: Body, certificate: Accreditation, on: date) -> Sheet:
    """Return the capability schedule of a certificate as it holds on a day, one list for each site."""
    law = law_book.template("schedule", on)
    lines = list(
        bodies.scope_on(body, on)
        .filter(accreditation_id=certificate.pk)
        .select_related("site", "edition__standard")
        .order_by("site__code", "domain", "category", "object_text", "parameter_text", "method_text", "id")
    )
    places = _by_site(lines)
    subject: dict[str, Any] = {
        "type": "CmaSchedule",
        "certificateNumber": face.number,
        "holder": {"name": face.name, "uscc": face.uscc},
        "issuingAuthority": face.issuer,
        "lineCount": len(lines),
        "sites": [
            {"code": code, "name": name, "address": address, "lines": [_stated(one) for one in rows]}
            for (code, name, address), rows in places.items()
        ],
    }
    data = {
        **_head(face),
        "lines": len(lines),
        "sites": [
            {"code": code, "name": name, "address": address, "domains": _grouped(rows, certificate.valid_from)}
            for (code, name, address), rows in places.items()
        ],
    }
    return Sheet("schedule", subject, data, law)


def signatories_sheet(face: Face, rights: Iterable[Signatory], on: date) -> Sheet:
    """Return the list of authorised signatories as it holds on a day."""
    law = law_book.template("signatories", on)
    rows = [[one.person.name, one.person.title, one.field, one.remark] for one in rights]
    subject: dict[str, Any] = {
        "type": "CmaSignatories",
        "certificateNumber": face.number,
        "holder": {"name": face.name, "uscc": face.uscc},
        "issuingAuthority": face.issuer,
        "signatories": [{"name": n, "title": t, "field": f, "remark": r} for n, t, f, r in rows],
    }
    data = {**_head(face), "rows": [[str(place), *row] for place, row in enumerate(rows, 1)]}
    return Sheet("signatories", subject, data, law)


def _head(face: Face) -> dict[str, Any]:
    return {
        "certificate": face.number,
        "name": face.name,
        "name_en": face.name_en,
        "issuer": face.issuer,
        "issuer_en": face.issuer_en,
        "generated": face.generated,
    }


def _by_site(lines: Iterable[ScopeLine]) -> dict[tuple[str, str, str], list[ScopeLine]]:
    """Return the lines by code, name and address of their site; those for every site come first."""
    places: dict[tuple[str, str, str], list[ScopeLine]] = {}
    for line in sorted(lines, key=lambda one: one.site.code if one.site else ""):
        site = line.site
        key = (site.code, site.name, site.address) if site else ("", "", "")
        places.setdefault(key, []).append(line)
    return places


def _stated(line: ScopeLine) -> dict[str, str]:
    """Return a line of the signed schedule; empty cells are left out."""
    words = Vocabulary.current()
    cells = {
        "domain": line.domain, "category": line.category, "object": line.object_text,
        "objectCode": words.object_codes.get(line.object_id or 0, ""), "parameter": line.parameter_text,
        "parameterCode": words.parameter_codes.get(line.parameter_id or 0, ""), "method": line.method_text,
        "clause": line.clause, "limitation": line.limitation, "remark": line.remark,
        "validFrom": _iso(line.valid_from), "validUntil": _iso(line.valid_to),
    }  # fmt: skip
    return {name: text for name, text in cells.items() if text}


def _grouped(lines: Iterable[ScopeLine], term_from: date) -> list[dict[str, Any]]:
    """Return lines grouped by domain, category and object, each with its running number."""
    tree: dict[str, dict[str, dict[str, list[ScopeLine]]]] = {}
    for line in lines:
        tree.setdefault(line.domain, {}).setdefault(line.category, {}).setdefault(line.object_text, []).append(line)
    return [
        {
            "name": domain,
            "categories": [
                {"name": category, "objects": [_object(name, rows, term_from) for name, rows in objects.items()]}
                for category, objects in categories.items()
            ],
        }
        for domain, categories in tree.items()
    ]


def _object(name: str, lines: list[ScopeLine], term_from: date) -> dict[str, Any]:
    parameters: dict[str, int] = {}
    rows = []
    for line in lines:
        place = parameters.setdefault(line.parameter_text, len(parameters) + 1)
        rows.append([str(place), line.parameter_text, _method(line), line.limitation, _remark(line, term_from)])
    return {"name": name, "rows": rows}


def _method(line: ScopeLine) -> str:
    """Return title and number of a method with its clause, as the form asks for them."""
    edition = line.edition
    title = edition.standard.title if edition is not None else ""
    named = f"《{title}》{line.method_text}" if title and title not in line.method_text else line.method_text
    return f"{named} {line.clause}".strip()


def _remark(line: ScopeLine, term_from: date) -> str:
    """Return the remark, with the day from which a line holds that came within the term."""
    later = line.valid_from is not None and line.valid_from > term_from
    since = f"{line.valid_from} 起" if later else ""
    return "；".join(part for part in (line.remark, since) if part)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
