"""What is in the lake."""

from dataclasses import dataclass
from pathlib import Path

from django.db.models import QuerySet, Sum

from zhunsheng.platform.lake import folders
from zhunsheng.platform.lake.models import Content, LakeFile, LakeMark


@dataclass(frozen=True, slots=True)
class LakeState:
    """How far the lake has come: the last leaf taken, files, rows and bytes of lines, months."""

    leaf_index: int
    files: int
    rows: int
    bytes: int
    months: tuple[str, ...]


def files_of(content: Content, months: tuple[str, ...] | None = None) -> QuerySet[LakeFile]:
    """Return the manifest's files of one content, in order; only these months where given."""
    found = LakeFile.objects.filter(content=content)
    if months is not None:
        found = found.filter(month__in=months)
    return found.order_by("month", "first_leaf")


def paths_of(content: Content, months: tuple[str, ...] | None = None) -> list[Path]:
    """Return where these files lie."""
    return [folders.folder() / path for path in files_of(content, months).values_list("path", flat=True)]


def state() -> LakeState:
    """Return how the lake stands, in three queries."""
    mark = LakeMark.objects.filter(pk=1).values_list("leaf_index", flat=True).first()
    lines = LakeFile.objects.filter(content=Content.LINES)
    sums = lines.aggregate(rows=Sum("rows"), bytes=Sum("bytes"))
    held = list(lines.order_by("month").values_list("month", flat=True))
    return LakeState(
        -1 if mark is None else mark, len(held), sums["rows"] or 0, sums["bytes"] or 0, tuple(dict.fromkeys(held))
    )


def missing() -> str:
    """Return the first file that the manifest lists and that isn't there, empty if all are."""
    for path in LakeFile.objects.order_by("pk").values_list("path", flat=True).iterator():
        if not (folders.folder() / path).is_file():
            return str(path)
    return ""
