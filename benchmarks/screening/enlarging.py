"""Makes a large lake of a smaller world: each body several times, with keys of its own and values moved on their grid.

Leaves are numbered anew in the order of arrival and files lie by month, as in the lake of an installation.
"""

from pathlib import Path

import duckdb

_PLACES = """
    CREATE TABLE places AS
    SELECT leaf_index, copy, row_number() OVER (ORDER BY arrived, leaf_index, copy) - 1 AS leaf
    FROM (SELECT leaf_index, any_value(arrived) AS arrived FROM read_parquet('{lake}/lines/**/*.parquet')
          GROUP BY leaf_index), range({times}) AS copies(copy)
"""
_MONTH = """
    COPY (
        SELECT p.leaf AS leaf_index, sha256(l.report || '/' || copy) AS report, body || '-' || copy AS body,
               l.* EXCLUDE (leaf_index, report, body, value, client, producer),
               CASE WHEN censor = '' AND step > 0
                    THEN round(value * (0.9 + 0.2 * (hash(body, copy, parameter) % 1000) / 1000) / step) * step
                    ELSE value END AS value,
               client || '-' || copy AS client, producer || '-' || copy AS producer
        FROM read_parquet('{lake}/lines/{month}/*.parquet', hive_partitioning = false) l
        JOIN places p USING (leaf_index) ORDER BY leaf_index, line
    ) TO '{out}/lines/{month}/all.parquet' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 262144)
"""


def enlarge(lake: Path, out: Path, times: int, memory: str) -> None:
    """Write a lake with every body of another one so many times. Raises: OSError."""
    with duckdb.connect(config={"memory_limit": memory, "temp_directory": str(out.parent / "spilled")}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(_PLACES.format(lake=lake, times=times)).fetchall()
        for month in sorted(one.name for one in (lake / "lines").glob("month=*")):
            (out / "lines" / month).mkdir(parents=True)
            connection.execute(_MONTH.format(lake=lake, out=out, month=month)).fetchall()
