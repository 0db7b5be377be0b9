"""`docs/rules/arrival-checks.md`: every arrival check with severity, basis and words, Chinese and English."""

from collections.abc import Iterator

from zhunsheng.foundation.lawbook import Entry
from zhunsheng.oversight.reports.checks.law import book, words
from zhunsheng.oversight.reports.rules import RULES
from zhunsheng.oversight.reports.wording import basis_in_words

PAGE = "rules/arrival-checks.md"
_HEAD = """# 校验提示 Arrival checks

由 `oversight/reports/law/arrival_checks.yaml` 生成，请勿手改。Generated from the law file: edit that.

校验提示供监管人员与机构核对，不是认定结论。⚠ 表示依据待核实。
A finding is a hint for officers and the body, not a decision. ⚠ marks a basis that waits for verification.
"""


def render_rules_page() -> str:
    """Return the page as Markdown, written by `make docs` to docs/`PAGE`."""
    parts = [_HEAD, *_table(), "", "## 文字 Wording", ""]
    for code in RULES:
        parts += _wording([entry for entry in book() if entry.id == code][-1])
    return "\n".join(parts).rstrip() + "\n"


def _table() -> Iterator[str]:
    yield "| 代码 Code | 提示 Finding | 程度 Severity | 依据 Basis | 施行 In force | 版本 Version |"
    yield "|---|---|---|---|---|---|"
    entries = list(book())
    for code in RULES:
        for entry in (entry for entry in entries if entry.id == code):
            severity = words()[entry.values["severity"]]
            until = entry.effective_to.isoformat() if entry.effective_to else ""
            mark = "" if entry.verified else "⚠ "
            yield (
                f"| `{code}` | {entry.title['zh']}<br>{entry.title['en']} | {severity['zh']} {severity['en']} "
                f"| {mark}{'<br>'.join(basis_in_words(entry, 'zh'))} | {entry.effective_from.isoformat()} – {until} "
                f"| {book().version_of(entry)} |"
            )


def _wording(entry: Entry) -> Iterator[str]:
    yield f"### `{entry.id}` {entry.title['zh']} · {entry.title['en']}"
    yield ""
    if RULES[entry.id].__doc__:
        yield f"{(RULES[entry.id].__doc__ or '').splitlines()[0]}"
        yield ""
    for part, name in (("message", "提示 Finding"), ("remedy", "处理 Remedy")):
        yield f"- {name}: {entry.values[part]['zh']}"
        yield f"  {entry.values[part]['en']}"
    yield ""
