"""What two reports in a row of one client have in common, as columns: a province has hundreds of thousands of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Keys = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True)
class InARow:
    """One row for each body, object and client, in this order; the counts and sums have a column a place.

    `pairs` of reports in a row have both values at a place, `near` of them lie near each other; `log` and `square` sum
    the logarithm of their relative difference and its square. Shape (rows, places).
    """

    body: np.ndarray
    object: np.ndarray
    client: np.ndarray
    pairs: np.ndarray
    near: np.ndarray
    log: np.ndarray
    square: np.ndarray

    @classmethod
    def of(cls, tables: Sequence[pa.Table], places: int, parts: int) -> "InARow":
        """Return the rows of tables with the columns pairs_0, near_0, log_0, square_0 and so on.

        Args:
            parts: log and square come in whole parts of this.
        """
        table = pa.concat_tables(tables)
        table = table.append_column("known", pc.coalesce(table["client"], pa.scalar("")))
        table = table.sort_by([("body", "ascending"), ("object", "ascending"), ("known", "ascending")])
        names = {name: table[name].to_numpy() for name in ("body", "object", "client")}

        def wide(name: str) -> np.ndarray:
            columns = [pc.fill_null(table[f"{name}_{place}"], 0).to_numpy() for place in range(places)]
            return np.stack(columns, axis=1)

        return cls(
            **names, pairs=wide("pairs"), near=wide("near"), log=wide("log") / parts, square=wide("square") / parts,
        )  # fmt: skip

    def places_of(self) -> dict[Keys, int]:
        """Return the row of each body, object and client."""
        keys: Any = zip(self.body, self.object, self.client, strict=True)
        return {key: row for row, key in enumerate(keys)}
