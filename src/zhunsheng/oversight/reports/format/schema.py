"""The JSON Schema (2020-12) of the format, made from the same structures that the reader uses.

Some rules a schema can't say; they are listed under `$comment` and in `docs/formats/report.md`.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

import msgspec

from .structs import BATCH_FORMAT, FORMAT, REGISTRATION_FORMAT, Manifest, Registration, Report

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
Document = type[Report] | type[Registration] | type[Manifest]
FILES: Final[dict[str, tuple[Document, str, str]]] = {
    "zhunsheng-report-1.schema.json": (Report, FORMAT, "urn:zhunsheng:schema:report:1"),
    "zhunsheng-registration-1.schema.json": (
        Registration,
        REGISTRATION_FORMAT,
        "urn:zhunsheng:schema:registration:1",
    ),
    "zhunsheng-batch-1.schema.json": (Manifest, BATCH_FORMAT, "urn:zhunsheng:schema:batch:1"),
}
FOLDER: Final = Path(__file__).parents[1] / "schema"
BEYOND: Final = (
    "Beyond this schema a reader refuses: other encodings than UTF-8, a byte-order mark, keys given twice, "
    "JSON numbers with a fraction or exponent (also 1.0), lone surrogates, U+E0000 to U+E0FFF in codes, result lines "
    "with the same number, and documents over the limits of size, depth and lines."
)
TRIMMED: Final = {"properties": {"number": {"pattern": r"^\S(?:[\s\S]*\S)?$"}}}
"""A number without spaces at its ends: on paper they are not seen."""


def schema_of(kind: Document, title: str, identifier: str) -> dict[str, Any]:
    """Return the schema of one document."""
    (reference,), parts = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    for part in parts.values():
        for field in part.get("properties", {}).values():
            field.pop("default", None)
    name = str(reference["$ref"]).rpartition("/")[2]
    root = parts.pop(name)
    if "Body" in parts:
        parts["Body"]["anyOf"] = [{"required": ["cma"]}, {"required": ["uscc"]}, {"required": ["register", "id"]}]
        withdrawal = {"properties": {"kind": {"const": "withdrawal"}}}
        enough = ("results", "published") if kind is Report else ("content", "files")
        root["anyOf"] = [
            *({"required": [name]} for name in enough),
            {"required": ["replaces"], "properties": {"replaces": withdrawal}},
        ]
        root["allOf"] = [{"anyOf": [{"required": ["published"]}, TRIMMED]} if kind is Report else TRIMMED]
    head = {"$schema": DIALECT, "$id": identifier, "$comment": BEYOND, **root, "title": title}
    return {**head, "$defs": dict(sorted(parts.items()))}


def written(name: str) -> str:
    """Return a schema file's text."""
    return json.dumps(schema_of(*FILES[name]), ensure_ascii=False, indent=2) + "\n"


def main(folders: list[str]) -> None:
    """Write the schema files into the package and into every folder named."""
    for folder in [FOLDER, *map(Path, folders)]:
        for name in FILES:
            (folder / name).write_text(written(name), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
