"""The need-for-licence test: facts in, answers with their law out. Nothing is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.rules.need import decide
from zhunsheng.admission.licensing.rules.routing import RouteAnswer, RoutingFacts, route
from zhunsheng.foundation.lawbook import Entry, Lawbook


@dataclass(frozen=True, slots=True)
class Need:
    """The answers for one set of facts on one day; `need` is None where no rule of that day answers."""

    on: date
    need: Entry | None
    decider: Entry | None
    form: Entry | None
    routes: tuple[RouteAnswer, ...]

    @property
    def answer(self) -> str:
        """required, not_required or ask."""
        return str(self.need.values["answer"]) if self.need is not None else "ask"


def licence_needed(facts: Mapping[str, str], on: date) -> Need:
    """Answer by the law of a day whether accreditation is needed, who decides, and which routes are open."""
    entries = list(law_book.held(law_book.needs(), on))
    need = decide(entries, "need", facts)
    needed = need is None or need.values["answer"] != "not_required"
    return Need(
        on=on,
        need=need,
        decider=decide(entries, "decider", facts) if needed else None,
        form=decide(entries, "form", facts) if needed else None,
        routes=route(_known(facts, on), law_book.ways()).routes if needed else (),
    )


def _known(facts: Mapping[str, str], on: date) -> RoutingFacts:
    """Return what the test's answers tell of an application; the rest stays untold."""
    domain, kind = facts.get("domain", ""), facts.get("occasion", "")
    return RoutingFacts(
        kind=kind,
        on=on,
        domains=frozenset({domain}),
        special_food=None if domain == "food" else False,
        certificate_in_force=kind != "first",
    )


def as_dict(entry: Entry, book: Lawbook) -> dict[str, Any]:
    """Return an entry as an explanation for machines: rule, version, basis, words, whether it is verified."""
    return {
        "rule": entry.id,
        "version": book.version_of(entry),
        "verified": entry.verified,
        "title": dict(entry.title),
        "message": dict(entry.values["message"]),
        "basis": [{"law": one.law, "article": one.article} for one in entry.basis],
        "effective_from": entry.effective_from.isoformat(),
    }
