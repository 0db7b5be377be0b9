"""Identifiers of the field: parse, check, format. Every parser normalises width, dashes and spaces first."""

from zhunsheng.foundation.identifiers.accreditations import (
    CmaNumber,
    CnasNumber,
    parse_cma,
    parse_cnas,
)
from zhunsheng.foundation.identifiers.chemicals import CasNumber, parse_cas
from zhunsheng.foundation.identifiers.marks import CccNumber, OrganicCode, parse_ccc, parse_organic
from zhunsheng.foundation.identifiers.standards import StandardNumber, parse_standard
from zhunsheng.foundation.identifiers.telephones import Telephone, parse_telephone
from zhunsheng.foundation.identifiers.text import IdentifierError, normalise_name, tidy
from zhunsheng.foundation.identifiers.uscc import Uscc, is_uscc, make_uscc, parse_uscc

__all__ = [
    "CasNumber",
    "CccNumber",
    "CmaNumber",
    "CnasNumber",
    "IdentifierError",
    "OrganicCode",
    "StandardNumber",
    "Telephone",
    "Uscc",
    "is_uscc",
    "make_uscc",
    "normalise_name",
    "parse_cas",
    "parse_ccc",
    "parse_cma",
    "parse_cnas",
    "parse_organic",
    "parse_standard",
    "parse_telephone",
    "parse_uscc",
    "tidy",
]
