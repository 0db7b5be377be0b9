"""The parts of an application form, and which of them each kind of application has. Pure."""

from enum import StrEnum
from typing import Final


class Part(StrEnum):
    """One page of the form, in the order in which they are filled in."""

    WHAT = "what"
    SITES = "sites"
    CAPABILITY = "capability"
    PEOPLE = "people"
    ROUTE = "route"
    FILES = "files"
    COMMITMENT = "commitment"
    CHECK = "check"


_WITH_SITES: Final = frozenset({"first", "renewal", "extension", "site", "address"})
_WITH_LINES: Final = frozenset({"first", "renewal", "extension", "method_year", "site", "cancel_item"})
_WITH_PEOPLE: Final = frozenset({"first", "renewal", "extension", "site", "persons", "signatory"})

ACTS: Final[dict[str, tuple[str, ...]]] = {
    "first": ("add",),
    "renewal": ("keep", "add", "replace"),
    "extension": ("add",),
    "method_year": ("replace",),
    "site": ("add", "keep"),
    "cancel_item": ("give_up",),
}
"""What may be asked for the lines of each kind of application; the first is what the picker does."""


def parts_of(kind: str) -> tuple[Part, ...]:
    """Return the parts that an application of this kind has, in order."""
    left_out = {
        part
        for part, kinds in (
            (Part.SITES, _WITH_SITES),
            (Part.CAPABILITY, _WITH_LINES),
            (Part.PEOPLE, _WITH_PEOPLE),
        )
        if kind not in kinds
    }
    return tuple(part for part in Part if part not in left_out)


def needs_body(kind: str) -> bool:
    """Tell whether a kind presupposes a body that the register knows."""
    return kind != "first"


def acts_of(kind: str) -> tuple[str, ...]:
    """Return what may be asked for lines of capability in an application of this kind."""
    return ACTS.get(kind, ())


def part_of_field(kind: str, field: str) -> Part:
    """Return the page on which what is missing is mended, by the name of the field that a rule gives.

    Names begin with the part ("people.signatory", "sites") or are fields of the first page.
    """
    head = field.partition(".")[0]
    known = {
        "lines": Part.CAPABILITY, "line": Part.CAPABILITY, "capability": Part.CAPABILITY,
        "persons": Part.PEOPLE, "people": Part.PEOPLE, "signatories": Part.PEOPLE, "person": Part.PEOPLE,
        "sites": Part.SITES, "site": Part.SITES,
        "materials": Part.FILES, "material": Part.FILES, "attachments": Part.FILES, "files": Part.FILES,
        "route": Part.ROUTE, "commitment": Part.COMMITMENT, "signature": Part.COMMITMENT,
    }  # fmt: skip
    found = known.get(head, Part.WHAT)
    return found if found in parts_of(kind) else Part.WHAT
