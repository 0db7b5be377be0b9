"""What the codes of reading mean to people: why a row was refused, why a text was taken for an entry."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

PARTS: dict[str, Any] = {
    "object": _("Test object"),
    "parameter": _("Parameter"),
    "method": _("Method"),
    "row": _("Row"),
    "person": _("Signatory"),
}
PROBLEMS: dict[str, tuple[Any, Any]] = {
    "merges_overlap": (
        _("The merged ranges overlap."),
        _("Undo both merges, fill in the cells, and merge again."),
    ),
    "hidden_by_merge": (
        _("The merge %(range)s hides another text."),
        _("Undo the merge and write each text into its own cell."),
    ),
    "formula_error": (_("A formula gives an error."), _("Write the value instead of the formula.")),
    "name_missing": (_("“%(title)s” is empty."), _("Fill it in.")),
    "method_missing": (_("The method is empty."), _("Write the standard's number with its year.")),
    "too_long": (
        _("The text has more than %(most)s characters."),
        _("Split it into several rows, or shorten it."),
    ),
    "unknown_site": (
        _("The body has no site of this address."),
        _("Import the site first, or write its address as the register has it."),
    ),
    "duplicate": (_("The same entry stands in row %(row)s."), _("Keep one of the two rows.")),
    "contradiction": (
        _("Row %(row)s gives the same entry with another limitation."),
        _("Keep the row that the certificate grants."),
    ),
}
REASONS: dict[str, Any] = {
    "namesakes": _("the body has several persons named %(fact)s"),
    "has_left": _("%(fact)s had left the body by that day"),
    "similar_name": _("the body has somebody of a similar name"),
    "exact_name": _("exactly the catalogue's name"),
    "exact_synonym": _("a synonym of the catalogue"),
    "exact_code": _("the catalogue's code"),
    "normalised": _("the catalogue's name but for width, spaces and punctuation"),
    "normalised_synonym": _("a synonym but for width, spaces and punctuation"),
    "normalised_code": _("the catalogue's code but for spaces"),
    "stripped": _("the catalogue's name after marks, units and “determination of” are left out: %(fact)s"),
    "similar": _("most similar: %(fact)s"),
    "runner_up": _("hardly less similar: %(fact)s"),
    "unknown": _("nothing in the catalogue is similar"),
    "sweeping": _("“%(fact)s” names no parameter in particular"),
    "open_list": _("the list ends in “等”: what else it covers is not written"),
    "one_of_several": _("one of several names in the cell"),
    "exact_number": _("the number with its year is in the catalogue"),
    "repaired": _("the number was printed as “%(fact)s”"),
    "short_year": _("the year has two digits; read as %(fact)s"),
    "superseded": _("no longer in force on that day; replaced by %(fact)s"),
    "said_withdrawn": _("the schedule itself says that it is abolished"),
    "replaces_remark": _("the number after “代替” is not a method"),
    "year_missing": _("the year is missing; in force on the certificate's day: %(fact)s"),
    "year_missing_open": _("the year is missing and several editions are possible: %(fact)s"),
    "unknown_standard": _("the catalogue has no such standard: %(fact)s"),
    "unknown_year": _("the catalogue has the standard, but not this year: %(fact)s"),
    "range_of_parts": _("a range of parts instead of numbers: %(fact)s"),
    "title_contradicts": _("the title belongs to another standard: %(fact)s"),
    "title_alone": _("found by its title: %(fact)s"),
    "no_number": _("no standard number: %(fact)s"),
    "from_above": _("the cell is empty; the method of the row above holds"),
    "filled_down": _("stands further up in the schedule"),
}


def problem_words(code: str, facts: dict[str, str]) -> tuple[str, str]:
    """Return why a row was refused and what to do, in the reader's language."""
    rule, remedy = PROBLEMS[code]
    return str(rule) % facts, str(remedy) % facts


def reason_words(reasons: list[list[str]]) -> str:
    """Return the reasons of a line, part by part, in one sentence of the reader's language."""
    parts: dict[str, list[str]] = {}
    for part, code, fact in reasons:
        parts.setdefault(part, []).append(str(REASONS[code]) % {"fact": fact})
    sentences = [
        gettext("%(part)s: %(reasons)s") % {"part": PARTS.get(part, part), "reasons": "; ".join(dict.fromkeys(said))}
        for part, said in parts.items()
    ]
    return ". ".join(sentences)
