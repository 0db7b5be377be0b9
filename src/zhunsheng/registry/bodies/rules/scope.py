"""Why a tested line is in a body's scope on a day, or why not: pure, one request against that body's lines.

How a request meets a scope line:

* object: the line's object is the tested one or stands above it in the catalogue's tree; parameter: the same. What
  the catalogue doesn't know is compared by its normalised text.
* method: the same edition; a line without a year holds every edition of its standard, and a request without a year is
  met by any edition (that the year is missing is another rule's finding).
* site: a line without a site holds at every site; a request without a site is met by a line of any site.
* day: `valid_from` and `valid_to` both belong to the period.

Source: Order 163 Art. 36 and Order 39 Art. 10 (work inside the accredited scope); wording by practice.md.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from msgspec import Struct, field

from zhunsheng.registry.bodies.rules import limitations
from zhunsheng.registry.bodies.rules.standing import holds_on


class Reason(StrEnum):
    """The answer to "is this line inside the scope?"."""

    IN_SCOPE = "in_scope"
    EDITION_SUPERSEDED = "edition_superseded"
    PARAMETER_NOT_HELD = "parameter_not_held"
    METHOD_NOT_HELD = "method_not_held"
    OBJECT_NOT_HELD = "object_not_held"
    OTHER_SITE = "other_site"
    LIMITATION_BROKEN = "limitation_broken"
    LIMITATION_UNREAD = "limitation_unread"
    NOT_ON_THAT_DATE = "not_on_that_date"
    SCOPE_NOT_STATED = "scope_not_stated"


class ScopeRequest(Struct, frozen=True, gc=False):
    """One tested line: texts as the report writes them, `on` the day of the test, `body` the body's slug."""

    body: str
    object: str
    parameter: str
    method: str
    on: date
    site: str = ""
    clause: str = ""
    value: str = ""
    unit: str = ""


class ScopeAnswer(Struct, frozen=True, gc=False):
    """The reason, the scope line that decided it (if any) with its domain and category, and facts for the wording.

    Facts by reason: edition_superseded has held, used, replaced_by; other_site has site, site_name; limitation_broken
    and limitation_unread have limitation; not_on_that_date has from, to; method_not_held has held; object_not_held has
    held; dates are ISO, lists are joined by "；".
    """

    reason: Reason
    line_id: int | None = None
    domain: str = ""
    category: str = ""
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StatedLine:
    """A line of a schedule as a document states it; codes are the catalogue's, empty where it gives none."""

    object: str
    parameter: str
    method: str
    object_code: str = ""
    parameter_code: str = ""
    clause: str = ""
    domain: str = ""
    category: str = ""
    limitation: str = ""
    site: str = ""
    site_name: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A scope line with its canonical names (see scope_keys)."""

    id: int
    object_key: str
    object_text: str
    parameter_key: str
    method_key: str
    method_base: str
    site: str
    site_name: str
    domain: str
    category: str
    limitation: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request with its canonical names: the tested object's first, then those above it.

    `same` tells whether a name in a limitation means the tested object, one above it, or the parameter.
    """

    object_keys: tuple[str, ...]
    parameter_key: str
    method_key: str
    method_base: str
    site: str
    on: date
    tested: limitations.Tested
    same: limitations.SameName


def explain(wanted: Wanted, lines: Sequence[HeldLine], replaced_by: Callable[[str], str]) -> ScopeAnswer:
    """Return the answer for one request against the lines of its body that hold its parameter.

    `lines` may leave out lines of other parameters; whether the body has any scope at all is the caller's question.
    `replaced_by` names the edition that replaced one, or "".
    """
    of_parameter = [line for line in lines if line.parameter_key == wanted.parameter_key]
    if not of_parameter:
        return ScopeAnswer(Reason.PARAMETER_NOT_HELD)
    of_object = [line for line in of_parameter if line.object_key in wanted.object_keys]
    if not of_object:
        return ScopeAnswer(Reason.OBJECT_NOT_HELD, facts={"held": _list(line.object_text for line in of_parameter)})
    undated = wanted.method_key == wanted.method_base
    of_method = [
        line
        for line in of_object
        if line.method_key in {wanted.method_key, wanted.method_base}
        or (undated and line.method_base == wanted.method_base)
    ]
    if of_method:
        return _explain_site_and_day(wanted, of_method)
    of_series = [line for line in of_object if line.method_base == wanted.method_base]
    if of_series:
        return _explain_edition(wanted, of_series, replaced_by)
    return ScopeAnswer(
        Reason.METHOD_NOT_HELD, facts={"held": _list(line.method_key.removeprefix("~") for line in of_object)}
    )


def _explain_site_and_day(wanted: Wanted, lines: Sequence[HeldLine]) -> ScopeAnswer:
    here = [line for line in lines if _at(line, wanted.site)]
    today = [line for line in here if holds_on(line, wanted.on)]
    if today:
        return _explain_limitation(wanted, today)
    if here:
        return _not_then(here)
    elsewhere = [line for line in lines if holds_on(line, wanted.on)]
    if not elsewhere:
        return _not_then(lines)
    other = elsewhere[0]
    return _answer(Reason.OTHER_SITE, other, site=other.site, site_name=other.site_name)


def _explain_limitation(wanted: Wanted, lines: Sequence[HeldLine]) -> ScopeAnswer:
    order = {limitations.KEPT: 0, limitations.UNREAD: 1, limitations.BROKEN: 2}
    judged = [
        (order[limitations.judge(limitations.parse(line.limitation), wanted.tested, same=wanted.same)], line)
        for line in lines
    ]
    verdict, line = min(judged, key=lambda pair: (pair[0], pair[1].id))
    if verdict == 0:
        return _answer(Reason.IN_SCOPE, line)
    reason = Reason.LIMITATION_UNREAD if verdict == 1 else Reason.LIMITATION_BROKEN
    return _answer(reason, line, limitation=line.limitation)


def _explain_edition(wanted: Wanted, lines: Sequence[HeldLine], replaced_by: Callable[[str], str]) -> ScopeAnswer:
    best = min(lines, key=lambda line: (not holds_on(line, wanted.on), not _at(line, wanted.site), line.id))
    return _answer(
        Reason.EDITION_SUPERSEDED,
        best,
        held=_list(line.method_key for line in lines),
        used=wanted.method_key,
        replaced_by=replaced_by(best.method_key),
    )


def _not_then(lines: Sequence[HeldLine]) -> ScopeAnswer:
    best = max(lines, key=lambda line: (line.valid_to or date.max, line.id))
    first = best.valid_from.isoformat() if best.valid_from else ""
    last = best.valid_to.isoformat() if best.valid_to else ""
    return _answer(Reason.NOT_ON_THAT_DATE, best, **{"from": first, "to": last})


def _at(line: HeldLine, site: str) -> bool:
    return not line.site or not site or line.site == site


def _answer(reason: Reason, line: HeldLine, **facts: str) -> ScopeAnswer:
    return ScopeAnswer(reason, line.id, line.domain, line.category, facts)


def _list(names: Iterable[str]) -> str:
    return "；".join(sorted(set(names)))
