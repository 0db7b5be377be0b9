"""What one row of the lake is: one accepted result line, with what its report says of it."""

from typing import Final

import pyarrow as pa

_MOMENT: Final = pa.timestamp("us", tz="UTC")

LINES: Final = pa.schema(
    [
        pa.field("leaf_index", pa.int64(), nullable=False),
        pa.field("report", pa.string(), nullable=False),
        pa.field("body", pa.string(), nullable=False),
        pa.field("number", pa.string(), nullable=False),
        pa.field("version", pa.int32(), nullable=False),
        pa.field("purpose", pa.string()),
        pa.field("received", pa.date32()),
        pa.field("issued", pa.date32()),
        pa.field("signatory", pa.string()),
        pa.field("client", pa.string()),
        pa.field("producer", pa.string()),
        pa.field("sample", pa.string()),
        pa.field("site", pa.string()),
        pa.field("line", pa.int32(), nullable=False),
        pa.field("object", pa.string()),
        pa.field("parameter", pa.string(), nullable=False),
        pa.field("method", pa.string()),
        pa.field("method_year", pa.int16()),
        pa.field("unit", pa.string()),
        pa.field("value_text", pa.string()),
        pa.field("value", pa.float64()),
        pa.field("decimals", pa.int8()),
        pa.field("step", pa.float64()),
        pa.field("censor", pa.string(), nullable=False),
        pa.field("loq", pa.float64()),
        pa.field("limit_min", pa.float64()),
        pa.field("limit_max", pa.float64()),
        pa.field("limit_standard", pa.string()),
        pa.field("verdict", pa.string()),
        pa.field("instrument", pa.string()),
        pa.field("analyst", pa.string()),
        pa.field("started", _MOMENT),
        pa.field("finished", _MOMENT),
        pa.field("arrived", _MOMENT, nullable=False),
        pa.field("division", pa.string()),
        pa.field("field", pa.string()),
        pa.field("subcontracted", pa.bool_(), nullable=False),
        pa.field("generated", pa.bool_(), nullable=False),
    ]
)
"""One accepted result line. Numbers are in the canonical unit of their kind; `value_text` keeps the digits as written.

`leaf_index` is the report's place in the public log, `report` its digest. `client` and `producer` are salted hashes:
the same party has the same hash within one installation, and no name is in the lake. `parameter`, `object` and
`method` are keys: the catalogue's code where it was recognised, else the name in the form in which names are compared.
`step` is the last digit's weight as it was written, in the canonical unit. `censor` is "" for a number, "<", ">", "nd"
(not detected), "d" (detected) or "text"; for "<" and ">" `value` is the bound.
"""

STANDING: Final = pa.schema(
    [
        pa.field("leaf_index", pa.int64(), nullable=False),
        pa.field("report", pa.string(), nullable=False),
        pa.field("standing", pa.string(), nullable=False),
        pa.field("since", _MOMENT, nullable=False),
    ]
)
"""A report that no longer stands: `report` was replaced or withdrawn by what is at `leaf_index` of the log."""

ORDER: Final = [("leaf_index", "ascending"), ("line", "ascending")]
