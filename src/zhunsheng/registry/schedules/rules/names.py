"""Finding the object or parameter that a printed name means: exact, synonym, normalised, stripped, then similar.

A similar name counts only with a margin to the runner-up, and hardly ever where the letters that differ tell substances
apart (digits, Latin and Greek letters, 邻/间/对, 总, elements): 镉 is one stroke from 铬 and another metal.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from zhunsheng.foundation.identifiers import normalise_name, tidy
from zhunsheng.registry.schedules.rules.reasons import UNKNOWN, Match, Reason

NAME, SYNONYM, CODE = "name", "synonym", "code"
_MARGIN = 0.25
_MOST_CANDIDATES = 5
_DECORATION = re.compile(
    r"^[\s*★☆△▲●·]+|^\(?\d{1,3}[.、)]\s*(?=[^\d])|[\s*★☆△▲●]+$|\(?(?:以[^()]{1,12}计|按[^()]{1,12}计)\)?$"
)
_UNIT = re.compile(r"[,，]?\s*[/(\[]\s*(?:[a-zμ%‰]+/[a-z]+\d?|%|mg|NTU|度|cfu/\w+|mpn/\w+)\s*[)\]]?$", re.IGNORECASE)
_TAIL = re.compile(r"(?:的)?(?:测定|检测|检验|含量测定)$|含量$")
_TELLING = frozenset(
    "0123456789abcdefghijklmnopqrstuvwxyzαβγδω一二三四五六七八九十邻间对顺反总粪耐游离正异新亚高低过次偏焦可不无有水油酸碱单双多全半"
    "屈抗拉压弯断伸内外表大小上下氟氯溴碘磷砷硒硅硼碳氮氧氢硫甲乙丙丁戊己庚辛苯酚醛酮酯醚醇胺烷烯炔汞"
)
_FORGIVEN = frozenset(
    {"未末", "土士", "己已", "已己", "己巳", "酯脂", "硫流", "度庋", "含舍", "菌茵", "日曰", "量最", "酎耐"}
)


@dataclass(slots=True)
class Names:
    """The names of one kind of entry. Fill with `add`, then ask `find`; read only afterwards."""

    _exact: dict[str, tuple[int, str]] = field(default_factory=dict)
    _plain: dict[str, tuple[int, str]] = field(default_factory=dict)
    _choices: list[str] = field(default_factory=list)
    _known: dict[str, Match] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[tuple[int, str, str]]) -> "Names":
        """Return the names of (id, kind, text); the first entry that claims a text keeps it."""
        made = cls()
        for target, kind, text in entries:
            made.add(target, kind, text)
        return made

    def add(self, target: int, kind: str, text: str) -> None:
        """Add one name."""
        plain = normalise_name(text)
        if not plain:
            return
        self._exact.setdefault(text.strip(), (target, kind))
        if plain not in self._plain:
            self._plain[plain] = (target, kind)
            self._choices.append(plain)

    def knows(self, text: str) -> bool:
        """Tell whether a text is a name as it stands, leaving width, case and punctuation aside."""
        return normalise_name(text) in self._plain

    def find(self, text: str) -> Match:
        """Return what a printed name means."""
        found = self._known.get(text)
        if found is None:
            found = self._find(text)
            if len(self._known) < 100_000:
                self._known[text] = found
        return found

    def _find(self, text: str) -> Match:
        exact = self._exact.get(text.strip())
        if exact is not None:
            return Match(exact[0], 1.0, (Reason(f"exact_{exact[1]}", text.strip()),))
        plain = normalise_name(text)
        same = self._plain.get(plain)
        if same is not None:
            code = "normalised" if same[1] == NAME else f"normalised_{same[1]}"
            return Match(same[0], 0.99, (Reason(code, plain),))
        bare = undecorated(text)
        same = self._plain.get(normalise_name(bare))
        if same is not None:
            return Match(same[0], 0.95, (Reason("stripped", bare),))
        return self._similar(normalise_name(bare) or plain)

    def _similar(self, plain: str) -> Match:
        if not plain or not self._choices:
            return UNKNOWN
        found = process.extract(plain, self._choices, scorer=fuzz.ratio, limit=20, score_cutoff=40)
        best: dict[int, tuple[float, str]] = {}
        for choice, score, _place in found:
            target = self._plain[choice][0]
            best.setdefault(target, (_sure(plain, choice, score / 100), choice))
        ranked = sorted(best.items(), key=lambda pair: -pair[1][0])
        if not ranked:
            return UNKNOWN
        (target, (score, choice)), runner = ranked[0], ranked[1][1][0] if len(ranked) > 1 else 0.0
        sure = max(0.0, score - max(0.0, _MARGIN - (score - runner)))
        reasons = [Reason("similar", f"{choice} {score:.2f}")]
        if score - runner < _MARGIN:
            reasons.append(Reason("runner_up", f"{ranked[1][1][1]} {runner:.2f}"))
        others = tuple((one, round(held[0], 3)) for one, held in ranked[:_MOST_CANDIDATES])
        return Match(target, round(sure, 3), tuple(reasons), others)


def undecorated(text: str) -> str:
    """Return a name without marks, its own number, unit, "以…计" or "的测定"."""
    bare = tidy(text)
    for pattern in (_DECORATION, _UNIT, _DECORATION, _TAIL):
        bare = pattern.sub("", bare).strip()
    return bare


def _sure(plain: str, choice: str, ratio: float) -> float:
    """Return a similarity that the differing letters may lower: a telling letter caps it at 0.6."""
    changed = 0
    for step in Levenshtein.editops(plain, choice):
        ours = plain[step.src_pos] if step.tag != "insert" else ""
        theirs = choice[step.dest_pos] if step.tag != "delete" else ""
        if ours and theirs and (ours + theirs in _FORGIVEN or theirs + ours in _FORGIVEN):
            continue
        if (step.tag != "delete" and _tells(theirs)) or (step.tag != "insert" and _tells(ours)):
            return min(ratio, 0.6)
        changed += 1
    if not changed:
        return 0.96 if len(choice) >= 2 else 0.8
    return min(ratio, 0.93)


def _tells(letter: str) -> bool:
    return letter in _TELLING or _is_element(letter)


def _is_element(letter: str) -> bool:
    """Tell whether a letter names an element: metals carry 钅 (U+9485–U+9576), gases 气 (U+6C15–U+6C30)."""
    return "钅" <= letter <= "镶" or "氕" <= letter <= "氰" or letter in "铁金银铜锡铅锌铝镁钙钠钾"
