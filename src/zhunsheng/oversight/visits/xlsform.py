"""Checklists as XLSForm: what common offline tools (ODK, Kobo) read and write. Source: xlsform.org, version 1.

Columns beyond the standard (clause, evidence, violations, domains, business, least_sites, starred) are ignored by
those tools and make the round trip lossless.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.visits.rules.tailoring import ChecklistItem
from zhunsheng.platform.documents.archives import check_archive
from zhunsheng.platform.documents.errors import ArchiveRefused

ZH, EN = "中文 (zh)", "English (en)"
SURVEY: Final = (
    "type", "name", f"label::{ZH}", f"label::{EN}", f"hint::{ZH}", f"hint::{EN}", "required", "relevant", "clause",
    "evidence", "violations", "domains", "business", "least_sites", "starred",
)  # fmt: skip
CHOICES: Final = ("list_name", "name", f"label::{ZH}", f"label::{EN}")
SETTINGS: Final = ("form_title", "form_id", "version", "default_language")
VERDICTS: Final = (
    ("conforms", "符合", "Conforms"), ("fails", "不符合", "Does not conform"),
    ("not_applicable", "不适用", "Not applicable"),
)  # fmt: skip
MOST_ROWS: Final = 2000
_CODE = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,39}")
_MANY = re.compile(r"[\s,;、，；]+")


class NotAForm(DomainError):
    """A file that is no XLSForm of a checklist."""

    code = "not-a-form"


def written(code: str, title: dict[str, str], version: str, items: Iterable[ChecklistItem]) -> bytes:
    """Return a checklist as XLSX: a question for each item, with a note where it fails and a picture where asked."""
    book = Workbook()
    survey = book.active or book.create_sheet()
    survey.title = "survey"
    survey.append(SURVEY)
    for one in items:
        for row in _rows(one):
            survey.append([row.get(name, "") for name in SURVEY])
    choices = book.create_sheet("choices")
    choices.append(CHOICES)
    for value, chinese, english in VERDICTS:
        choices.append(["verdict", value, chinese, english])
    settings = book.create_sheet("settings")
    settings.append(SETTINGS)
    settings.append([f"{title['zh']} / {title['en']}", code, version, ZH])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(one: ChecklistItem) -> Iterator[dict[str, Any]]:
    yield {
        "type": "select_one verdict", "name": one.code,
        f"label::{ZH}": one.words["zh"], f"label::{EN}": one.words["en"],
        f"hint::{ZH}": one.how["zh"], f"hint::{EN}": one.how["en"], "required": "yes", "clause": one.clause,
        "evidence": " ".join(one.evidence), "violations": " ".join(one.violations), "domains": " ".join(one.domains),
        "business": " ".join(one.business), "least_sites": one.least_sites or "",
        "starred": "yes" if one.starred else "",
    }  # fmt: skip
    yield {
        "type": "text", "name": f"{one.code}_note", f"label::{ZH}": "情况记录", f"label::{EN}": "Note",
        "relevant": f"${{{one.code}}} != ''",
    }  # fmt: skip
    if "photo" in one.evidence:
        yield {
            "type": "image", "name": f"{one.code}_photo", f"label::{ZH}": "照片", f"label::{EN}": "Photograph",
            "relevant": f"${{{one.code}}} = 'fails'",
        }  # fmt: skip


def read(content: bytes) -> tuple[str, dict[str, str], tuple[ChecklistItem, ...]]:
    """Return code, title and items of a checklist. Raises: NotAForm naming the row."""
    try:
        check_archive(io.BytesIO(content))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        survey, settings = _sheet(book, "survey"), _sheet(book, "settings")
    except (ArchiveRefused, InvalidFileException, BadZipFile, KeyError, OSError, ValueError) as error:
        raise NotAForm(
            "The file is no XLSForm.", remedy="Send an XLSX with the sheets survey, choices and settings."
        ) from error
    if not settings or not str(settings[0].get("form_id") or "").strip():
        raise NotAForm("The sheet settings names no form.", remedy="Fill in form_id.")
    items = tuple(_item(number, row) for number, row in enumerate(survey, 2) if _asks(row))
    codes = [one.code for one in items]
    if not items or len(set(codes)) != len(codes):
        raise NotAForm("Every item needs a name of its own.", remedy="Mend the column name of the sheet survey.")
    chinese, _slash, english = str(settings[0].get("form_title") or "").partition(" / ")
    title = {"zh": chinese.strip() or str(settings[0]["form_id"]), "en": (english or chinese).strip()}
    return str(settings[0]["form_id"]).strip()[:40], title, items


def _asks(row: dict[str, Any]) -> bool:
    return str(row.get("type") or "").split() == ["select_one", "verdict"]


def _sheet(book: Any, name: str) -> list[dict[str, Any]]:
    rows = book[name].iter_rows(values_only=True, max_row=MOST_ROWS)
    head = [str(one or "").strip() for one in next(rows, ())]
    return [dict(zip(head, row, strict=False)) for row in rows if any(one not in {None, ""} for one in row)]


def _item(number: int, row: dict[str, Any]) -> ChecklistItem:
    code, chinese = str(row.get("name") or "").strip(), _text(row, f"label::{ZH}", "label")
    if not _CODE.fullmatch(code) or not chinese:
        raise NotAForm(
            "Row %(row)s has no name or no words.", params={"row": number}, remedy="Mend the row and send it again."
        )
    least = _text(row, "least_sites")
    return ChecklistItem(
        code=code, clause=_text(row, "clause"), words={"zh": chinese, "en": _text(row, f"label::{EN}") or chinese},
        how={"zh": _text(row, f"hint::{ZH}", "hint"), "en": _text(row, f"hint::{EN}")},
        evidence=_many(row, "evidence"), violations=_many(row, "violations"), domains=_many(row, "domains"),
        business=_many(row, "business"), least_sites=int(least) if least.isdecimal() else 0,
        starred=_text(row, "starred").lower() in {"yes", "true", "1"},
    )  # fmt: skip


def _text(row: dict[str, Any], *names: str) -> str:
    return next((text for name in names if (text := str(row.get(name) or "").strip())), "")


def _many(row: dict[str, Any], name: str) -> tuple[str, ...]:
    found: Sequence[str] = _MANY.split(_text(row, name))
    return tuple(one for one in found if one)
