"""All detectors by name, in the order in which they run and are shown."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from zhunsheng.oversight.screening.detectors import (
    censoring,
    clock,
    closeness,
    copies,
    digits,
    drifts,
    invented,
    lending,
    limits,
    people,
    presence,
    relations,
    repeats,
    spread,
)
from zhunsheng.oversight.screening.detectors.base import Signal
from zhunsheng.oversight.screening.detectors.side_by_side import Prepared

Detector = Callable[[Prepared], Sequence[Signal]]

DETECTORS: Final[Mapping[str, Detector]] = MappingProxyType(
    {
        "exact_copies": copies.exact_copies,
        "near_copies": copies.near_copies,
        "little_spread": spread.little_spread,
        "too_typical": spread.too_typical,
        "unlike_client": spread.unlike_client,
        "loose_relations": relations.loose_relations,
        "odd_digits": digits.odd_digits,
        "limit_hugging": limits.limit_hugging,
        "few_failures": limits.few_failures,
        "one_signatory": people.one_signatory,
        "overlapping_runs": clock.overlapping_runs,
        "short_runs": clock.short_runs,
        "date_order": clock.date_order,
        "late_arrivals": clock.late_arrivals,
        "days_off": clock.days_off,
        "more_censored": censoring.more_censored,
        "slow_drift": drifts.slow_drift,
        "alike_repeats": repeats.alike_repeats,
        "person_twice": presence.person_twice,
        "sites_apart": presence.sites_apart,
        "many_signatures": presence.many_signatures,
        "lent_name": lending.lent_name,
        "close_pairs": closeness.close_pairs,
        "guessed_values": invented.guessed_values,
    }
)
"""Detectors: each looks at the lake alone and says how each body differs from its peers in one way.

General signs, not known tricks: equal and nearly equal results, too little spread, relations, digits, limits, people,
time and machines.
"""
