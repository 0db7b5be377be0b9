"""`python -m benchmarks.matching fit|measure|speed`: fits weights, measures quality and speed."""

import argparse
import json
import os
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import yaml

from benchmarks.made_names import Made, MadeMention, MadeSet, divisions, make_set
from zhunsheng.registry.matching.rules.blocking import Candidate, Entry, NameIndex, find, is_likely
from zhunsheng.registry.matching.rules.comparing import LEVELS, Known, Party, compare
from zhunsheng.registry.matching.rules.names import take_apart
from zhunsheng.registry.matching.rules.vocabulary import DATA, Gazetteer
from zhunsheng.registry.matching.rules.weighing import Weights, weights

SIZES = {"fit": (20_000, 10_000), "measure": (20_000, 10_000), "speed": (50_000, 20_000)}
"""Organisations and mentions."""
CONFLICTING = ("uscc", "cma", "branch", "ordinal")


def index_of(register: Sequence[Made], places: Gazetteer) -> NameIndex:
    """File a made register."""
    entries = []
    for one in register:
        known = Known(one.uscc, (one.cma,) if one.cma else (), one.place_code, one.address)
        entries.append(Entry(one.id, "name", Party(take_apart(one.name, places), known)))
        if one.former:
            entries.append(Entry(one.id, "former", Party(take_apart(one.former, places), known)))
    return NameIndex(entries)


def party_of(mention: MadeMention, places: Gazetteer) -> Party:
    """Return a mention ready to be compared."""
    known = Known(mention.uscc, (mention.cma,) if mention.cma else (), mention.division, mention.address)
    return Party(take_apart(mention.text, places), known)


@dataclass
class Figures:
    """What was right and wrong. `suggested` counts mentions, `shown` the candidates shown."""

    mentions: int = 0
    known: int = 0
    found_by_blocking: int = 0
    suggested_right: int = 0
    first_right: int = 0
    shown: int = 0
    likely: int = 0
    likely_right: int = 0
    strangers: int = 0
    strangers_suggested: int = 0
    by_noise: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def as_dict(self) -> dict[str, float]:
        """Return the rates that are published."""
        return {
            "recall_blocking": self.found_by_blocking / self.known,
            "recall_suggested": self.suggested_right / self.known,
            "recall_first": self.first_right / self.known,
            "precision_suggested": self.suggested_right / max(self.shown, 1),
            "precision_likely": self.likely_right / max(self.likely, 1),
            "recall_likely": self.likely_right / self.known,
            "strangers_suggested": self.strangers_suggested / max(self.strangers, 1),
        }


def measure(made: MadeSet, by: Weights) -> Figures:
    """Compare suggestions with the truth."""
    places = Gazetteer.of(divisions())
    index, figures = index_of(made.register, places), Figures()
    for mention in made.mentions:
        party = party_of(mention, places)
        ranked = find([(index, frozenset())], party, by)
        figures.mentions += 1
        figures.shown += len(ranked)
        _count(figures, mention, ranked, by, lambda party=party: index.candidates(party), index)
    return figures


def _count(figures, mention, ranked: Sequence[Candidate], by, candidates, index) -> None:
    owners = [one.entry.owner for one in ranked]
    likely = is_likely(ranked, by)
    figures.likely += likely
    figures.likely_right += likely and owners[0] == mention.truth
    for noise in mention.noise:
        seen = figures.by_noise[noise]
        seen["mentions"] += 1
        seen["suggested"] += (mention.truth in owners) if mention.truth is not None else bool(owners)
        seen["likely"] += likely
        seen["likely_wrong"] += likely and owners[0] != mention.truth
    if mention.truth is None:
        figures.strangers += 1
        figures.strangers_suggested += bool(owners)
        return
    figures.known += 1
    figures.suggested_right += mention.truth in owners
    figures.first_right += owners[:1] == [mention.truth]
    figures.found_by_blocking += mention.truth in {index.entries[place].owner for place in candidates()}


def fit(out: Path, made: MadeSet) -> None:
    """Fit the weights on the development set by ridge-penalised logistic regression over the levels."""
    columns = {pair: place for place, pair in enumerate((f, level) for f, levels in LEVELS.items() for level in levels)}
    rows, truths = _examples(made, columns)
    beta = _logistic(np.asarray(rows), np.asarray(truths, dtype=float), len(columns))
    start, table = _bits(beta / np.log(2), columns)
    content = {
        "version": "2",
        "fitted_on": f"benchmarks.made_names dev, seed 1, {len(rows)} pairs",
        "start": round(start, 2),
        "thresholds": {"suggest": -2.0, "likely": 4.0, "margin": 3.0},
        "bits": table,
    }
    out.write_text(
        "# Weights of evidence in bits. Made by: python -m benchmarks.matching fit\n"
        + yaml.safe_dump(content, allow_unicode=True, sort_keys=False),
        encoding="utf-8",
    )
    print(f"{len(rows)} pairs, {sum(truths)} true, start {start:.2f}")


