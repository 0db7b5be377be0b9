"""The public registers, read from `data/registers.yaml`: what is published, checked so that nothing personal can be.

Only models of PUBLIC, and those that a room above adds with a file of its own, may be named, only their plain columns
and one plain column behind a foreign key to another of them. An encrypted column, a person, an account or a history
column is refused when the program starts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db.models import Field, ForeignKey, Model

from zhunsheng.platform.accounts.sealed_field import EncryptedTextField

DEFINITION = Path(__file__).parent / "data" / "registers.yaml"
TYPES = ("text", "day", "whole", "decimal", "yes")
PUBLIC: Mapping[str, frozenset[str]] = {
    "bodies.Body": frozenset({"organisation", "scope_revision"}),
    "bodies.BodyName": frozenset(),
    "bodies.Accreditation": frozenset(),
    "bodies.AccreditationPeriod": frozenset({"reason"}),
    "bodies.Site": frozenset(),
    "bodies.ScopeLine": frozenset(),
    "catalogue.Standard": frozenset(),
    "catalogue.StandardEdition": frozenset(),
    "catalogue.TestObject": frozenset(),
    "catalogue.ObjectSynonym": frozenset(),
    "catalogue.Parameter": frozenset(),
    "catalogue.ParameterSynonym": frozenset(),
    "catalogue.Limit": frozenset(),
    "catalogue.Method": frozenset(),
    "catalogue.MethodParameter": frozenset(),
    "national.Publication": frozenset(),
    "national.LibraryRow": frozenset(),
    "library.Entry": frozenset({"steward"}),
    "library.Version": frozenset({"published_by", "why"}),
}
"""Models that hold facts for everybody, each with those of its fields that don't."""

_added: dict[Path, Mapping[str, frozenset[str]]] = {}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `attname` is what the row holds; a value behind a key is `field` of `target`."""

    name: str
    kind: str
    title: Mapping[str, str]
    unit: str
    key: bool
    attname: str
    target: type[Model] | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """One register: its files are `name`.csv and `name`.parquet."""

    name: str
    model: type[Model]
    title: Mapping[str, str]
    about: Mapping[str, str]
    columns: tuple[Column, ...]


@cache
def schema_version() -> int:
    """Return the version of the definition; it goes up whenever a column is taken out or changes its meaning."""
    return int(_read()["schema_version"])


def add(definition: Path, public: Mapping[str, frozenset[str]]) -> None:
    """Let a room of a floor above publish registers of its own, from a file of the same form, when it starts.

    Args:
        public: its models that hold facts for everybody, each with those of its fields that don't.
    The same file again changes nothing. Raises: ImproperlyConfigured for what may not be public.
    """
    _added[definition] = public
    registers.cache_clear()
    if apps.models_ready:
        registers()


@cache
def registers() -> Mapping[str, Register]:
    """Return every public register by name. Raises: ImproperlyConfigured for what may not be public."""
    found = [register_of(one) for path in (DEFINITION, *_added) for one in _read(path)["registers"]]
    named = {one.name: one for one in found}
    if len(named) != len(found):
        raise ImproperlyConfigured("two registers have one name")
    return named


def _public() -> Mapping[str, frozenset[str]]:
    """Return all models that hold facts for everybody, those of rooms above included."""
    return {label: fields for part in (PUBLIC, *_added.values()) for label, fields in part.items()}


def _read(path: Path = DEFINITION) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


def register_of(given: Mapping[str, Any]) -> Register:
    """Return a register from plain data. Raises: ImproperlyConfigured for what may not be public."""
    label = given["model"]
    if label not in _public():
        raise ImproperlyConfigured(f"{label} holds facts that aren't for everybody")
    model = apps.get_model(label)
    columns = tuple(_column(model, one) for one in given["columns"])
    if sum(one.key for one in columns) != 1 or len({one.name for one in columns}) != len(columns):
        raise ImproperlyConfigured(f"{given['name']}: one key, and each column once")
    return Register(given["name"], model, given["title"], given["about"], columns)


def _column(model: type[Model], given: Mapping[str, Any]) -> Column:
    first, _, rest = given["path"].partition("__")
    field = _public_field(model, first)
    target: type[Model] | None = None
    if rest:
        related = field.related_model if isinstance(field, ForeignKey) else None
        if not isinstance(related, type):
            raise ImproperlyConfigured(f"{given['path']} leads nowhere")
        target = related
        _public_field(target, rest)
    elif isinstance(field, ForeignKey) and field.attname != first:
        raise ImproperlyConfigured(f"{given['path']}: name a field of what the key points at")
    if given["type"] not in TYPES:
        raise ImproperlyConfigured(f"{given['name']}: no such type as {given['type']}")
    title = {"zh": given["zh"], "en": given["en"]}
    key, unit = bool(given.get("key")), given.get("unit", "")
    return Column(given["name"], given["type"], title, unit, key, field.attname, target, rest)


def _public_field(model: type[Model], name: str) -> "Field[Any, Any]":
    """Return a concrete field that everybody may read. Raises: ImproperlyConfigured."""
    label = model._meta.label
    try:
        found: Any = model._meta.get_field(name.removesuffix("_id") if name.endswith("division_id") else name)
    except FieldDoesNotExist:
        raise ImproperlyConfigured(f"{label} has no field {name}") from None
    if label not in _public() or found.name in _public()[label] or not isinstance(found, Field):
        raise ImproperlyConfigured(f"{label}.{name} isn't for everybody")
    if isinstance(found, EncryptedTextField):
        raise ImproperlyConfigured(f"{label}.{name} is encrypted: it is nobody's to publish")
    return found
