"""The kinds of credentials: rooms above register what they issue, with its words, at start."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_kinds: dict[str, "Kind"] = {}


@dataclass(frozen=True)
class Kind:
    """One kind of credential.

    Attributes:
        name: lower-case words with underscores, as it is stored.
        title: what people call it, lazily translated.
        fields: names in the subject that the public page shows, with their lazily translated labels, in order.
        page: gives from the subject the address where the room that issues it shows how it stands; None for none.
        reasons: gives from the body's slug and the sealed Chinese reasons of a credential's statuses what the reader is
            told by each; None where they are told as they were sealed.
    """

    name: str
    title: Any
    fields: Mapping[str, Any] = field(default_factory=dict)
    page: Callable[[Mapping[str, Any]], str] | None = None
    reasons: Callable[[str, Collection[str]], Mapping[str, str]] | None = None

    @property
    def type_name(self) -> str:
        """Its type in the credential: cma_certificate is CmaCertificate."""
        return type_name(self.name)


def register(kind: Kind) -> Kind:
    """Make a kind known; the same name again replaces it.

    Raises: ValueError for a name that is none.
    """
    type_name(kind.name)
    _kinds[kind.name] = kind
    return kind


def known(name: str) -> Kind | None:
    """Return a registered kind."""
    return _kinds.get(name)


def type_name(name: str) -> str:
    """Return the type of a kind in UpperCamelCase.

    Raises: ValueError for a name that is none.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"not the name of a kind of credential: {name!r}")
    return "".join(part.capitalize() for part in name.split("_"))
