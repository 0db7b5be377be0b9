"""The labelled set: printed rows whose meaning is known, as the official form: XLSX with merges, or CSV."""

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from zhunsheng.registry.schedules.measuring.noise import Noise

HEADER_TOP = ("领域", "", "检测对象", "", "项目/参数", "", "依据的标准（方法）名称及编号（含年号）", "限制范围", "说明")
HEADER_SUB = ("序号", "名称", "序号", "名称", "序号", "名称", "", "", "")
ROWS_A_PAGE = 24


@dataclass(frozen=True)
class Triple:
    """One true line: ids and names of the catalogue."""

    domain: str
    object_id: int
    object: str
    parameter_id: int
    parameter: str
    edition_id: int
    code: str
    title: str


Truth = tuple[int | None, int | None, int | None]


@dataclass
class Labelled:
    """One printed row and every line that it truly means; None is "not in the catalogue"."""

    domain: str
    object: str
    parameter: str
    method: str
    limitation: str
    truth: set[Truth] = field(default_factory=set)
    spoiled: str = "none"


@dataclass(frozen=True)
class Rates:
    """How often each pattern is met, as a share of rows."""

    number: float = 0.35
    name: float = 0.2
    glyph: float = 0.04
    title: float = 0.35
    clause: float = 0.25
    several_parameters: float = 0.12
    several_methods: float = 0.12
    unknown: float = 0.12
    sweeping: float = 0.02
    open_list: float = 0.02


def make_rows(
    triples: Sequence[Triple], noise: Noise, count: int, *, seed: int, synonyms: dict[int, list[str]], rates: Rates
) -> list[Labelled]:
    """Return labelled rows, grouped by object as schedules are."""
    rng = random.Random(seed)  # noqa: S311 - a labelled set, no secret
    made = [_row(triples, noise, rng, synonyms, rates) for _ in range(count)]
    return sorted(made, key=lambda row: (row.domain, row.object))


def _row(
    triples: Sequence[Triple], noise: Noise, rng: random.Random, synonyms: dict[int, list[str]], rates: Rates
) -> Labelled:
    one = rng.choice(triples)
    same = [other for other in triples if other.object_id == one.object_id]
    chosen = [one]
    if rng.random() < rates.several_parameters:
        chosen = rng.sample(same, min(len(same), rng.randint(2, 5)))
        chosen = list({other.parameter_id: other for other in chosen}.values())
    methods = [one]
    if rng.random() < rates.several_methods:
        methods = list({other.edition_id: other for other in [one, *rng.sample(same, min(len(same), 2))]}.values())
    row = Labelled(one.domain, one.object, "", "", rng.choice(("", "", "", "只用第一法", "0.01~10 mg/L", "不测现场")))
    parameters: list[tuple[str, int | None]] = [
        (_name(other, noise, rng, synonyms, rates, row), other.parameter_id) for other in chosen
    ]
    cited: list[tuple[str, int | None]] = [
        (_method(other, noise, rng, rates, row), other.edition_id) for other in methods
    ]
    thing: int | None = one.object_id
    draw = rng.random()
    if draw < rates.unknown / 3:
        parameters, row.spoiled = [(rng.choice(noise.unknown_parameters), None)], "unknown"
    elif draw < rates.unknown * 2 / 3:
        cited, row.spoiled = [(rng.choice(noise.unknown_methods), None)], "unknown"
    elif draw < rates.unknown:
        row.object, thing, row.spoiled = rng.choice(noise.unknown_objects), None, "unknown"
    elif draw < rates.unknown + rates.sweeping:
        parameters, row.spoiled = [(rng.choice(noise.sweeping), None)], "sweeping"
    row.parameter = rng.choice(noise.name_joints).join(text for text, _pk in parameters)
    if len(parameters) > 1 and rng.random() < 0.2:
        row.parameter += "等"
    row.method = rng.choice(noise.method_joints).join(text for text, _pk in cited)
    row.truth = {(thing, parameter, edition) for _, parameter in parameters for _, edition in cited}
    return row


def _name(
    one: Triple, noise: Noise, rng: random.Random, synonyms: dict[int, list[str]], rates: Rates, row: Labelled
) -> str:
    name = rng.choice([one.parameter, one.parameter, *synonyms.get(one.parameter_id, [])])
    if rng.random() < rates.glyph:
        fitting = [letter for letter in name if letter in noise.glyphs]
        if fitting:
            row.spoiled = "glyph"
            letter = rng.choice(fitting)
            return name.replace(letter, noise.glyphs[letter], 1)
    if rng.random() < rates.name:
        row.spoiled = "name"
        return rng.choice(noise.names)(name, rng)
    return name


