"""A grade as its page shows it: every loss of points with its event, in the reader's language."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from zhunsheng.foundation.identifiers.accreditations import cma_codes
from zhunsheng.foundation.lawbook import Entry
from zhunsheng.registry.credit import effects_book, law_book, scorecard_book
from zhunsheng.registry.credit.lifecycle import Stage
from zhunsheng.registry.credit.models import CreditEvent, Grade, Petition, Scoring
from zhunsheng.registry.credit.rules.raising import Counterfactual, raisings, without_each
from zhunsheng.registry.credit.rules.scorecard import EVENTS, GOOD, RATE, SHARE, Scorecard
from zhunsheng.registry.credit.rules.scoring import Result, proofs, score
from zhunsheng.registry.credit.rules.telling import inputs_read, points
from zhunsheng.registry.credit.selectors.inputs import with_rates
from zhunsheng.registry.credit.selectors.recomputing import Recomputed

MEANINGS = {"A": "good", "B": "neutral", "C": "attention", "D": "bad"}
CHART = 40
SOURCES: Final[Mapping[str, Any]] = {
    "enforcement": gettext_lazy("Penalty case"),
    "visits": gettext_lazy("On-site inspection"),
    "licensing.verification": gettext_lazy("Verification after a decision"),
    "licensing.decision": gettext_lazy("Decision on an application"),
}
"""Rooms that enter events themselves; any other source is an office, by its own name."""
Titles = Mapping[str, Mapping[str, str]]


def said(words: Mapping[str, str]) -> str:
    """Return law's words in the reader's language."""
    return words["en" if (get_language() or "").startswith("en") else "zh"]


def source_words(source: str) -> str:
    """Return what the source of an event is called."""
    return str(SOURCES.get(source, source))


def kind_said(kind: str) -> str:
    """Return what a kind of event is called in the reader's language."""
    found = law_book.words(law_book.events()).get(kind)
    return said(found) if found else kind


def field_said(code: str, on: date) -> str:
    """Return what a field of CMA numbers is called."""
    names = cma_codes(on).values["fields"].get(code)
    return said(names) if names else _("Field not known")


def explained(
    scoring: Scoring, events: Mapping[int, CreditEvent], today: date, asked: Mapping[int, list[Petition]]
) -> dict[str, Any]:
    """Return a computing as the page shows it: dimensions with their losses, what would raise it, what forced it."""
    card = with_rates(scorecard_book.scorecard(scoring.on), scoring.rates)
    facts = inputs_read(scoring.inputs)
    result = score(card, facts, scoring.on, scoring.before)
    titles, headings = scorecard_book.titles(scoring.on), scorecard_book.headings(scoring.on)
    others = without_each(card, facts, scoring.on, result, scoring.before)
    rows: dict[str, list[dict[str, Any]]] = {}
    for one in result.items:
        event = events.get(one.key) if one.key is not None else None
        shown = (
            _about(event, asked.get(event.pk, []), today) if event else {"words": _what_is_usual(card, one.indicator)}
        )
        other = _shown(others[one.key]) if one.key in others else None
        told = {"title": said(titles[one.indicator]), "points": points(one.tenths), "other": other, **shown}
        rows.setdefault(one.dimension, []).append(told)
    lost = [
        {
            "title": said(titles[one.dimension]), "heading": said(headings[one.dimension]),
            "points": points(one.tenths), "weight": points(one.weight), "tenths": one.tenths, "full": one.weight,
            "items": rows.get(one.dimension, []),
        }
        for one in result.lost
    ]  # fmt: skip
    forced = events.get(result.forced_key) if result.forced_key is not None else None
    return {
        "score": points(scoring.score),
        "chance_a": f"{result.chances[1]:.0%}",
        "chance_b": f"{result.chances[0]:.0%}",
        "dimensions": lost,
        "proofs": proofs(card, facts, scoring.on),
        "proofs_needed": card.proof.least,
        "proof_months": card.proof.months,
        "forced": {"title": said(titles[result.forced_by]), "event": forced} if result.forced_by else None,
        "raisings": [_way(one, titles, events) for one in raisings(card, facts, scoring.on, result)[:12]],
        "same": _same(result, scoring),
        "words": reason(scoring),
    }


