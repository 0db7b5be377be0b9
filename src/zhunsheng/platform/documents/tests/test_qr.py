import re
import shutil
import subprocess
import xml.etree.ElementTree as ET

import pytest

from zhunsheng.platform.documents import qr

ADDRESS = "https://zhunsheng.example/v/ABCDEFGHJKMNPQRS"


def test_the_drawing_is_well_formed_scales_and_carries_no_inline_style():
    drawn = qr.svg(ADDRESS, label='核验报告 "R1" <1>')
    root = ET.fromstring(drawn)

    assert root.get("viewBox")
    assert root.get("width") is None
    assert root.get("role") == "img"
    assert root.get("aria-label") == '核验报告 "R1" <1>'
    assert not re.search(r"<style|style=|<script|\son[a-z]+=", drawn)


def test_the_drawing_is_black_on_white_with_a_quiet_zone_of_four():
    root = ET.fromstring(qr.svg(ADDRESS))
    ground, modules = root
    side = int(root.get("viewBox", "").split()[2])

    assert ground.get("fill") == "#fff"
    assert modules.get("stroke") == "#000"
    assert modules.get("d", "").startswith("M4 4.5")
    assert (side - 8 - 17) % 4 == 0  # a whole QR version, never a Micro QR code


def test_the_picture_has_its_size_in_pixels():
    data = qr.png(ADDRESS, scale=3)
    side = int(ET.fromstring(qr.svg(ADDRESS)).get("viewBox", "").split()[2])

    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20], "big") == 3 * side


@pytest.mark.parametrize("text", ["", "x" * 4000])
def test_texts_that_fit_no_code_are_refused(text):
    with pytest.raises(ValueError, match=r"."):
        qr.svg(text)


@pytest.mark.skipif(shutil.which("zbarimg") is None, reason="zbarimg isn't installed")
def test_a_reader_reads_the_address_back(tmp_path):
    (tmp_path / "code.png").write_bytes(qr.png(ADDRESS))
    found = subprocess.run(
        ["zbarimg", "--quiet", "--raw", str(tmp_path / "code.png")], capture_output=True, text=True, check=True
    )

    assert found.stdout.strip() == ADDRESS