def _method(one: Triple, noise: Noise, rng: random.Random, rates: Rates, row: Labelled) -> str:
    code = one.code
    if rng.random() < rates.number:
        row.spoiled = "number"
        code = rng.choice(noise.numbers)(code, rng)
    if one.title and rng.random() < rates.title:
        return rng.choice(noise.titled).format(code=code, title=one.title)
    if rng.random() < rates.clause:
        return code + rng.choice(noise.clauses)
    return code


def _laid_out(rows: Sequence[Labelled]) -> Iterator[tuple[list[str], Labelled | None]]:
    """Yield the cells of every printed row: titles, headers on each page, lines with running numbers."""
    yield ["检验检测机构资质认定能力附表"], None
    yield ["机构名称：示范检测有限公司", "", "", "", "", "", "第 1 页 共 9 页"], None
    domains: list[str] = []
    objects = parameters = 0
    before: tuple[str, str] = ("", "")
    for place, row in enumerate(rows):
        if place % ROWS_A_PAGE == 0:
            yield list(HEADER_TOP), None
            yield list(HEADER_SUB), None
        if row.domain not in domains:
            domains.append(row.domain)
            objects = 0
        if (row.domain, row.object) != before:
            objects, parameters, before = objects + 1, 0, (row.domain, row.object)
        parameters += 1
        numbers = str(len(domains)), str(objects), f"{objects}.{parameters}"
        yield [
            numbers[0], row.domain, numbers[1], row.object, numbers[2], row.parameter, row.method, row.limitation, "",
        ], row  # fmt: skip
    yield ["以下空白"], None


def write_xlsx(rows: Sequence[Labelled], path: Path) -> dict[int, Labelled]:
    """Write the official form with merged headers, domains and objects; return the rows by their number."""
    from openpyxl import Workbook  # here, because it takes long to import

    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise ValueError("a new workbook has a sheet")
    placed: dict[int, Labelled] = {}
    runs = _Runs()
    for number, (cells, row) in enumerate(_laid_out(rows), start=1):
        if row is None:
            runs.end(number - 1)
        else:
            placed[number] = row
            held = f"{row.domain}/{row.object}"
            for column, key in ((1, row.domain), (2, row.domain), (3, held), (4, held)):
                if not runs.begins(column, key, number):
                    cells[column - 1] = ""
        sheet.append(cells)
        if cells[0] == HEADER_TOP[0]:
            for column in (1, 3, 5):
                sheet.merge_cells(start_row=number, end_row=number, start_column=column, end_column=column + 1)
            for column in (7, 8, 9):
                sheet.merge_cells(start_row=number, end_row=number + 1, start_column=column, end_column=column)
    sheet.merge_cells("A1:I1")
    for first, last, column in runs.ended:
        if last > first:
            sheet.merge_cells(start_row=first, end_row=last, start_column=column, end_column=column)
    book.save(path)
    return placed


class _Runs:
    """Rows that share a cell, column by column; a run that no other row ends stays open, as on the form's last page."""

    def __init__(self) -> None:
        self.ended: list[tuple[int, int, int]] = []
        self._open: dict[int, tuple[int, str]] = {}

    def begins(self, column: int, key: str, row: int) -> bool:
        """Tell whether a new cell begins in this row, ending the one above where it held something else."""
        first, held = self._open.get(column, (row, key))
        if held != key:
            self.ended.append((first, row - 1, column))
            first = row
        self._open[column] = (first, key)
        return first == row

    def end(self, last: int) -> None:
        """End all runs with this row."""
        self.ended += [(first, last, column) for column, (first, _held) in self._open.items()]
        self._open = {}


def write_csv(rows: Sequence[Labelled], path: Path, *, encoding: str = "utf-8-sig") -> dict[int, Labelled]:
    """Write the form as a spreadsheet program saves it as CSV: merged cells hold their text in the first row only."""
    placed: dict[int, Labelled] = {}
    held = ["", "", "", ""]
    number = 0
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        for cells, row in _laid_out(rows):
            if row is not None:
                full = cells[:4]
                same = [full[:2] == held[:2]] * 2 + [full == held] * 2
                cells[:4] = ["" if again else text for again, text in zip(same, full, strict=True)]
                held = full
            writer.writerow([*cells, *[""] * (9 - len(cells))])
            number += 1 + sum(cell.count("\n") for cell in cells)
            if row is not None:
                placed[number] = row
    return placed
