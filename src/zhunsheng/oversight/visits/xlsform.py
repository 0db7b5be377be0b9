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
    "type", "name", f"label::{ZH}", f"label::{EN}", f"hint::{ZH}", f"hint::{EN}", "required", "relevant", "parameters",
    "clause", "evidence", "violations", "domains", "business", "least_sites", "starred",
)  # fmt: skip
CHOICES: Final = ("list_name", "name", f"label::{ZH}", f"label::{EN}")
SETTINGS: Final = ("form_title", "form_id", "version", "default_language")
VERDICTS: Final = (
    ("conforms", "符合", "Conforms"), ("fails", "不符合", "Does not conform"),
    ("not_applicable", "不适用", "Not applicable"),
)  # fmt: skip
MOST_ROWS: Final = 2000
MOST_PIXELS: Final = 2048
"""Longer side of a picture that an offline tool sends: enough to read a label."""
Rows = list[tuple[int, dict[str, Any]]]
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
            "relevant": f"${{{one.code}}} = 'fails'", "parameters": f"max-pixels={MOST_PIXELS}",
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
    _refuse_head(survey)
    if not settings or not str(settings[0][1].get("form_id") or "").strip():
        raise NotAForm("The sheet settings names no form.", field="form_id", remedy="Fill in form_id.")
    items = tuple(_item(number, row) for number, row in survey if _asks(row))
    _refuse_doubles(survey)
    form, chosen = settings[0][1], str(settings[0][1]["form_id"]).strip()[:40]
    chinese, _slash, english = str(form.get("form_title") or "").partition(" / ")
    title = {"zh": chinese.strip() or chosen, "en": (english or chinese).strip()}
    return chosen, title, items


def _refuse_head(survey: Rows) -> None:
    """Refuse a survey without the columns that a question needs, or without any question of ours."""
    for name in ("type", "name"):
        if survey and name not in survey[0][1]:
            raise NotAForm(
                "The sheet survey has no column %(name)s.", params={"name": name}, field=name,
                remedy="Write the names of the columns into its first row.",
            )  # fmt: skip
    if not any(_asks(row) for _number, row in survey):
        raise NotAForm(
            "The sheet survey asks for no verdict.", field="type",
            remedy="An item of a checklist is a question of the type “select_one verdict”.",
        )  # fmt: skip


def _refuse_doubles(survey: Rows) -> None:
    seen: dict[str, int] = {}
    for number, row in survey:
        name = str(row.get("name") or "").strip()
        if name and seen.setdefault(name, number) != number:
            raise NotAForm(
                "Rows %(first)s and %(row)s of the sheet survey have the same name %(name)s.",
                params={"first": seen[name], "row": number, "name": name}, field="name",
                remedy="Give each row a name of its own.",
            )  # fmt: skip


def _asks(row: dict[str, Any]) -> bool:
    return str(row.get("type") or "").split() == ["select_one", "verdict"]


def _sheet(book: Any, name: str) -> Rows:
    """Return the rows of a sheet that hold something, each with its number as the reader's program shows it."""
    rows = book[name].iter_rows(values_only=True, max_row=MOST_ROWS)
    head = [str(one or "").strip() for one in next(rows, ())]
    numbered = enumerate(rows, 2)
    return [
        (number, dict(zip(head, row, strict=False)))
        for number, row in numbered
        if any(one not in {None, ""} for one in row)
    ]


def _item(number: int, row: dict[str, Any]) -> ChecklistItem:
    code, chinese = str(row.get("name") or "").strip(), _text(row, f"label::{ZH}", "label")
    if not _CODE.fullmatch(code) or not chinese:
        raise NotAForm(
            "Row %(row)s has no name or no words.", params={"row": number}, field="name" if chinese else "label",
            remedy="A name begins with a letter and holds letters, digits, dots and hyphens; mend the row.",
        )  # fmt: skip
    least = _text(row, "least_sites")
    if least and not least.isdecimal():
        raise NotAForm(
            "Row %(row)s: “%(value)s” is no number of sites.", params={"row": number, "value": least[:40]},
            field="least_sites", remedy="Write digits, or leave the cell empty.",
        )  # fmt: skip
    return ChecklistItem(
        code=code, clause=_text(row, "clause"), words={"zh": chinese, "en": _text(row, f"label::{EN}") or chinese},
        how={"zh": _text(row, f"hint::{ZH}", "hint"), "en": _text(row, f"hint::{EN}")},
        evidence=_many(row, "evidence"), violations=_many(row, "violations"), domains=_many(row, "domains"),
        business=_many(row, "business"), least_sites=int(least or 0),
        starred=_text(row, "starred").lower() in {"yes", "true", "1"},
    )  # fmt: skip


def _text(row: dict[str, Any], *names: str) -> str:
    return next((text for name in names if (text := str(row.get(name) or "").strip())), "")


def _many(row: dict[str, Any], name: str) -> tuple[str, ...]:
    found: Sequence[str] = _MANY.split(_text(row, name))
    return tuple(one for one in found if one)
