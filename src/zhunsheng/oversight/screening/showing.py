"""What the page of an alert shows, gathered from the frozen evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from msgspec import UNSET

from zhunsheng.oversight.reports.format import Report as StatedReport
from zhunsheng.oversight.reports.printing import text_of
from zhunsheng.oversight.screening import explaining, wording
from zhunsheng.oversight.screening.evidence.comparing import ALONE, APART, NEAR, SAME, Cell

MARKS: Final = {SAME: "attention", NEAR: "waiting", APART: "neutral", ALONE: "neutral"}
SHOWN_PAIRS: Final = 10


@dataclass(frozen=True, slots=True)
class ShownSign:
    """One sign: its words, how rare it is, by which rule and version."""

    sign: explaining.Sign
    said: Mapping[str, str]
    rarity: str
    inputs: Mapping[str, Any]


def signs_of(evidence: Mapping[str, Any], on: date) -> list[ShownSign]:
    """Return the signs of an alert, the strongest first."""
    found = []
    for one in evidence["signals"]:
        sign = explaining.sign_of(one["detector"], on)
        inputs = {"p": f"{one['p']:.2g}", "n": explaining.plain(one["n"])}
        inputs |= {str(key): _fact(value) for key, value in one["facts"].items() if not isinstance(value, Mapping)}
        found.append(ShownSign(sign, explaining.said(sign, one), wording.rarity(one["p"]), inputs))
    return found


def _fact(value: Any) -> str:
    return explaining.plain(value) if isinstance(value, int | float) else str(value)


def innocents_of(signs: Sequence[ShownSign], on: date) -> list[explaining.Innocent]:
    """Return the ordinary explanations to rule out for these signs, each once, the first sign's first."""
    held = explaining.innocents(on)
    kinds = dict.fromkeys(kind for one in signs for kind in one.sign.innocent)
    return [held[kind] for kind in kinds]


def pairs_of(evidence: Mapping[str, Any], most: int = SHOWN_PAIRS) -> list[dict[str, Any]]:
    """Return the first pairs of reports with their numbers, days and objects."""
    reports = evidence["reports"]
    return [
        {**pair, "one": reports[pair["left"]], "two": reports[pair["right"]], "same": len(pair["same"]),
         "near": len(pair["near"])}
        for pair in evidence["pairs"][:most]
    ]  # fmt: skip


def cells_of(report: StatedReport) -> list[Cell]:
    """Return the results of a report as they are compared: by parameter and method."""
    return [
        Cell(
            place, f"{text_of(one.parameter_code) or text_of(one.parameter)}|{text_of(one.method)}",
            text_of(one.parameter), text_of(one.value), text_of(one.unit), text_of(one.instrument),
            text_of(one.analyst), text_of(one.started)[:16].replace("T", " "),
            text_of(one.finished)[:16].replace("T", " "),
        )
        for place, one in enumerate(report.results, 1)
    ]  # fmt: skip


def head_of(report: StatedReport) -> dict[str, str]:
    """Return what tells two reports apart; the client's name is masked, for screening needs no names."""
    sample = None if report.sample is UNSET else report.sample
    dates = None if report.dates is UNSET else report.dates
    return {
        "sample": text_of(sample.name) if sample else "",
        "sample_id": text_of(sample.id) if sample else "",
        "batch": text_of(sample.batch) if sample else "",
        "client": masked("" if report.client is UNSET else text_of(report.client.name)),
        "started": text_of(dates.started) if dates else "",
        "issued": text_of(dates.issued) if dates else "",
        "signatory": "" if report.signatory is UNSET else text_of(report.signatory.code),
    }


def masked(name: str) -> str:
    """Return a name of which only the first two characters can be read."""
    return f"{name[:2]}＊＊＊" if name else ""
