"""How identifiers and names are tidied before anything is compared."""

import re
import unicodedata
from functools import lru_cache

from zhunsheng.foundation.errors import DomainError

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－﹣﹘"), "-")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"), None)
_NAME_NOISE = re.compile(r"[\s()\[\]{}<>〈〉《》【】〔〕「」『』·・,;:、。'\"“”‘’_\-/]+")


class IdentifierError(DomainError):
    """A text that is no such identifier: which field, which rule, what to do."""

    code = "identifier"

    def __init__(self, field: str, rule: str, remedy: str, *, text: str = "", **places: str) -> None:
        """Take the rule as a msgid whose places `places` fill; `.rule` is the filled English sentence."""
        self.rule = rule % places if places else rule
        super().__init__("“%(text)s”: " + rule, params={"text": text[:80], **places}, field=field, remedy=remedy)


def tidy(text: str) -> str:
    """Return a text with full-width forms, dashes, invisible characters and runs of spaces made plain."""
    plain = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).translate(_DASHES)
    return " ".join(plain.split())


@lru_cache(maxsize=65536)
def normalise_name(text: str) -> str:
    """Return the form in which names and synonyms are compared.

    Width (NFKC), case, spaces, brackets and punctuation don't matter: "铅（Pb）", "铅 (Pb)" and "铅PB" are one.
    """
    folded = unicodedata.normalize("NFKC", tidy(text).casefold()).casefold()
    return unicodedata.normalize("NFKC", _NAME_NOISE.sub("", folded))
