"""Is accreditation needed, who decides, which routes are open? The law is data; this only matches it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhunsheng.foundation.lawbook import Entry

Facts = Mapping[str, str]
"""What the asker said: purpose, domain, owner, form, occasion, each one of the choices of `law/words.yaml`."""


@dataclass(frozen=True, slots=True)
class Route:
    """A route and whether it is open; `barred_by` is empty, "occasion" or "domain"."""

    entry: Entry
    barred_by: str

    @property
    def open(self) -> bool:
        """Tell whether the applicant may choose it."""
        return not self.barred_by


def decide(entries: Iterable[Entry], question: str, facts: Facts) -> Entry | None:
    """Return the entry that answers a question for these facts: the first in order whose conditions all hold."""
    asked = [entry for entry in entries if entry.values["question"] == question]
    for entry in sorted(asked, key=lambda one: one.values["order"]):
        if fits(entry, facts):
            return entry
    return None


def fits(entry: Entry, facts: Facts) -> bool:
    """Tell whether the conditions of an entry hold; what it does not name does not matter."""
    return all(facts.get(name) in allowed for name, allowed in entry.values["when"].items())


def routes(entries: Iterable[Entry], facts: Facts) -> list[Route]:
    """Return every route in its order, with the condition that bars it where one does."""
    found = []
    for entry in sorted(entries, key=lambda one: one.values["order"]):
        barred = ""
        if facts.get("occasion") not in entry.values["occasions"]:
            barred = "occasion"
        elif facts.get("domain") in entry.values["barred_domains"]:
            barred = "domain"
        found.append(Route(entry, barred))
    return found
