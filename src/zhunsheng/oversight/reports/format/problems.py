"""Why a document was refused: field, rule and remedy, in English and Chinese."""

from typing import Any, Final

from zhunsheng.foundation.errors import DomainError

WORDS: Final[dict[str, tuple[str, str, str, str]]] = {
    # code: (rule, 规则, remedy, 处理办法)
    "size": (
        "A report is at most {limit} bytes; this one has {found}.",
        "一份报告不超过 {limit} 字节，本份为 {found} 字节。",
        "Send pictures and other files as attachments, not inside the report.",
        "图片等文件请作为附件上传，不要写进报告数据。",
    ),
    "lines": (
        "A report has at most {limit} result lines; this one has {found}.",
        "一份报告不超过 {limit} 条检测结果，本份为 {found} 条。",
        "Split the report, or ask the administrator to raise the limit.",
        "请拆分报告，或请管理员调高上限。",
    ),
    "depth": (
        "JSON may be nested {limit} deep; this is deeper.",
        "JSON 嵌套不超过 {limit} 层，本份超出。",
        "Follow the structure in docs/formats/report.md.",
        "请按 docs/formats/report.md 的结构组织数据。",
    ),
    "empty": ("The document is empty.", "内容为空。", "Send the whole file again.", "请重新发送完整文件。"),
    "truncated": (
        "The document ends in the middle (after {found} bytes).",
        "内容不完整，在第 {found} 字节处中断。",
        "The transfer was cut: send the whole document again.",
        "传输中断，请重新发送完整内容。",
    ),
    "bom": (
        "The document begins with a byte-order mark; JSON has none (RFC 8259, 8.1).",
        "内容以字节顺序标记（BOM）开头，JSON 不允许（RFC 8259 第 8.1 节）。",
        "Save the file as “UTF-8” and not “UTF-8 with BOM”.",
        "请另存为“UTF-8”，不要选“带 BOM 的 UTF-8”。",
    ),
    "encoding": (
        "The text is not UTF-8{found}.",
        "文字编码不是 UTF-8{found_zh}。",
        "Save the file as UTF-8 and send it again.",
        "请另存为 UTF-8 编码后重新发送。",
    ),
    "syntax": (
        "This is not JSON: {found}.",
        "不是合法的 JSON：{found}。",
        "Write the file with a JSON library instead of by hand.",
        "请用 JSON 程序库生成文件，不要手工拼写。",
    ),
    "not_a_number": (
        "{found} is not a JSON number.",
        "{found} 不是合法的 JSON 数值。",
        'Leave the field out, or write the words of the report, such as "not detected".',
        "没有数值时请省略该字段，或照报告写文字，如“未检出”。",
    ),
    "float": (
        "A number with a fraction or exponent was written as a JSON number ({found}).",
        "带小数或指数的数写成了 JSON 数值（{found}）。",
        'Write it as a string, so that every digit stays: "{found}".',
        "请写成字符串以保留每一位数字：“{found}”。",
    ),
    "surrogate": (
        "The text holds half a character (a lone surrogate \\u{found}).",
        "文字中有半个字符（孤立代理项 \\u{found}）。",
        "Write the characters themselves in UTF-8.",
        "请直接用 UTF-8 写出该字符。",
    ),
    "control": (
        "The text holds a character that can't be seen or changes the reading direction ({found}).",
        "文字中有不可见或改变书写方向的字符（{found}）。",
        "Delete that character and type the text again.",
        "请删除该字符后重新录入。",
    ),
    "edge_space": (
        "The number begins or ends with a space: on paper it looks like another number.",
        "编号首尾有空格：印在纸上与另一编号无法区分。",
        "Delete the space.",
        "请删除空格。",
    ),
    "duplicate_key": (
        "The field is given twice.",
        "同一字段出现两次。",
        "Keep one of the two; which one counts must not be left open.",
        "请只保留一个，不能让人猜哪个算数。",
    ),
    "unknown": (
        "The format has no such field.",
        "格式中没有这个字段。",
        "Check the spelling in docs/formats/report.md, or put the text under remarks.",
        "请对照 docs/formats/report.md 核对字段名，其他说明写入 remarks。",
    ),
    "missing": (
        "The field is required.",
        "该字段必填。",
        "Add it; what the report itself must state is in docs/formats/report.md.",
        "请补充；必填内容见 docs/formats/report.md。",
    ),
    "null": (
        "null is not accepted.",
        "不接受 null。",
        "Leave out what the report doesn't state.",
        "报告未载明的内容请直接省略该字段。",
    ),
    "type": (
        "A {expected} was expected, and a {found} was given.",
        "此处应为 {expected_zh}，实际为 {found_zh}。",
        "Write the field as a {expected}.",
        "请按 {expected_zh} 填写。",
    ),
    "no_lines": (
        "A report has at least one result line.",
        "报告至少有一条检测结果。",
        "Add the results; a withdrawal names the version it withdraws in `replaces`.",
        "请补充检测结果；作废请在 replaces 中写明所作废的版本。",
    ),
    "blank": (
        "The text is empty.",
        "文字为空。",
        "Leave out what the report doesn't state.",
        "报告未载明的内容请直接省略该字段。",
    ),
    "short_list": (
        "The list is empty.",
        "列表为空。",
        "Leave out what the report doesn't state.",
        "报告未载明的内容请直接省略该字段。",
    ),
    "long": (
        "The text is longer than {limit} characters.",
        "文字超过 {limit} 个字符。",
        "Shorten it, or attach the full text as a file.",
        "请缩短，或将全文作为附件。",
    ),
    "integer": (
        "The whole number is outside what is allowed here ({found}).",
        "整数超出允许范围（{found}）。",
        "Lines and versions count from 1.",
        "行号和版本号从 1 起。",
    ),
    "choice": (
        "The word is none of those allowed here.",
        "不是允许的取值。",
        "Use one of the words listed in docs/formats/report.md.",
        "请使用 docs/formats/report.md 列出的取值。",
    ),
    "format": (
        "The document doesn't say that it is `zhunsheng-report/1`.",
        "未标明格式为 zhunsheng-report/1。",
        'Begin with "format": "zhunsheng-report/1".',
        "请写明 “format”：“zhunsheng-report/1”。",
    ),
    "duplicate_line": (
        "Line number {found} is given twice.",
        "行号 {found} 重复。",
        "Number the lines 1, 2, 3 …",
        "请按 1、2、3……编号。",
    ),
    "full_width": (
        "The number is written with full-width characters ({found}).",
        "数字用了全角字符（{found}）。",
        "Write it with half-width digits: {better}.",
        "请改用半角数字：{better}。",
    ),
    "decimal": (
        "This is not a decimal number ({found}).",
        "不是十进制数（{found}）。",
        'Write digits with a point, such as "0.050"; no thousands separators, exponent or unit.',
        "请写数字和小数点，如 “0.050”，不加千位分隔符、指数或单位。",
    ),
    "impossible_date": (
        "There is no such day or time ({found}).",
        "不存在的日期或时间（{found}）。",
        "Check day and month in the original report.",
        "请核对原报告的年月日。",
    ),
    "no_zone": (
        "The time names no zone ({found}).",
        "时间未写时区（{found}）。",
        "Add it, such as {better}, or give the day alone.",
        "请补充时区，如 {better}，或只写日期。",
    ),
    "date_form": (
        "This is neither a date nor a time of RFC 3339 ({found}).",
        "不是 RFC 3339 的日期或时间（{found}）。",
        "Write 2026-03-31, or 2026-03-31T09:30:00+08:00.",
        "请写 2026-03-31，或 2026-03-31T09:30:00+08:00。",
    ),
    "time_needed": (
        "A moment is needed here, and only a day is given ({found}).",
        "此处需要具体时间，只写了日期（{found}）。",
        "Write it as 2026-03-31T09:30:00+08:00.",
        "请写成 2026-03-31T09:30:00+08:00。",
    ),
    "identifier": (
        "This doesn't have the form of a {what} ({found}).",
        "不符合{what_zh}的格式（{found}）。",
        "Copy it from the certificate, in half-width capitals and digits.",
        "请照证书填写，用半角大写字母和数字。",
    ),
    "no_digest": (
        "A registration states the digest of at least one issued file, or that of the full data.",
        "登记应写明至少一个签发文件的摘要，或完整数据的摘要。",
        "Add `files` with the SHA-256 of the file that was issued, or `content`.",
        "请在 files 中填写签发文件的 SHA-256，或填写 content。",
    ),
    "no_body": (
        "The body is not identified.",
        "未写明机构代码。",
        "Give body.cma or body.uscc, or body.register together with body.id.",
        "请填写 body.cma 或 body.uscc，或同时填写 body.register 和 body.id。",
    ),
}

