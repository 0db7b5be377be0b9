"""A browser shows a day that is proposed only in the form of HTML, whatever the reader's language."""

import re

from tests.architecture.test_floors import ROOT

WIDGET = re.compile(r"forms\.Date(?:Time)?Input\((?:[^()]|\([^()]*\))*\)")


def test_every_field_of_a_day_or_time_is_written_in_the_form_of_html():
    without = [
        f"{path.relative_to(ROOT)}: {widget}"
        for path in sorted((ROOT / "src").rglob("*.py"))
        for widget in WIDGET.findall(path.read_text(encoding="utf-8"))
        if "format=" not in widget
    ]

    assert not without, without
