"""PDF documents by Typst: templates are code, data comes in as JSON and is never markup."""

import json
import threading
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst

SANS, SERIF = "Noto Sans SC", "Noto Serif SC"
_ROOT = Path(__file__).resolve().parents[2]  # templates of all rooms may import each other's
_LOCK = threading.Lock()


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts of the package alone, so that a document looks the same on every machine."""
    folder = Path(pylopdf_fonts_zh_cn.sans_path()).parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])


@cache
def _compiler(root: Path) -> typst.Compiler:
    return typst.Compiler(root=str(root), font_paths=_fonts())


def render(
    template_path: Path, data: Mapping[str, Any], *, at: datetime, archival: bool = True, accessible: bool = False
) -> bytes:
    """Return the PDF of a Typst template filled with data.

    The template reads `json(bytes(sys.inputs.data))`; strings in it are shown as they are, never run as markup. It may
    import "/platform/documents/typst/letter.typ". Same template, data and `at` give the same bytes.

    Args:
        data: JSON values; other types raise TypeError.
        at: creation time that the document carries, aware.
        archival: PDF/A-2b, with every font embedded; plain PDF where the data has letters that the fonts lack, which
            PDF/A forbids.
        accessible: PDF/A-3a and PDF/UA-1 together, which a template must earn: a title, a language, and words for
            every image; it may attach files.
    Raises: typst.TypstError for a template that doesn't compile; FileNotFoundError; ValueError for a naive `at` or NaN.
    """
    if at.tzinfo is None:
        raise ValueError("a document's time must be aware")
    path = template_path.resolve(strict=True)
    root = _ROOT if path.is_relative_to(_ROOT) else path.parent
    inputs = {"data": json.dumps(data, ensure_ascii=False, allow_nan=False)}
    with _LOCK:  # a compiler serves one document at a time; it keeps fonts and parsed templates
        made = _compiled(
            _compiler(root), path, inputs, int(at.timestamp()), _standards(archival=archival, accessible=accessible)
        )
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no single PDF")
    return made


def _standards(*, archival: bool, accessible: bool) -> tuple[list[Any], list[Any]]:
    """Return what a document keeps to, and what is left of it where letters are lacking."""
    if accessible:
        return (["a-3a", "ua-1"] if archival else ["ua-1"]), []
    return (["a-2b"] if archival else []), []


def _compiled(
    compiler: typst.Compiler,
    path: Path,
    inputs: dict[str, str],
    at: int,
    standards: tuple[list[Any], list[Any]],
) -> object:
    wanted, without = standards
    try:
        return compiler.compile(str(path), sys_inputs=inputs, pdf_standards=wanted, timestamp=at)
    except typst.TypstError as error:
        if not wanted or "could not be displayed" not in str(error):
            raise
        return compiler.compile(str(path), sys_inputs=inputs, pdf_standards=without, timestamp=at)
