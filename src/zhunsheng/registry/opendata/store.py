"""Where published files lie: one folder for each publication, and `current`, which names the one that holds.

`current` is replaced in one step, so a reader sees a whole publication or the one before. The last publications are
kept for those who are still reading them.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from zhunsheng.foundation import durable

KEPT = 2
MANIFEST = "manifest.json"


def root() -> Path:
    """Return the folder of all publications."""
    return Path(settings.ZHUNSHENG_FILES) / "open-data"


@contextmanager
def new_publication(name: str) -> Iterator[Path]:
    """Give an empty folder; when the block ends well it becomes the current publication, else it is gone."""
    folder = root() / name
    folder.mkdir(parents=True)
    try:
        yield folder
        for path in [*folder.iterdir(), folder]:
            _sync(path)
        _switch(name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _forget_old(name)


def manifest() -> dict[str, Any] | None:
    """Return the manifest of the current publication, or None before the first."""
    try:
        name = (root() / "current").read_text(encoding="ascii")
        found: dict[str, Any] = json.loads((root() / name / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return found


def path_of(publication: str, file: str) -> Path:
    """Return where a file of a publication lies; both names come from a manifest."""
    return root() / publication / file


def _switch(name: str) -> None:
    durable.replace(root() / "current", name.encode("ascii"))


def _forget_old(current: str) -> None:
    folders = sorted(path for path in root().iterdir() if path.is_dir())
    for folder in folders[:-KEPT]:
        if folder.name != current:
            shutil.rmtree(folder, ignore_errors=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
