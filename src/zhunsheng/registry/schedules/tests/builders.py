"""Workbooks as bodies send them, and the register that they are read into."""

import io
import zipfile
from datetime import date

from openpyxl import Workbook

from zhunsheng.platform.accounts.tests.factories import NOON
from zhunsheng.registry.bodies.tests.factories import load_catalogue, make_body, make_certificate
from zhunsheng.registry.schedules import services, trial
from zhunsheng.registry.schedules.rules.problems import RowProblem

HEADER = [
    "领域序号", "领域", "序号", "检测对象", "参数序号", "参数名称", "依据的标准（方法）名称及编号（含年号）",
    "限制范围", "说明",
]  # fmt: skip
NAMES = ("domain_no", "domain", "object_no", "object", "parameter_no", "parameter", "method", "limitation", "remark")
LEAD = ("1", "水质", "1", "生活饮用水", "1.1", "铅", "GB/T 5750.6-2023", "", "")
CMA = "231912050001"
ON = date(2026, 3, 2)


def line(**cells):
    """Return a plain row (lead in drinking water) with some cells changed."""
    return [cells.get(name, plain) for name, plain in zip(NAMES, LEAD, strict=True)]


def cadmium(**cells):
    """Return a plain row for cadmium."""
    return line(**{"parameter_no": "1.2", "parameter": "镉", **cells})


def workbook(path, rows, merges=(), header=HEADER):
    """Write a workbook with a title and a header; `rows` begin at row 3."""
    book = Workbook()
    sheet = book.active
    sheet.append(["检验检测机构资质认定能力附表"])
    sheet.append(list(header))
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    book.save(path)
    return path


def changed(path, member, change):
    """Replace the bytes of one member of a workbook; `change` gets None for a new one."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[member] = change(members.get(member))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    path.write_bytes(target.getvalue())
    return path


def tried(path, **options):
    """Read a file without storing it."""
    load_catalogue()
    return trial.read_file(path, on=ON, confidence=0.9, sites={}, keep=True, **options)


def places(found):
    """Return the problems of a trial as (row, column, code)."""
    return [(one.row, one.column, one.code) for one in found.problems if isinstance(one, RowProblem)]


def body_with_certificate(**values):
    """Return a body with a certificate and a small catalogue."""
    load_catalogue()
    made = make_body(CMA, cma=CMA, **values)
    make_certificate(made, CMA)
    return made


def handed_in(body, path, by=None):
    """Hand a file in and read it."""
    with path.open("rb") as content:
        made, _new = services.receive(body=body, name=path.name, content=content, whole=True, by=by, at=NOON, why="")
    return services.read_schedule(schedule_id=made.pk)