def _examples(made: MadeSet, columns: dict[tuple[str, str], int]) -> tuple[list[list[int]], list[bool]]:
    """Return of every pair that could be one the columns of its levels, and whether it is one.

    Pairs that conflict are left out: conflicts have a weight that no fit moves.
    """
    places = Gazetteer.of(divisions())
    index = index_of(made.register, places)
    rows, truths = [], []
    for mention in made.mentions:
        party = party_of(mention, places)
        for place in index.candidates(party):
            entry = index.entries[place]
            if entry.owner == mention.truth and not _is_best(index, party, place, mention.truth):
                continue
            levels = compare(party, entry.party, max(index.bearers(entry.party.name.core), 1))
            if any(levels[name] == "conflict" for name in CONFLICTING):
                continue
            rows.append([columns[pair] for pair in levels.items()])
            truths.append(entry.owner == mention.truth)
    return rows, truths


def _bits(bits: np.ndarray, columns: dict[tuple[str, str], int]) -> tuple[float, dict[str, dict[str, float]]]:
    """Return the start and the weights by feature and level, so that what is unknown weighs nothing."""
    start, table = float(bits[-1]), {}
    for feature, levels in LEVELS.items():
        table[feature] = {level: round(float(bits[columns[feature, level]]), 2) for level in levels}
        top = table[feature].get("unknown", table[feature].get("none", 0.0))
        table[feature] = {level: round(value - top, 2) for level, value in table[feature].items()}
        start += top
    for feature in CONFLICTING:
        table[feature]["conflict"] = -40.0
    return start, table


def _is_best(index: NameIndex, party: Party, place: int, owner: int) -> bool:
    """Of an owner's names only the one most like the mention is an example of a match."""
    from rapidfuzz import fuzz

    mine = fuzz.ratio(party.name.plain, index.entries[place].party.name.plain)
    others = [e for e in index.entries[max(0, place - 1) : place + 2] if e.owner == owner]
    return all(fuzz.ratio(party.name.plain, e.party.name.plain) <= mine for e in others)


def _logistic(rows: np.ndarray, truths: np.ndarray, width: int) -> np.ndarray:
    """Newton's method on one-hot levels with a start; ridge 1."""
    x = np.zeros((len(rows), width + 1))
    x[np.arange(len(rows))[:, None], rows] = 1
    x[:, -1] = 1
    beta = np.zeros(width + 1)
    ridge = np.eye(width + 1)
    ridge[-1, -1] = 1e-3
    for _turn in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (truths - p) - ridge @ beta
        hessian = (x * (p * (1 - p))[:, None]).T @ x + ridge
        step = np.linalg.solve(hessian, gradient)
        beta += step
        if np.abs(step).max() < 1e-6:
            break
    return beta


def speed(names: int, asked: int) -> None:
    """Measure one process: filing the names, then one mention after the other."""
    made = make_set("test", seed=3, organisations=names, mentions=asked)
    places, by = Gazetteer.of(divisions()), weights()
    began = time.perf_counter()
    index = index_of(made.register, places)
    filed = time.perf_counter() - began
    took = []
    for mention in made.mentions:
        began = time.perf_counter()
        find([(index, frozenset())], party_of(mention, places), by)
        took.append(time.perf_counter() - began)
    took.sort()
    print(
        json.dumps(
            {
                "names": len(index),
                "filed_s": round(filed, 1),
                "mentions": len(took),
                "mentions_per_s": round(len(took) / sum(took)),
                "median_ms": round(took[len(took) // 2] * 1000, 2),
                "p99_ms": round(took[int(len(took) * 0.99)] * 1000, 2),
                "load": os.getloadavg()[0],
            }
        )
    )


def main() -> None:
    """Do what was asked for and print its figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.matching", description=__doc__)
    parser.add_argument("what", choices=["fit", "measure", "speed"])
    parser.add_argument("--names", type=int, help="organisations; 20,000, for speed 50,000")
    parser.add_argument("--mentions", type=int, help="10,000, for speed 20,000")
    parser.add_argument("--part", default="test")
    parser.add_argument(
        "--out", type=Path, default=DATA / "weights.yaml", help="for fit: the weights in use if not given"
    )
    given = parser.parse_args()
    names, mentions = SIZES[given.what]
    sizes = {"organisations": given.names or names, "mentions": given.mentions or mentions}
    if given.what == "fit":
        fit(given.out, make_set("dev", seed=1, **sizes))
    elif given.what == "speed":
        speed(sizes["organisations"], sizes["mentions"])
    else:
        found = measure(make_set(given.part, seed=2 if given.part == "test" else 1, **sizes), weights())
        print(json.dumps({name: round(value, 4) for name, value in found.as_dict().items()}, indent=1))
        print({"mentions": found.mentions, "known": found.known, "likely": found.likely, "shown": found.shown})
        for noise, seen in sorted(found.by_noise.items()):
            rates = [seen[name] / seen["mentions"] for name in ("suggested", "likely")]
            wrong = seen["likely_wrong"]
            print(f"{noise:24}{seen['mentions']:6} suggested {rates[0]:.3f} likely {rates[1]:.3f} wrong {wrong}")


if __name__ == "__main__":
    main()
