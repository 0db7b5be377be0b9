"""Lines of schedules as the register and the catalogue see them: what is in force, what a granted line means."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from zhunsheng.admission.certificates.grants import GrantedLine
from zhunsheng.admission.certificates.rules.consolidation import Candidate
from zhunsheng.foundation.errors import DomainError
from zhunsheng.registry.bodies.models import Accreditation, Body, ScopeLine, Site
from zhunsheng.registry.catalogue.selectors import Vocabulary

_OWN: Final = (
    "site_id", "domain", "category", "object_id", "object_text", "parameter_id", "parameter_text", "method_text",
    "edition_id", "method_base", "method_year", "clause", "limitation", "remark",
)  # fmt: skip
MOST_NOTES: Final = 500


class ScheduleRefused(DomainError):
    """A line that no schedule can have."""

    code = "schedule-refused"


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its column values; `pk` and `accreditation_id` where the register holds it already."""

    values: dict[str, Any]
    capability: tuple[str, str, str, str, str]
    last: date | None = None
    pk: int | None = None
    accreditation_id: int | None = None

    @property
    def candidate(self) -> Candidate:
        """The line as the consolidation sees it."""
        words = f"{self.values['object_text']} {self.values['parameter_text']} {self.values['method_text']}"
        return Candidate(self, self.capability, self.values["limitation"], words, self.last)


def line_of(candidate: Candidate) -> Line:
    """Return the line that a candidate stands for."""
    if not isinstance(candidate.key, Line):
        raise TypeError("the candidate was made elsewhere")
    return candidate.key


def in_force(body: Body, target: Accreditation, former: Iterable[Accreditation], on: date) -> dict[int, Line]:
    """Return the lines of a certificate and of former ones that hold on a day, by key: three queries.

    `last` is None for lines of the certificate that run to its end; those of others end with their own certificate.
    """
    ends = {one.pk: one.valid_to for one in (target, *former)}
    lines = ScopeLine.objects.filter(body=body, accreditation_id__in=ends).exclude(valid_from__gt=on)
    found = {}
    for pk, line in _lines(body, lines.exclude(valid_to__lt=on)).items():
        last = line.last or ends[line.accreditation_id or 0]
        whole = line.accreditation_id == target.pk and last == target.valid_to
        found[pk] = replace(line, last=None if whole else last)
    return found


def held_by_key(body: Body, keys: Collection[int], *, on: date) -> list[Line]:
    """Return lines of a body by their keys, in order. Raises: ScheduleRefused for one that didn't hold on the day."""
    lines = ScopeLine.objects.filter(body=body, pk__in=list(keys)).exclude(valid_from__gt=on).exclude(valid_to__lt=on)
    found = _lines(body, lines)
    if found.keys() != set(keys):
        raise ScheduleRefused(
            "Some of these lines aren't in the body's schedule.",
            field="lines",
            remedy="Choose lines of this body's scope.",
        )
    return [found[key] for key in keys]


def _lines(body: Body, rows: Any) -> dict[int, Line]:
    words, sites = Vocabulary.current(), dict(Site.objects.filter(body=body).values_list("pk", "code"))
    found = {}
    columns = ("pk", "accreditation_id", "valid_to", *_OWN)
    for pk, certificate, last, *values in rows.order_by("pk").values_list(*columns).iterator(chunk_size=10_000):
        row = dict(zip(_OWN, values, strict=True))
        found[pk] = Line(row, _capability(row, sites, words), last, pk, certificate)
    return found


def _capability(row: dict[str, Any], sites: dict[int, str], words: Vocabulary) -> tuple[str, str, str, str, str]:
    item = words.object_codes.get(row["object_id"]) or words.object_key(row["object_text"])
    parameter = words.parameter_codes.get(row["parameter_id"]) or words.parameter_key(row["parameter_text"])
    edition = words.edition_by_id(row["edition_id"]) if row["edition_id"] else None
    method = edition.code if edition else words.method(row["method_text"]).key
    return (sites.get(row["site_id"], ""), item, parameter, method, row["clause"])


@dataclass(slots=True)
class Reader:
    """Reads granted lines for one body: ties them to the catalogue, writes names its way, notes what it changed."""

    body: Body
    notes: list[dict[str, Any]] = field(default_factory=list)
    _sites: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Learn the body's places."""
        self._sites = dict(Site.objects.filter(body=self.body).values_list("code", "pk"))

    def site_id(self, code: str) -> int | None:
        """Return the place of this code, None for every place. Raises: ScheduleRefused for one that the body lacks."""
        if not code:
            return None
        if code not in self._sites:
            raise ScheduleRefused(
                "The body has no site %(code)s.",
                params={"code": code},
                field="sites",
                remedy="Grant the site first, or correct the code of the line.",
            )
        return self._sites[code]

    def granted(self, line: GrantedLine) -> Line:
        """Return a granted line as it enters the register."""
        row = {
            "site_id": self.site_id(line.site_code), "domain": line.domain, "category": line.category,
            "object_id": line.object_id, "object_text": _plain(line.object_text), "parameter_id": line.parameter_id,
            "parameter_text": _plain(line.parameter_text), "method_text": _plain(line.method_text),
            "edition_id": line.edition_id, "clause": line.clause.strip(), "limitation": _plain(line.limitation),
            "remark": _plain(line.remark),
        }  # fmt: skip
        return self._line(row, None)

    def carried(self, line: Line, *, last: date | None) -> Line:
        """Return a line of another certificate as it enters this one, up to a day or to the end of the term."""
        return self._line(dict(line.values), last)

    def _line(self, row: dict[str, Any], last: date | None) -> Line:
        words = Vocabulary.current()
        row["object_id"] = row["object_id"] or words.object_id(row["object_text"])
        row["parameter_id"] = row["parameter_id"] or words.parameter_id(row["parameter_text"])
        method = words.method(row["method_text"])
        edition = words.edition_by_id(row["edition_id"]) if row["edition_id"] else method.edition
        row["edition_id"] = edition.id if edition else None
        row["method_base"] = (edition.base_code if edition else method.base)[:150]
        row["method_year"] = edition.year if edition else method.year
        names = {
            "object_text": words.object_names.get(row["object_id"]),
            "parameter_text": words.parameter_names.get(row["parameter_id"]),
            "method_text": method.edition.code if method.edition else None,
        }
        for column, name in names.items():
            if name and name != row[column]:
                self.note({"kind": "normalised", "before": row[column], "after": name})
                row[column] = name
        codes = {pk: code for code, pk in self._sites.items()}
        return Line(row, _capability(row, codes, words), last)

    def note(self, one: dict[str, Any]) -> None:
        """Keep a note once, up to a bound: the same name is written another way on many lines."""
        if one not in self.notes and len(self.notes) < MOST_NOTES:
            self.notes.append(one)


def _plain(text: str) -> str:
    return " ".join(text.split())