def reason(scoring: Scoring) -> str:
    """Return why a computing came to its grade, in the reader's language; what was sealed are the stored words."""
    told = _("%(score)s points, grade %(letter)s") % {"score": points(scoring.score), "letter": scoring.letter}
    forced = scoring.result.get("forced_by")
    if forced:
        return _("%(ground)s; %(told)s") % {"ground": said(scorecard_book.titles(scoring.on)[forced]), "told": told}
    chances = {letter: f"{float(chance):.0%}" for letter, chance in scoring.result["chances"].items()}
    return _("%(told)s (probability of at least A: %(a)s, of at least B: %(b)s)") % {
        "told": told, "a": chances["A"], "b": chances["B"],
    }  # fmt: skip


def grade_reason(grade: Grade) -> str:
    """Return why a grade was given: a computing's reason in the reader's language, else the words of who entered it."""
    return reason(grade.scoring) if grade.scoring else grade.reason


def _about(event: CreditEvent, asked: list[Petition], today: date) -> dict[str, Any]:
    """Return an event as a row of the page: what was asked about it, and from when it may be repaired."""
    return {
        "event": event,
        "kind": kind_said(event.kind),
        "asked": asked[:3],
        "open": {one.sort for one in asked if one.stage == Stage.FILED},
        "repair": effects_book.repair_terms(event.kind, event.on, today),
    }


def chart(scorings: Sequence[Scoring]) -> dict[str, Any] | None:
    """Return the course of the score as a chart, oldest first; None while there is but one computing."""
    rows = list(scorings)[:CHART][::-1]
    if len(rows) < 2:
        return None
    first, last = rows[0], rows[-1]
    return {
        "kind": "line",
        "title": _("The score went from %(first)s on %(since)s to %(last)s on %(until)s")
        % {"first": points(first.score), "since": first.on, "last": points(last.score), "until": last.on},
        "x": {"name": _("Day"), "values": [one.on.isoformat() for one in rows]},
        "y": {"name": _("points")},
        "series": [{"name": _("Score"), "values": [one.score / 10 for one in rows]}],
        "description": _("Each point is a computing whose inputs or outcome differed from the one before."),
    }


def _shown(other: Counterfactual) -> dict[str, str]:
    return {"score": points(other.score), "letter": other.letter}


def _what_is_usual(card: Scorecard, indicator: str) -> str:
    sort = next(one.sort for one in card.indicators if one.id == indicator)
    if sort in (SHARE, RATE):
        return _("Expected from what is usual among bodies of this field and from the good outcomes on file.")
    return _("By the good events on file.") if sort == GOOD else "" if sort == EVENTS else _("By the register.")


def _way(
    one: Counterfactual, titles: Mapping[str, Mapping[str, str]], events: Mapping[int, CreditEvent]
) -> dict[str, Any]:
    event = events.get(one.key) if one.key is not None else None
    if one.sort == "passed" and event is not None:
        words = _("From %(day)s “%(kind)s” (%(reference)s) counts no more, all else being equal.") % {
            "day": one.on, "kind": kind_said(event.kind), "reference": event.reference,
        }  # fmt: skip
    elif one.sort == "good":
        words = _("One more good outcome: %(kind)s.") % {"kind": kind_said(one.kind)}
    else:
        words = _("Put in order: %(indicator)s.") % {"indicator": said(titles[one.indicator])}
    return {"words": words, **_shown(one)}


def _same(result: Result, scoring: Scoring) -> bool:
    return result.score == scoring.score and result.letter == scoring.letter


def course(scorings: Sequence[Scoring], events: Mapping[int, CreditEvent]) -> list[dict[str, Any]]:
    """Return each computing with what came and went since the one before, newest first."""
    rows = []
    for one, before in zip(scorings, [*scorings[1:], None], strict=True):
        mine = {key for key, _kind, _day in one.inputs["events"]}
        theirs = {key for key, _kind, _day in before.inputs["events"]} if before else mine
        rows.append({
            "scoring": one, "score": points(one.score), "meaning": MEANINGS[one.letter],
            "came": [_named(events[key]) for key in sorted(mine - theirs) if key in events],
            "rates": before is not None and before.rates_id != one.rates_id,
            "version": before is not None and before.version != one.version,
            "went": [_named(events[key]) for key in sorted(theirs - mine) if key in events],
        })  # fmt: skip
    return rows


def _named(event: CreditEvent) -> str:
    return f"{kind_said(event.kind)}（{event.reference}）"


