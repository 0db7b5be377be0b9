"""Is accreditation needed, and who decides? The law is data; this only matches it."""

from collections.abc import Iterable, Mapping

from zhunsheng.foundation.lawbook import Entry

Facts = Mapping[str, str]
"""What the asker said: purpose, domain, owner, form, occasion, each one of the choices of `law/words.yaml`."""


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
