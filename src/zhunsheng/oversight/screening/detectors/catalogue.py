"""All detectors by name, in the order in which they run and are shown."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from zhunsheng.oversight.screening.detectors import copies, times, values
from zhunsheng.oversight.screening.detectors.base import Detector

DETECTORS: Final[Mapping[str, Detector]] = MappingProxyType(
    {
        "exact_copies": copies.exact_copies,
        "near_copies": copies.near_copies,
        "little_spread": values.little_spread,
        "too_typical": values.too_typical,
        "odd_digits": values.odd_digits,
        "limit_hugging": values.limit_hugging,
        "few_failures": values.few_failures,
        "overlapping_runs": times.overlapping_runs,
        "short_runs": times.short_runs,
        "date_order": times.date_order,
        "late_arrivals": times.late_arrivals,
        "days_off": times.days_off,
    }
)
