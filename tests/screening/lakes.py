"""Lakes of a few lines, written by hand."""

from datetime import UTC, date, datetime

import pyarrow as pa

from zhunsheng.oversight.screening.detectors.base import book, settings_of
from zhunsheng.oversight.screening.detectors.side_by_side import Prepared
from zhunsheng.platform.lake import engines
from zhunsheng.platform.lake.schema import LINES

DAY = date(2026, 1, 1)
ARRIVED = datetime(2026, 1, 1, tzinfo=UTC)


def line(body, leaf, parameter, value=None, **said):
    """Return one row: a number with one decimal of one object, method and unit, but for what is said."""
    number = f"{body}-{leaf}"
    usual = {
        "leaf_index": leaf, "report": number, "body": body, "number": number, "version": 1, "line": 1,
        "object": "水", "parameter": parameter, "method": "GB 1", "unit": "mg/L", "value": value, "decimals": 1,
        "step": 0.1, "censor": "", "issued": date(2025, 3, 3), "sample": number, "client": "c",
        "arrived": ARRIVED, "subcontracted": False, "generated": True, "signatory": "S1",
    }  # fmt: skip
    return usual | said


def prepared(rows):
    """Return rows as detectors get them, by the settings of a day."""
    backend = engines.connect()
    backend.con.register("rows", pa.Table.from_pylist(rows, schema=LINES))
    backend.raw_sql("CREATE TABLE lines AS SELECT * FROM rows")
    return Prepared(backend.table("lines"), settings_of(book().on("SCREENING-SETTINGS", DAY)))


def by_body(signals):
    """Return the signals by their body: each has one."""
    found = {one.body: one for one in signals}
    assert len(found) == len(signals)
    return found