TYPES_ZH: Final = {
    "str": "字符串",
    "int": "整数",
    "float": "小数",
    "bool": "真假值",
    "array": "列表",
    "object": "对象",
    "null": "null",
}
TYPES_EN: Final = {"str": "string", "int": "whole number", "bool": "true or false", "array": "list"}


class BilingualProblem(DomainError):
    """A refusal told in English and Chinese: the rule that was broken, and what to do about it."""

    def __init__(
        self, rule: str, rule_zh: str, remedy: str, remedy_zh: str, *, code: str, field: str | None = None
    ) -> None:
        self.rule, self.rule_zh, self.remedy_zh = rule, rule_zh, remedy_zh
        super().__init__(rule, code=code, field=field, remedy=remedy)

    def __str__(self) -> str:
        return f"{self.field}: {self.rule} {self.remedy}" if self.field else f"{self.rule} {self.remedy}"

    def words(self, language: str) -> tuple[str, str]:
        """Return rule and remedy in Chinese for a language tag that begins with `zh`, else in English."""
        return (self.rule_zh, self.remedy_zh) if language.lower().startswith("zh") else (self.rule, self.remedy)

    def as_dict(self) -> dict[str, Any]:
        """Return the problem for machines: code, field, rule and remedy in both languages."""
        return {
            "code": self.code,
            "field": self.field,
            "rule": {"en": self.rule, "zh": self.rule_zh},
            "remedy": {"en": self.remedy, "zh": self.remedy_zh},
        }


class FormatProblem(BilingualProblem):
    """A document that is refused whole: which field, by which rule, and what to do about it."""

    def __init__(self, problem: str, field: str | None = None, **params: Any) -> None:
        self.problem = problem
        rule, rule_zh, remedy, remedy_zh = (words.format(**params) for words in WORDS[problem])
        super().__init__(rule, rule_zh, remedy, remedy_zh, code=f"format.{problem}", field=field)
