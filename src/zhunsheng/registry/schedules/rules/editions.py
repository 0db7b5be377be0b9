"""Finding the edition that a cited method means on the day of a certificate."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz, process

from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.registry.catalogue.rules.standing import IN_FORCE, REPLACED, WITHDRAWN, Dates, standing
from zhunsheng.registry.schedules.rules.methods import Cited
from zhunsheng.registry.schedules.rules.reasons import Match, Reason

_SAME_TITLE, _OTHERS_TITLE, _NEAR_TITLE = 97.0, 85.0, 60.0


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of a standard as the catalogue knows it; `title` is the standard's."""

    id: int
    code: str
    base: str
    year: int | None
    status: str
    effective_from: date | None
    effective_to: date | None
    replaced_by: str
    title: str
    successor_from: date | None = None

    def standing_on(self, day: date) -> str:
        """Return coming, in_force, replaced or withdrawn, by the catalogue's own rule."""
        succeeded = bool(self.replaced_by)
        return standing(Dates(self.status, self.effective_from, self.effective_to, succeeded, self.successor_from), day)

    def outdated_on(self, day: date) -> bool:
        """Tell whether the edition is over on a day."""
        return self.standing_on(day) in (REPLACED, WITHDRAWN)

    def holds_on(self, day: date) -> bool:
        """Tell whether the edition is in force on a day."""
        return self.standing_on(day) == IN_FORCE


@dataclass(slots=True)
class Editions:
    """The editions of the catalogue by number, series and title."""

    by_code: dict[str, Edition] = field(default_factory=dict)
    by_id: dict[int, Edition] = field(default_factory=dict)
    series: dict[str, list[Edition]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, editions: Iterable[Edition]) -> "Editions":
        """Return them ready to be asked."""
        made = cls()
        for one in editions:
            made.by_code[one.code] = made.by_id[one.id] = one
            made.series.setdefault(one.base, []).append(one)
            if one.title:
                made.titles.setdefault(plain_title(one.title), one.base)
        return made

    def find(self, cited: Cited, on: date) -> Match:
        """Return the edition that a cited method means, with every reason for doubt."""
        if not cited.code:
            return self._by_title(cited, on)
        flags = cited.flags
        if "range_of_parts" in flags:
            return Match(None, 0.0, (Reason("range_of_parts", cited.printed),), self._near(cited))
        held = self.by_code.get(cited.code)
        if held is None and cited.year is None:
            found = self._undated(cited.base, on)
        elif held is None:
            return self._unknown(cited)
        else:
            found = Match(held.id, 1.0, (Reason("exact_number", held.code),))
        return self._judged(found, cited, on)

    def _judged(self, found: Match, cited: Cited, on: date) -> Match:
        if found.target is None:
            return found
        edition = self.series[cited.base][0] if found.target is not None else None
        sure, reasons = found.confidence, list(found.reasons)
        held = self.by_code.get(cited.code)
        if "repaired" in cited.flags:
            sure, reasons = sure * 0.97, [*reasons, Reason("repaired", cited.printed)]
        if "short_year" in cited.flags:
            sure, reasons = sure * 0.95, [*reasons, Reason("short_year", str(cited.year))]
        if held is not None and held.outdated_on(on):
            reasons.append(Reason("superseded", held.replaced_by or held.standing_on(on)))
        if "said_withdrawn" in cited.flags:
            reasons.append(Reason("said_withdrawn"))
        other = self._contradicting(cited, edition.title if edition else "")
        if other:
            options = (*((one.id, 0.5) for one in self.series.get(other, ())), (found.target, 0.5))
            return Match(found.target, min(sure, 0.5), (*reasons, Reason("title_contradicts", other)), options)
        return Match(found.target, round(sure, 3), tuple(reasons), found.candidates)

    def _undated(self, base: str, on: date) -> Match:
        known = self.series.get(base, [])
        holding = [one for one in known if one.holds_on(on)]
        if len(holding) == 1:
            sure = 0.95 if len(known) == 1 else 0.85
            return Match(holding[0].id, sure, (Reason("year_missing", holding[0].code),), _equal(known))
        reason = Reason("year_missing_open" if known else "unknown_standard", base)
        return Match(None, 0.0, (reason,), _equal(known))

    def _unknown(self, cited: Cited) -> Match:
        known = self.series.get(cited.base, [])
        if known:
            return Match(None, 0.0, (Reason("unknown_year", cited.code),), _equal(known))
        return Match(None, 0.0, (Reason("unknown_standard", cited.code),), self._near(cited))

    def _by_title(self, cited: Cited, on: date) -> Match:
        plain = plain_title(cited.title)
        base = self.titles.get(plain)
        if base is not None:
            found = self._undated(base, on)
            return Match(
                found.target,
                min(found.confidence, 0.92),
                (Reason("title_alone", base), *found.reasons),
                found.candidates,
            )
        near = process.extract(plain, list(self.titles), scorer=fuzz.ratio, limit=3, score_cutoff=_NEAR_TITLE)
        options = [(one.id, score / 100 * 0.8) for title, score, _ in near for one in self.series[self.titles[title]]]
        return Match(None, 0.0, (Reason("no_number", cited.title),), tuple(options[:6]))

    def _contradicting(self, cited: Cited, own: str) -> str:
        """Return the base of another standard whose title the printed one clearly is, or ""."""
        plain = plain_title(cited.title)
        if len(plain) < 5 or not own:
            return ""
        ours = max(fuzz.ratio(plain, plain_title(own)), fuzz.partial_ratio(plain, plain_title(own)))
        if ours >= _SAME_TITLE:
            return ""
        best = process.extractOne(plain, list(self.titles), scorer=fuzz.ratio, score_cutoff=_OTHERS_TITLE)
        return self.titles[best[0]] if best is not None and best[1] > ours + 5 else ""

    def _near(self, cited: Cited) -> tuple[tuple[int, float], ...]:
        close = process.extract(cited.base, list(self.series), scorer=fuzz.ratio, limit=3, score_cutoff=80)
        return tuple((one.id, round(score / 100 * 0.7, 3)) for base, score, _ in close for one in self.series[base])[:6]


def plain_title(title: str) -> str:
    """Return a title for comparison, without the general words that all food standards begin with."""
    return re.sub("^食品安全国家标准", "", normalise_name(title))


def _equal(editions: Iterable[Edition]) -> tuple[tuple[int, float], ...]:
    known = list(editions)
    return tuple((one.id, round(1 / len(known), 3)) for one in sorted(known, key=lambda one: -(one.year or 0))[:6])
