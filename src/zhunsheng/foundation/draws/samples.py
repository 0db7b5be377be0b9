"""A sample of objects with unequal probabilities, by stratum.

The frame has `id`, `size` (decimal, above 0; 1 where there is none) and `stratum`. The parameters are `method`
(sampford, conditional_poisson or random_pivotal), `n` (how many of each stratum) and `floor` (least probability,
decimal, "0" for none). Strata follow in the order of their first row.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from zhunsheng.foundation.draws.engines import BadParameters, Parameters
from zhunsheng.foundation.draws.frames import Rows
from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.stats.sampling import conditional_poisson, inclusion_probabilities, random_pivotal, sampford

Sampler = Callable[[Sequence[float], Iterator[float]], list[int]]
METHODS: Mapping[str, Sampler] = {
    "sampford": sampford,
    "conditional_poisson": conditional_poisson,
    "random_pivotal": random_pivotal,
}
LARGEST: Mapping[str, int] = {"sampford": 10_000_000, "conditional_poisson": 100_000, "random_pivotal": 10**12}
"""Units times sample size in one stratum: what the tables of a method may hold."""
_DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")


def draw(frame: Rows, parameters: Parameters, uniforms: Iterator[float]) -> dict[str, Any]:
    """Return the ids drawn in the order of the frame, their inclusion probabilities, and the strata.

    Raises: BadParameters, NotSampleable.
    """
    method, floor = _method(parameters), _decimal(parameters.get("floor", "0"), "parameters.floor")
    selected: dict[str, float] = {}
    strata: dict[str, dict[str, int]] = {}
    for stratum, rows in _strata(frame).items():
        n = _n(parameters, stratum)
        _refuse_large(method, len(rows), n)
        sizes = [_decimal(row.get("size", "") or "1", "frame") for row in rows]
        pi = inclusion_probabilities(sizes, n, floor=floor)
        drawn = METHODS[method](pi, uniforms)
        selected |= {rows[k]["id"]: pi[k] for k in drawn}
        strata[stratum] = {"units": len(rows), "n": n}
    ids = [row["id"] for row in frame if row["id"] in selected]
    return {"outcome": "drawn", "selected": ids, "pi": {one: selected[one] for one in ids}, "strata": strata}


def blocking(frame: Rows, parameters: Parameters) -> list[dict[str, Any]]:
    """Return the strata of which more are asked than there are, or for which no inclusion probabilities exist.

    Raises: BadParameters.
    """
    method, floor = _method(parameters), _decimal(parameters.get("floor", "0"), "parameters.floor")
    strata = _strata(frame)
    found: list[dict[str, Any]] = [
        {"condition": "stratum", "stratum": stratum, "units": 0, "n": asked}
        for stratum, asked in parameters["n"].items()
        if stratum not in strata and _n(parameters, stratum)
    ]
    for stratum, rows in strata.items():
        n = _n(parameters, stratum)
        _refuse_large(method, len(rows), n)
        sizes = [_decimal(row.get("size", "") or "1", "frame") for row in rows]
        try:
            inclusion_probabilities(sizes, n, floor=floor)
        except DomainError:
            found.append({"condition": "stratum", "stratum": stratum, "units": len(rows), "n": n})
    return found


def _method(parameters: Parameters) -> str:
    method = parameters.get("method")
    if not isinstance(method, str) or method not in METHODS:
        raise BadParameters(
            "“%(method)s” is no method of sampling.", params={"method": str(method)[:40]}, field="method"
        )
    if not isinstance(parameters.get("n"), Mapping):
        raise BadParameters("“n” must say how many of each stratum are drawn.", field="parameters.n")
    return method


def _strata(frame: Rows) -> dict[str, list[Mapping[str, str]]]:
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in frame:
        found.setdefault(row.get("stratum", ""), []).append(row)
    return found


def _n(parameters: Parameters, stratum: str) -> int:
    value = parameters["n"].get(stratum, 0)
    if type(value) is not int or not 0 <= value <= 1_000_000:
        raise BadParameters("“n” must say how many of each stratum are drawn.", field="parameters.n")
    return value


def _refuse_large(method: str, units: int, n: int) -> None:
    if units * n > LARGEST[method]:
        raise BadParameters(
            "%(n)s of %(units)s units are too many for this method in one stratum.", params={"n": n, "units": units},
            field="parameters.method", remedy="Use random_pivotal, or smaller strata.",
        )  # fmt: skip


def _decimal(text: object, field: str) -> float:
    if not isinstance(text, str) or not _DECIMAL.fullmatch(text):
        raise BadParameters("“%(value)s” is no decimal number.", params={"value": str(text)[:40]}, field=field)
    return float(text)
