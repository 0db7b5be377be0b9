"""The lake as tables of an engine: lines that stand, for any months, from the manifest or from a bare folder."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ibis

from zhunsheng.platform.lake import engines, selectors
from zhunsheng.platform.lake.models import Content
from zhunsheng.platform.lake.schema import LINES


def lines(engine: Any, months: Sequence[str] | None = None) -> Any:
    """Return the lines of reports that stand, of these months (all if None), as an Ibis table."""
    wanted = None if months is None else tuple(months)
    return _standing_lines(engine, selectors.paths_of(Content.LINES, wanted), selectors.paths_of(Content.STANDING))


def open_folder(engine: Any, folder: Path) -> Any:
    """Return the lines that stand of a lake without a database: every Parquet file below the folder counts."""
    return _standing_lines(
        engine, sorted(folder.glob("lines/**/*.parquet")), sorted(folder.glob("standing/**/*.parquet"))
    )


def _standing_lines(engine: Any, paths: Sequence[Path], standing: Sequence[Path]) -> Any:
    if not paths:
        return ibis.memtable(LINES.empty_table())
    held = engines.read_parquet(engine, paths).select(*LINES.names)
    if not standing:
        return held
    gone = engines.read_parquet(engine, standing).select("report").distinct()
    return held.anti_join(gone, "report")
