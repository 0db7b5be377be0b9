"""Which items of the library apply to one body: by its fields, its sites and what it does."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What is known of a body on a day. `domains` are the words of its schedule's fields and objects."""

    domains: frozenset[str] = frozenset()
    sites: int = 1
    business: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One item of a checklist; `words`, `how` and `title` in zh and en, `violations` ids of the yardstick."""

    code: str
    clause: str
    words: Mapping[str, str]
    how: Mapping[str, str]
    evidence: tuple[str, ...] = ()
    violations: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    business: tuple[str, ...] = ()
    least_sites: int = 0
    starred: bool = False

    @classmethod
    def read(cls, given: Mapping[str, Any], domains: Iterable[str] = ()) -> "ChecklistItem":
        """Return an item from law data. Raises: KeyError for what is missing."""
        return cls(
            code=str(given["code"]),
            clause=str(given["clause"]),
            words={"zh": str(given["zh"]), "en": str(given["en"])},
            how={"zh": str(given["how_zh"]), "en": str(given["how_en"])},
            evidence=tuple(given.get("evidence", ())),
            violations=tuple(given.get("violations", ())),
            domains=tuple(given.get("domains", ())) or tuple(domains),
            business=tuple(given.get("business", ())),
            least_sites=int(given.get("least_sites", 0)),
            starred=bool(given.get("starred", False)),
        )

    def plain(self) -> dict[str, Any]:
        """Return the item as law data, which `read` reads back."""
        return {
            "code": self.code,
            "clause": self.clause,
            "zh": self.words["zh"],
            "en": self.words["en"],
            "how_zh": self.how["zh"],
            "how_en": self.how["en"],
            "evidence": list(self.evidence),
            "violations": list(self.violations),
            "domains": list(self.domains),
            "business": list(self.business),
            "least_sites": self.least_sites,
            "starred": self.starred,
        }


def applies(item: ChecklistItem, facts: BodyFacts) -> bool:
    """Tell whether an item applies; one that names no field, business or number of sites applies to every body."""
    in_field = not item.domains or any(word in domain for word in item.domains for domain in facts.domains)
    in_business = not item.business or bool(set(item.business) & facts.business)
    return in_field and in_business and facts.sites >= item.least_sites


def tailored(items: Iterable[ChecklistItem], facts: BodyFacts) -> Iterator[ChecklistItem]:
    """Yield the items that apply, each code once, in the library's order."""
    seen: set[str] = set()
    for one in items:
        if one.code not in seen and applies(one, facts):
            seen.add(one.code)
            yield one


@dataclass(frozen=True, slots=True)
class Extra:
    """An item that no library holds: an open lead, an earlier finding, a duty that is not met yet."""

    source: str
    reference: str
    words: str
    clause: str = ""
    violations: tuple[str, ...] = field(default=())
