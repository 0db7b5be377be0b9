"""What only the whole file shows: rows that say the same twice, contradict each other, or stand under no known site."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.registry.schedules.rules.filling import Printed
from zhunsheng.registry.schedules.rules.mapping import Known, Line, lines_of
from zhunsheng.registry.schedules.rules.problems import RowProblem, problem

_LONGEST = {"domain": 60, "category": 100, "object": 200, "limitation": 500, "remark": 300}
_LONGEST_NAME = 200
_EVERYWHERE = frozenset({"所有场所", "全部场所", "各场所", "所有检测场所", "全部检测场所", "所有地点", "全部地点"})
"""Headings that name every site at once."""


@dataclass(slots=True)
class Rows:
    """Turns the printed rows of one file into lines. `sites` are a body's sites by every normalised name of theirs."""

    known: Known
    sites: Mapping[str, int]
    _seen: dict[bytes, tuple[int, bytes]] = field(default_factory=dict)

    def lines(self, item: Printed | RowProblem) -> Iterator[Line | RowProblem]:
        """Yield a row's lines, or what is wrong with it."""
        if isinstance(item, RowProblem):
            yield item
            return
        wrong = self._wrong(item)
        if wrong is not None:
            yield wrong
            return
        for line in lines_of(item, self.known):
            yield self._once(line)

    def site_of(self, line: Line) -> int | None:
        """Return the site under whose heading a line stands; None is every site."""
        return self.sites.get(normalise_name(line.printed.site)) if line.printed.site else None  # "所有场所" too

    def _wrong(self, item: Printed) -> RowProblem | None:
        for name, longest in _LONGEST.items():
            text = getattr(item, name)
            if len(text) > longest:
                return problem(item.row, "", text, "too_long", sheet=item.sheet, most=str(longest))
        site = normalise_name(item.site)
        if site and self.sites and site not in self.sites and site not in _EVERYWHERE:
            return problem(item.row, "", item.site, "unknown_site", sheet=item.sheet)
        return None

    def _once(self, line: Line) -> Line | RowProblem:
        number, sheet = line.printed.row, line.printed.sheet
        if len(line.parameter.text) > _LONGEST_NAME:
            return problem(number, "", line.parameter.text, "too_long", sheet=sheet, most=str(_LONGEST_NAME))
        site = normalise_name(line.printed.site)
        same = (
            "" if site in _EVERYWHERE else line.printed.site,
            *(part.text for part in line.parts),
            line.cited.clause,
        )
        key = hashlib.blake2b("\x1f".join(same).encode(), digest_size=16).digest()
        limit = hashlib.blake2b(normalise_name(line.printed.limitation).encode(), digest_size=8).digest()
        if key not in self._seen:
            self._seen[key] = (number, limit)
            return line
        row, held = self._seen[key]
        shown = " / ".join(part.text for part in line.parts)
        return problem(number, "", shown, "duplicate" if held == limit else "contradiction", sheet=sheet, row=str(row))
