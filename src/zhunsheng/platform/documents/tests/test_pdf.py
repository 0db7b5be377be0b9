import shutil
import subprocess
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst

from zhunsheng.platform.documents import pdf, qr

TEMPLATE = Path(__file__).parent / "letter.typ"
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
DATA = {
    "title": "检验检测报告核验单",
    "foot": "准绳",
    "lang": "zh",
    "rows": [["机构名称", "广东省某检验检测有限公司（演示）"], ["参数 Parameter", "铅（Pb） <0.01 μg/L"]],
    "qr": qr.svg("https://zhunsheng.example/v/ABCDEFGHJKMNPQRS"),
    "words": "与签发原件一致 · 與簽發原件一致",
}


def text_of(document):
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext isn't installed")
    return subprocess.run([tool, "-", "-"], input=document, capture_output=True, check=True).stdout.decode("utf-8")


def test_chinese_comes_out_as_text():
    text = text_of(pdf.render(TEMPLATE, DATA, at=NOON))

    for words in (
        "检验检测报告核验单",
        "广东省某检验检测有限公司（演示）",
        "铅（Pb）",
        "与签发原件一致",
        "與簽發原件一致",
        "第 1 页，共 1 页",
    ):
        assert words in text.replace("\n", "") or words in text


def test_every_font_is_embedded(tmp_path):
    tool = shutil.which("pdffonts")
    if tool is None:
        pytest.skip("pdffonts isn't installed")
    (tmp_path / "letter.pdf").write_bytes(pdf.render(TEMPLATE, DATA, at=NOON))
    out = subprocess.run([tool, str(tmp_path / "letter.pdf")], capture_output=True, text=True, check=True).stdout
    fonts = [line.split() for line in out.splitlines()[2:]]

    assert {row[0].split("+")[1].split("-")[0] for row in fonts} == {"NotoSansSC", "NotoSerifSC"}
    assert all(row[-5] == "yes" for row in fonts)  # columns: emb sub uni object ID


def test_data_is_never_run_as_markup(tmp_path):
    path = tmp_path / "plain.typ"
    path.write_text("#let data = json(bytes(sys.inputs.data))\n#data.name", encoding="utf-8")
    hostile = '#panic("run") *bold* $x$ "quote" \\ ] <label> @ref'

    assert hostile in text_of(pdf.render(path, {"name": hostile}, at=NOON)).replace("“", '"').replace("”", '"')


def test_a_template_cannot_read_files_above_its_root(tmp_path):
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "t.typ").write_text('#read("../secret.txt")', encoding="utf-8")

    with pytest.raises(typst.TypstError):
        pdf.render(inner / "t.typ", {}, at=NOON)


def test_the_same_data_gives_the_same_bytes():
    assert pdf.render(TEMPLATE, DATA, at=NOON) == pdf.render(TEMPLATE, DATA, at=NOON)


def test_other_data_does_not_come_from_a_cache():
    other = {**DATA, "title": "另一份文书"}
    pdf.render(TEMPLATE, DATA, at=NOON)

    assert "另一份文书" in text_of(pdf.render(TEMPLATE, other, at=NOON))


def test_threads_get_their_own_documents():
    found = {}

    def make(n):
        found[n] = pdf.render(TEMPLATE, {**DATA, "title": f"第{n}号文书"}, at=NOON)

    threads = [threading.Thread(target=make, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert all(f"第{n}号文书" in text_of(document).replace(" ", "") for n, document in found.items())
    assert len(found) == 6


def test_the_compiler_with_its_fonts_is_made_once_for_all_documents():
    pdf._compiler.cache_clear()
    pdf.render(TEMPLATE, {**DATA, "title": "首份"}, at=NOON)
    made = pdf._compiler.cache_info().misses
    for n in range(3):
        pdf.render(TEMPLATE, {**DATA, "title": f"第{n}份"}, at=NOON)

    assert made == 1
    assert pdf._compiler.cache_info().misses == made


def test_missing_templates_and_numbers_that_json_lacks_are_refused(tmp_path):
    with pytest.raises(FileNotFoundError):
        pdf.render(tmp_path / "none.typ", {}, at=NOON)
    with pytest.raises(ValueError, match="JSON compliant"):
        pdf.render(TEMPLATE, {"n": float("nan")}, at=NOON)


def test_a_document_carries_the_time_it_is_given(tmp_path):
    tool = shutil.which("pdfinfo")
    if tool is None:
        pytest.skip("pdfinfo isn't installed")
    (tmp_path / "letter.pdf").write_bytes(pdf.render(TEMPLATE, DATA, at=NOON))
    out = subprocess.run([tool, "-isodates", str(tmp_path / "letter.pdf")], capture_output=True, text=True, check=True)

    assert "2026-11-23T04:00:00Z" in out.stdout
    with pytest.raises(ValueError, match="aware"):
        pdf.render(TEMPLATE, DATA, at=NOON.replace(tzinfo=None))
