"""One box for everything public: codes and digests lead to verification, words to bodies, certificates, parameters."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.urls import reverse

from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies import selectors as bodies
from zhunsheng.registry.catalogue import selectors as catalogue

SHOWN = 20
SHORTEST = 2
"""Characters of Latin text; a single Chinese character, such as 铅, is a word."""
_DIGEST = re.compile(r"[0-9a-fA-F]{64}")
_CODE = re.compile(r"[^\s/]+-[0-9A-Z]{16}", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """What a search found, each list at most SHOWN long, with how many there are."""

    words: str
    bodies: Sequence[Any] = ()
    bodies_total: int = 0
    parameters: Sequence[Any] = ()
    parameters_total: int = 0
    editions: Sequence[Any] = ()
    editions_total: int = 0
    too_short: bool = field(default=False)

    @property
    def may_be_a_number(self) -> bool:
        """Tell whether the words could be the number of a report: they have a digit and no Chinese character."""
        return len(self.words) >= SHORTEST and self.words.isascii() and any(one.isdigit() for one in self.words)

    @property
    def total(self) -> int:
        """Return how many hits there are in all."""
        return self.bodies_total + self.parameters_total + self.editions_total


def cleaned(text: str) -> str:
    """Return what was typed with full-width letters narrowed and spaces joined; at most 200 characters."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("\0", "").split())[:200]


def verification_address(words: str) -> str | None:
    """Return where a verification code or a digest leads; None for anything else."""
    if _DIGEST.fullmatch(words):
        return f"{reverse('verification:digest')}?digest={words.lower()}"
    if _CODE.fullmatch(words):
        return reverse("verification:answer", args=[words])
    return None


def search(words: str, user: User | None) -> Found:
    """Return bodies by name, identifier or certificate number, parameters and standards by any of their names."""
    if not words:
        return Found(words)
    if len(words) < SHORTEST and words.isascii():
        return Found(words, too_short=True)
    found = bodies.bodies_visible_to(user).filter(
        Q(name__icontains=words)
        | Q(name_en__icontains=words)
        | Q(slug__iexact=words)
        | Q(uscc__iexact=words)
        | Q(cma=words)
        | Q(accreditations__number__iexact=words)
    )
    distinct = found.distinct()
    parameters, editions = catalogue.parameters(words=words), catalogue.editions(words=words)
    return Found(
        words,
        bodies=list(distinct[:SHOWN]),
        bodies_total=distinct.count(),
        parameters=list(parameters[:SHOWN]),
        parameters_total=parameters.count(),
        editions=list(editions[:SHOWN]),
        editions_total=editions.count(),
    )