def distribution_chart(rows: Mapping[str, Mapping[str, int]], what: str) -> dict[str, Any] | None:
    """Return how many bodies have which grade, place by place or field by field, as a chart; None of nothing."""
    if not rows:
        return None
    total = sum(sum(row.values()) for row in rows.values())
    high = sum(row.get("C", 0) + row.get("D", 0) for row in rows.values())
    titles = {
        "city": _("%(high)s of %(total)s bodies have grade C or D, by city"),
        "field": _("%(high)s of %(total)s bodies have grade C or D, by field"),
    }
    return {
        "kind": "hbar",
        "title": titles[what] % {"high": high, "total": total},
        "x": {"name": "", "values": list(rows)},
        "y": {"name": _("bodies"), "whole": True},
        "series": [
            {"name": letter, "values": [row.get(letter, 0) for row in rows.values()], "meaning": MEANINGS[letter]}
            for letter in "ABCD"
        ],
        "stacked": True,
    }


def letters_told(rows: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
    """Return how many bodies have each grade, with a link to them."""
    return [
        {"letter": letter, "meaning": MEANINGS[letter], "number": sum(row.get(letter, 0) for row in rows.values())}
        for letter in "ABCD"
    ]


def checks(again: Recomputed) -> list[dict[str, Any]]:
    """Return what a second computing compared, one by one."""
    words = (
        (_("The scorecard of that day has the same version."), again.same_version),
        (_("The events on file, as known then, are those that were counted."), again.same_events),
        (_("The obligations overdue, as known then, are those that were counted."), again.same_obligations),
        (_("The inputs have the digest that was stored."), again.same_inputs),
        (_("Score, losses and grade come out the same."), again.same_result),
        (_("The public log seals this computing."), again.sealed),
    )
    return [{"words": text, "good": good} for text, good in words]


def stored(scoring: Scoring) -> dict[str, Any]:
    """Return what a computing stored, for its page."""
    titles = scorecard_book.titles(scoring.on)
    facts = {str(FACTS.get(name, name)): value for name, value in scoring.inputs["facts"].items()}
    return {
        "score": points(scoring.score),
        "facts": facts,
        "events": [{"key": key, "kind": kind_said(kind), "on": day} for key, kind, day in scoring.inputs["events"]],
        "field": field_said(scoring.inputs["field"], scoring.on),
        "items": [
            {"title": said(titles[one]), "points": points(tenths), "key": key}
            for _dimension, one, tenths, key in scoring.result["items"]
        ],
    }


def scorecard_told(on: date) -> list[dict[str, Any]]:
    """Return the entries of the scorecard as its page shows them, dimension by dimension."""
    entries = scorecard_book.entries_on(on)
    card = scorecard_book.scorecard(on)
    parts = []
    for dimension in card.dimensions:
        own = next(
            one for one in entries if one.id.startswith("DIMENSION-") and one.values["dimension"] == dimension.key
        )
        rows = [one for one in entries if one.id.startswith("INDICATOR-") and one.values["dimension"] == dimension.key]
        parts.append({"entry": own, "weight": points(dimension.weight), "rows": [_entry_told(one) for one in rows]})
    return parts


def forced_told(on: date) -> list[dict[str, Any]]:
    """Return the entries that force a class."""
    return [_entry_told(one) for one in scorecard_book.entries_on(on) if one.id.startswith("FORCED-")]


def _entry_told(entry: Entry) -> dict[str, Any]:
    values = entry.values
    kinds = [kind_said(one) for one in values.get("kinds", ())]
    steps = values.get("bins") or values.get("knots") or ()
    shown = "；".join(f"{_number(count)} → {_number(lost)}" for count, lost in steps)
    return {
        "title": said(entry.title), "sort": SORTS_SAID.get(str(values.get("sort", "")), ""), "kinds": kinds,
        "good": [kind_said(one) for one in values.get("good", ())], "months": values.get("months"), "steps": shown,
        "law": law_book.named(scorecard_book.book(), entry), "verified": entry.verified,
        "letter": values.get("letter", ""), "industry": values.get("source") == "industry",
    }  # fmt: skip


def _number(value: float) -> str:
    return f"{value:g}"


FACTS = {
    "certificates": gettext_lazy("Certificate in force"),
    "suspended": gettext_lazy("Certificate suspended"),
    "signatories": gettext_lazy("Authorised signatories"),
    "overdue": gettext_lazy("Obligations overdue"),
    "quarters": gettext_lazy("Quarters under certificate, at most those counted"),
}
SORTS_SAID = {
    "events": gettext_lazy("by number of events"),
    "good": gettext_lazy("fewer points lost with every good event"),
    "fact": gettext_lazy("by the register"),
    "share": gettext_lazy("share, pulled to what is usual in the field"),
    "rate": gettext_lazy("cases in a year, pulled to what is usual in the field"),
}


def event_told(event: CreditEvent) -> dict[str, Any]:
    """Return an event as a page about it shows it."""
    return {"event": event, "kind": kind_said(event.kind)}
