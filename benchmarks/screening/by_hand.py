"""What somebody would write in SQL for one question alone: the floors of screening."""

from itertools import product
from pathlib import Path
from typing import Final

import duckdb

from zhunsheng.oversight.screening.detectors.copies import BLOCKS, NEIGHBOURS, SHIFTS
from zhunsheng.oversight.screening.detectors.side_by_side import PLACES

SCAN: Final = "SELECT count(*), sum(value) FROM read_parquet('{lake}/lines/**/*.parquet')"

DUPLICATES: Final = """
    WITH vectors AS (
        SELECT leaf_index, any_value(body) AS body, any_value(object) AS object, any_value(sample) AS sample,
               list((parameter, unit, round(value / step)) ORDER BY parameter, unit) AS vector
        FROM read_parquet('{lake}/lines/**/*.parquet')
        WHERE censor = '' AND value IS NOT NULL AND step > 0
        GROUP BY leaf_index HAVING count(*) >= 3
    )
    SELECT body, object, count(*) AS reports, list(leaf_index) FROM vectors
    GROUP BY body, object, vector HAVING count(DISTINCT coalesce(sample, leaf_index::VARCHAR)) > 1
"""
"""The shortest SQL that finds reports with the same numbers; it tells neither how surprising they are nor near ones."""

_VECTORS: Final = """
    CREATE TEMP TABLE vectors AS
    WITH cells AS (
        SELECT leaf_index, report, body, object, sample, parameter, unit, value, step
        FROM read_parquet('{lake}/lines/**/*.parquet') WHERE censor = '' AND value IS NOT NULL AND step > 0
    ), seen AS (
        SELECT object, parameter, unit, step, round(value / step) AS cell, count(*) AS n FROM cells GROUP BY ALL
    ), tests AS (
        SELECT object, parameter, unit, arg_max(step, n) AS grid, row_number() OVER (
            PARTITION BY object ORDER BY sum(n) * ln(sum(n)) - sum(n * ln(n)) DESC) - 1 AS place
        FROM seen GROUP BY object, parameter, unit
    )
    SELECT leaf_index, any_value(report) AS report, any_value(body) AS body, min(object) AS object,
           min(sample) AS sample, {values}
    FROM cells JOIN tests USING (object, parameter, unit) GROUP BY leaf_index HAVING count(*) >= 3
"""

_NEAR: Final = """
    WITH pairs AS (
        SELECT DISTINCT least(one, two) AS one, greatest(one, two) AS two FROM ({candidates}) WHERE one IS NOT NULL
    ), compared AS (
        SELECT a.body, a.object, a.report AS first, b.report AS second, {near} AS near, {known} AS known
        FROM pairs JOIN vectors a ON a.leaf_index = one JOIN vectors b ON b.leaf_index = two
        WHERE coalesce(a.sample <> b.sample, true)
    )
    SELECT * FROM compared WHERE near >= 3 AND known - near <= 2
"""


def scan(lake: Path, memory: str) -> int:
    """Count the lines and add up their values; return how many lines there are."""
    with _opened(memory) as connection:
        found = connection.execute(SCAN.format(lake=lake)).fetchall()
    return int(found[0][0])


def duplicates(lake: Path, memory: str) -> int:
    """Find reports with the same numbers; return how many groups."""
    with _opened(memory) as connection:
        return len(connection.execute(DUPLICATES.format(lake=lake)).fetchall())


def near_pairs(lake: Path, memory: str) -> int:
    """Find pairs of reports nearly all of whose values are near, by the same neighbours; return how many.

    How surprising they are among a client's own reports and its peers', and what is named of them, is not part of it.
    """
    with _opened(memory) as connection:
        places = range(PLACES)
        values = ", ".join(f"max(CASE WHEN place = {n} THEN round(value / grid, 6) END) AS v{n}" for n in places)
        connection.execute(_VECTORS.format(lake=lake, values=values)).fetchall()
        near = " + ".join(
            f"coalesce((abs(a.v{n} - b.v{n}) <= greatest(1, 0.03 * greatest(abs(a.v{n}), abs(b.v{n}))))::INT, 0)"
            for n in places
        )
        known = " + ".join(f"(a.v{n} IS NOT NULL OR b.v{n} IS NOT NULL)::INT" for n in places)
        query = _NEAR.format(candidates=_candidates(), near=near, known=known)
        return len(connection.execute(query).fetchall())


def _candidates() -> str:
    parts = []
    for block, shift in product(BLOCKS, SHIFTS):
        bins = ", ".join(f"floor(ln(v{n}) / 0.066 + {shift})" for n in block)
        others = ", ".join(f"v{n}" for n in range(PLACES) if n not in block)
        back = ", ".join(f"lag(leaf_index, {n}) OVER w" for n in range(1, NEIGHBOURS + 1))
        parts.append(
            f"SELECT leaf_index AS two, unnest([{back}]) AS one FROM vectors "
            f"WHERE {' AND '.join(f'v{n} > 0' for n in block)} "
            f"WINDOW w AS (PARTITION BY body, object, {bins} ORDER BY coalesce({others}), leaf_index)"
        )
    return " UNION ALL ".join(parts)


def _opened(memory: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config={"memory_limit": memory, "preserve_insertion_order": "false"})
    connection.execute("SET TimeZone = 'UTC'")
    return connection
