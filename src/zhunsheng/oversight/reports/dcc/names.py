"""Names of the DCC and D-SI schemas, and how texts in several languages are chosen."""

from typing import Any, Final

from lxml import etree

DCC: Final = "https://ptb.de/dcc"
SI: Final = "https://ptb.de/si"
DS: Final = "http://www.w3.org/2000/09/xmldsig#"
XADES: Final = "http://uri.etsi.org/01903/v1.3.2#"
NAMES: Final = {"dcc": DCC, "si": SI, "ds": DS, "xades": XADES}
SCHEMA_VERSION: Final = "3.2.1"
"""The version that is written; 3.0 to 3.3 are read."""

LANGUAGES: Final = ("zh", "en")
OURS: Final = "zhunsheng_"
"""Prefix of the reference types under which a report's own fields are kept in metadata."""

EXACT: Final = f"{OURS}exact"
"""Marks a text whose surrounding space matters."""

UNSTATED: Final = f"{OURS}unstated"
"""Marks an element that the schema requires and the report says nothing about."""

OWN_CONDITION: Final = f"{OURS}condition"
_LIMIT: Final = ("limit.standard", "limit.clause", "limit.min", "limit.max", "limit.rule", "limit.text")
_UNCERTAINTY: Final = ("uncertainty.expanded", "uncertainty.k", "uncertainty.probability")
_SUBCONTRACTOR: Final = tuple(f"subcontractor.{name}" for name in ("name", "cma", "uscc", "consent", "report"))
LINE_FIELDS: Final = (
    *("line", "parameter_code", "parameter_ref", "method_clause", "value", "unit", "loq", "verdict", "analyst"),
    *("started", "finished", "remarks", *_LIMIT, *_UNCERTAINTY, *_SUBCONTRACTOR),
)
"""Fields of a result line that DCC has no place for, or none that keeps them exactly."""

_SAMPLE: Final = ("id", "object", "kind", "category", "brand", "batch", "state", "sampled", "received")
REPORT_FIELDS: Final = (
    *("kind", "version", "site", "title", "purpose", "conclusion", "remarks", "signatory.code", "body.uscc"),
    *("dates.received", "dates.started", "dates.finished", "dates.issued"),
    *("client.uscc", "client.id", "producer.uscc", "producer.id", "producer.address"),
    *(f"sample.{name}" for name in _SAMPLE),
    *("number", "sample.model", "sample.place.name"),
)
"""The same for the report as a whole."""

_WHOLE: Final = frozenset({"line", "version"})
LABORATORY: Final = "calibrationLaboratory"


def one(element: etree._Element, path: str) -> etree._Element | None:
    """Return the first element at a path such as `dcc:items/dcc:item`."""
    return element.find(path, NAMES)


def every(element: etree._Element, path: str) -> list[etree._Element]:
    """Return all elements at a path."""
    return element.findall(path, NAMES)


def text_at(element: etree._Element, path: str) -> str | None:
    """Return the text at a path, or None; see `own_text`."""
    found = element.find(path, NAMES)
    return own_text(found) if found is not None else None


def own_text(element: etree._Element) -> str | None:
    """Return an element's text without surrounding space unless it says that space matters; None where it is empty."""
    text = element.text or ""
    return (text if element.get("refType") == EXACT else text.strip()) or None


def content(element: etree._Element | None) -> str | None:
    """Return a text that may be given in several languages: Chinese, else English, else the first."""
    if element is None:
        return None
    texts = every(element, "dcc:content")
    for language in LANGUAGES:
        for text in texts:
            if (text.get("lang") or "").lower().startswith(language):
                return own_text(text)
    return own_text(texts[0]) if texts else None


def content_at(element: etree._Element, path: str) -> str | None:
    """Return the chosen text at a path."""
    return content(one(element, path))


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace; empty for comments."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def put(place: dict[str, Any], path: str, text: str) -> None:
    """Set the field at a dotted path; line and version become whole numbers."""
    *outer, last = path.split(".")
    for part in outer:
        place = place.setdefault(part, {})
    place[last] = int(text) if last in _WHOLE and text.isascii() and text.isdecimal() else text
