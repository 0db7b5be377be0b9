"""A printed row to the lines it means: each object × parameter × method, with confidence and reasons."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.registry.schedules.rules.editions import Editions
from zhunsheng.registry.schedules.rules.filling import Printed
from zhunsheng.registry.schedules.rules.methods import Cited, methods_in
from zhunsheng.registry.schedules.rules.names import Names
from zhunsheng.registry.schedules.rules.parameters import Split, split_names
from zhunsheng.registry.schedules.rules.reasons import Match, Reason

MOST_FROM_ONE_ROW = 500
OBJECT, PARAMETER, METHOD = "object", "parameter", "method"


@dataclass(frozen=True, slots=True)
class Known:
    """What the catalogue knows, and the day on which an undated method is looked up."""

    objects: Names
    parameters: Names
    editions: Editions
    on: date


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a line: what is printed, what it was taken for, and under which key its doubt is asked about.

    `context` says in which surroundings the same text means the same: a parameter's object, an object's domain.
    """

    kind: str
    text: str
    match: Match
    key: str
    context: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of scope that a printed row means."""

    printed: Printed
    object: Part
    parameter: Part
    method: Part
    cited: Cited

    @property
    def parts(self) -> tuple[Part, Part, Part]:
        """Object, parameter and method."""
        return self.object, self.parameter, self.method

    @property
    def confidence(self) -> float:
        """How sure the whole line is: as sure as its weakest part."""
        return min(part.match.confidence for part in self.parts)


def lines_of(printed: Printed, known: Known) -> Iterator[Line]:
    """Yield the lines of a row, at most MOST_FROM_ONE_ROW."""
    objects = _objects(printed, known)
    cited = methods_in(printed.method)
    count = 0
    for thing in objects:
        for parameter in _parameters(printed, known, thing, cited):
            for method in cited:
                if count == MOST_FROM_ONE_ROW:
                    return
                count += 1
                yield Line(printed, thing, parameter, _method(method, printed, known), method)


def _objects(printed: Printed, known: Known) -> list[Part]:
    split = split_names(printed.object, known.objects.knows)
    names = split.names
    if len(names) > 1 and not all(known.objects.find(name).confidence >= 0.9 for name in names):
        names = (" ".join(printed.object.split()),)
    context = normalise_name(printed.domain)
    return [Part(OBJECT, name, known.objects.find(name), normalise_name(name), context) for name in names]


def _parameters(printed: Printed, known: Known, thing: Part, cited: tuple[Cited, ...]) -> list[Part]:
    split = split_names(printed.parameter, known.parameters.knows)
    context = str(thing.match.target) if thing.match.target is not None else thing.key
    if split.sweeping:
        bases = "/".join(sorted({one.base or normalise_name(one.title) for one in cited}))
        vague = Match(None, 0.0, (Reason("sweeping", split.names[0]),))
        return [Part(PARAMETER, split.names[0], vague, normalise_name(split.names[0]), f"{context}|{bases}"[:200])]
    return [Part(PARAMETER, name, _named(name, split, known), normalise_name(name), context) for name in split.names]


def _named(name: str, split: Split, known: Known) -> Match:
    found = known.parameters.find(name)
    if split.open_list and name == split.names[-1]:
        return Match(found.target, found.confidence, (*found.reasons, Reason("open_list")), found.candidates)
    if len(split.names) > 1:
        return Match(found.target, found.confidence, (*found.reasons, Reason("one_of_several")), found.candidates)
    return found


def _method(cited: Cited, printed: Printed, known: Known) -> Part:
    found = known.editions.find(cited, known.on)
    if METHOD in printed.filled and found.target is not None:
        found = Match(
            found.target, round(found.confidence * 0.97, 3), (*found.reasons, Reason("from_above")), found.candidates
        )
    text = cited.code or cited.printed
    title = normalise_name(cited.title) if any(one.code == "title_contradicts" for one in found.reasons) else ""
    return Part(METHOD, text, found, normalise_name(cited.printed), title[:200])
