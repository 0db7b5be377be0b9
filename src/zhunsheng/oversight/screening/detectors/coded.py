"""Rows that an engine counted, as columns of numbers: what a province has millions of is not taken row by row."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

MOST: Final = 2**62


def column(table: pa.Table, name: str) -> np.ndarray:
    """Return a column that has no nulls as an array."""
    return np.asarray(table[name].to_numpy())


def codes_of(values: pa.ChunkedArray) -> tuple[np.ndarray, pa.Array]:
    """Return each row's place among the column's different values in their order (null last), and these values."""
    encoded = pc.dictionary_encode(values, null_encoding="encode").combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = pa.concat_arrays(encoded.chunks)
    different = encoded.dictionary
    order = pc.array_sort_indices(different)
    place = np.empty(len(order), dtype=np.int64)
    place[order.to_numpy()] = np.arange(len(order))
    return place[encoded.indices.to_numpy(zero_copy_only=False)], different.take(order)


def together(columns: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return each row's place among the different combinations of some codes in their order, and a row of each.

    Args:
        columns: shape (rows,) each, whole numbers of 0 and more.
    """
    found = columns[0].astype(np.int64)
    for one in columns[1:]:
        size = int(one.max(initial=0)) + 1
        if int(found.max(initial=0)) + 1 > MOST // size:
            found = np.unique(found, return_inverse=True)[1]
        found = found * size + one
    _different, first, place = np.unique(found, return_index=True, return_inverse=True)
    return place, first
