"""What a decision grants, as plain values: the only thing that issuing a certificate needs to be told."""

from dataclasses import dataclass
from datetime import date
from typing import Final

OCCASIONS: Final = (
    "first", "renewal", "extension", "method_year", "site", "address", "name", "persons", "signatory", "cancel_item",
)  # fmt: skip
"""What a grant is about: the kinds of applications that end in a new version of a certificate."""


@dataclass(frozen=True, slots=True)
class GrantedLine:
    """One line of the capability schedule as it was decided; no site code means every site of the body."""

    object_text: str
    parameter_text: str
    method_text: str
    site_code: str = ""
    object_id: int | None = None
    parameter_id: int | None = None
    edition_id: int | None = None
    clause: str = ""
    limitation: str = ""
    remark: str = ""
    domain: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class GrantedSite:
    """A place where the body may test from the grant's first day; `division` has six digits or is empty."""

    code: str
    name: str = ""
    address: str = ""
    division: str = ""


@dataclass(frozen=True, slots=True)
class GrantedSignatory:
    """The right of a person to sign reports of one field; `person_id` is None for someone whom the register lacks."""

    name: str
    field: str
    title: str = ""
    remark: str = ""
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewBody:
    """A body that the register doesn't know yet; `division` has six digits, `generated` marks demonstration data."""

    name: str
    uscc: str
    division: str
    address: str
    name_en: str = ""
    kind: str = "testing"
    generated: bool = False


@dataclass(frozen=True, slots=True)
class Grant:
    """What one decision grants to one body.

    Args:
        valid_from: first day of the term, or of the change.
        valid_to: last day of a whole term, None for the term that the law gives; a change keeps the term that runs.
        added, ended, replaced: lines granted, scope lines (keys) that end, and scope lines with what stands in their
            place.
        carried: scope lines (keys) of former certificates that a whole term takes over as they are; what it neither
            adds, carries nor replaces ends. A change keeps whatever it doesn't end or replace.
        sites: places as they are from now on; others stay.
        ended_sites: codes of places given up; their lines end with them.
        signatories: rights to sign. A whole term ends those that it doesn't name; one that names none keeps all.
            `ended_signatories` (keys) end in any case.
        whole_term: whether this is a first grant or a renewal, which makes a new certificate with its own number.
        number: a number that was assigned elsewhere; empty takes the next.
        field, sector: professional field and parent sector (two digits) for a new number; an empty field follows from
            the lines, an empty sector is the default. Any food makes the field 00 whatever is named.
        refused: lines that were applied for and not granted; they make the grant a partial one.
    """

    organisation_id: int | None
    body_id: int | None
    application_number: str
    decision_no: str
    decided_on: date
    valid_from: date
    whole_term: bool
    occasion: str = "first"
    body: NewBody | None = None
    valid_to: date | None = None
    added: tuple[GrantedLine, ...] = ()
    ended: tuple[int, ...] = ()
    replaced: tuple[tuple[int, GrantedLine], ...] = ()
    carried: tuple[int, ...] = ()
    sites: tuple[GrantedSite, ...] = ()
    ended_sites: tuple[str, ...] = ()
    signatories: tuple[GrantedSignatory, ...] = ()
    ended_signatories: tuple[int, ...] = ()
    new_name: str = ""
    new_name_en: str = ""
    new_address: str = ""
    number: str = ""
    field: str = ""
    sector: str = ""
    refused: tuple[GrantedLine, ...] = ()
