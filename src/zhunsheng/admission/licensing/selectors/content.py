"""The canonical content of an application: what its digest and its signatures are about."""

from typing import Any

from zhunsheng.admission.licensing.models import Application
from zhunsheng.foundation.canonical import canonical_bytes, canonical_digest, digest_hex

FORMAT = "zhunsheng-application/1"
SIGNING = "zhunsheng-application-signature/1"
_FACTS = (
    "number", "kind", "route", "applicant_name", "applicant_name_en", "uscc", "address", "contact", "contact_phone",
    "domain", "field", "sector", "new_name", "new_address", "sector_licence", "reasons",
)  # fmt: skip
_LINE = (
    "number", "act", "scope_line_id", "site__code", "domain", "category", "object__code", "object_text",
    "parameter__code", "parameter_text", "edition__code", "method_text", "clause", "limitation", "remark",
)  # fmt: skip
_PERSON = ("post", "name", "title", "education", "fields", "site__code", "remark", "leaves")
_SITE = ("code", "name", "address", "division_id", "tenure")


def content_of(application: Application) -> dict[str, Any]:
    """Return what an application says, as JSON: texts, lines, sites, people and the digests of its files."""
    lines = application.lines.order_by("number").values_list(*_LINE)
    people = application.people.order_by("post", "name").values_list(*_PERSON)
    sites = application.sites.order_by("code").values_list(*_SITE)
    files = application.attachments.filter(removed_at=None).order_by("material", "file_id")
    return {
        "format": FORMAT,
        **{name: getattr(application, name) for name in _FACTS},
        "body": application.body.slug if application.body else "",
        "answers": application.answers,
        "lines": [dict(zip(_LINE, row, strict=True)) for row in lines.iterator(chunk_size=2000)],
        "people": [dict(zip(_PERSON, row, strict=True)) for row in people],
        "sites": [dict(zip(_SITE, row, strict=True)) for row in sites],
        "files": [list(row) for row in files.values_list("material", "file_id")],
    }


def digest_of(application: Application) -> str:
    """Return the SHA-256 of an application's canonical content."""
    return canonical_digest(content_of(application))


def statement_of(application_digest: str, *, law: str, text: str) -> bytes:
    """Return the bytes that a legal representative signs: the content's digest, and the commitment with its version."""
    return canonical_bytes(
        {
            "format": SIGNING,
            "application": application_digest,
            "commitment": law,
            "text": digest_hex(text.encode()),
        }
    )
