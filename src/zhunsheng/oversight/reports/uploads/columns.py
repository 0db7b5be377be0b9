"""The fields of the upload template with their Chinese headings, in the order of a printed report."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

REPORT_SHEET: Final = "报告"
RESULT_SHEET: Final = "结果"
MARK: Final = "zhunsheng-report/1"


@dataclass(frozen=True, slots=True)
class Column:
    """One field: its place in the format, its heading, an example, what kind of cell it is."""

    path: str
    heading: str
    heading_en: str
    example: str = ""
    required: bool = False
    kind: str = "text"
    """`text`, `date`, `whole`, or the choices in `choices`."""
    choices: tuple[str, ...] = ()
    note: str = ""
    """What Excel tells of the heading."""


REPORT_COLUMNS: Final[tuple[Column, ...]] = (
    Column("body.cma", "资质认定证书编号", "CMA number", "210020123456"),
    Column("body.uscc", "统一社会信用代码", "USCC"),
    Column("body.name", "机构名称", "Body"),
    Column("number", "报告编号", "Report number", "WT2026-0001", required=True),
    Column("version", "版本号", "Version", "1", required=True, kind="whole"),
    Column("title", "报告标题", "Report title", "检验检测报告"),
    Column("site", "检测场所代码", "Site code"),
    Column("purpose", "检验类别", "Purpose", "委托检验"),
    Column("client.name", "委托单位", "Client"),
    Column("client.address", "委托单位地址", "Client's address"),
    Column("producer.name", "生产单位", "Producer"),
    Column("producer.address", "生产单位地址", "Producer's address"),
    Column("sample.id", "样品编号", "Sample number"),
    Column("sample.name", "样品名称", "Sample", "大米"),
    Column("sample.object", "检测对象", "Test object", "粮食加工品"),
    Column("sample.model", "规格型号", "Model"),
    Column("sample.brand", "商标", "Brand"),
    Column("sample.batch", "生产日期/批号", "Batch"),
    Column("sample.state", "样品状态", "State"),
    Column("sample.sampled", "抽样日期", "Sampled on", kind="date"),
    Column("dates.received", "收样日期", "Received on", kind="date"),
    Column("dates.started", "检测开始日期", "Testing began", kind="date"),
    Column("dates.finished", "检测完成日期", "Testing ended", kind="date"),
    Column("dates.issued", "签发日期", "Issued on", "2026-03-31", kind="date"),
    Column("signatory.name", "授权签字人", "Signatory"),
    Column("signatory.code", "签字人代码", "Signatory's code"),
    Column("conclusion", "检验结论", "Conclusion"),
    Column("remarks", "备注", "Remarks"),
    Column("replaces.version", "所替代的版本号", "Replaces version", kind="whole"),
    Column("replaces.kind", "替代方式", "Replaces as", choices=("更正", "作废")),
    Column("replaces.reason", "替代原因", "Reason"),
    Column("business", "业务类别", "Business", choices=("委托检验", "监督抽检", "执法检验", "许可检验")),
    Column("task.name", "任务名称（法定抽检等）", "Task"),
    Column("task.number", "任务编号", "Task number"),
    Column("task.authority", "任务下达部门", "Commissioning authority"),
    Column("task.objection", "异议（复检）受理编号", "Objection"),
    Column("task.retest_of", "复检所针对的报告编号", "Retest of report"),
    Column("task.follow_up.authority", "核查处置部门", "Follow-up by"),
    Column("task.follow_up.number", "核查处置编号", "Follow-up number"),
    Column("task.follow_up.finished", "核查处置完成日期", "Follow-up ended", kind="date"),
    Column("task.follow_up.outcome", "核查处置情况", "Outcome of the follow-up"),
    Column("sample.sampling.sheet", "抽样单编号", "Sampling sheet"),
    Column("sample.sampled_from.name", "被抽样单位", "Sampled from"),
)
RESULT_COLUMNS: Final[tuple[Column, ...]] = (
    Column("line", "序号", "Line", "1", required=True, kind="whole"),
    Column("parameter", "检测项目", "Parameter", "铅（以Pb计）", required=True),
    Column("parameter_code", "项目代码", "Parameter code"),
    Column("method", "检测方法", "Method", "GB 5009.12-2023"),
    Column("method_clause", "方法条款", "Clause"),
    Column("value", "检测结果", "Value", "0.050"),
    Column("unit", "单位", "Unit", "mg/kg"),
    Column("loq", "定量限", "LOQ"),
    Column("uncertainty.expanded", "扩展不确定度", "Expanded uncertainty"),
    Column("uncertainty.k", "包含因子", "Coverage factor"),
    Column("limit.standard", "判定依据", "Standard", "GB 2762-2022"),
    Column("limit.text", "标准要求", "Requirement", "≤0.2"),
    Column("limit.min", "限值下限", "Minimum"),
    Column("limit.max", "限值上限", "Maximum", "0.2"),
    Column("limit.rule", "判定规则", "Decision rule"),
    Column("verdict", "单项判定", "Verdict", "合格", choices=("合格", "不合格", "/")),
    Column("instrument", "设备编号", "Instrument"),
    Column("analyst", "检测人员代码", "Analyst"),
    Column("started", "开始日期", "Began", kind="date"),
    Column("finished", "完成日期", "Ended", kind="date"),
    Column("subcontractor.name", "分包机构", "Subcontractor"),
    Column("subcontractor.cma", "分包机构资质认定证书编号", "Subcontractor's CMA"),
    Column("subcontractor.consent", "同意分包日期", "Consent on", kind="date"),
    Column("remarks", "备注", "Remarks"),
)
LIST_SHEET: Final = "登记"
"""The sheet of a workbook that registers reports by number and digest, one a row."""

FILE_DIGESTS: Final = Column(
    "files",
    "文件摘要",
    "File digest",
    note="签发文件（PDF、OFD 等）的 SHA-256，64 位十六进制；同一份报告有多个文件的，以空格或分号分隔。\n"
    "文件摘要、数据摘要至少填一项。",
)
CONTENT_DIGEST: Final = Column(
    "content", "数据摘要", "Data digest", note="zhunsheng-report/1 报告数据的摘要（SHA-256），64 位十六进制。"
)
_REGISTERED: Final = frozenset({"number", "version", "business"})
REGISTRATION_COLUMNS: Final[tuple[Column, ...]] = (
    *(each for each in REPORT_COLUMNS if each.path in _REGISTERED or each.path.startswith(("body.", "replaces."))),
    Column("issued", "签发日期", "Issued on", "2026-03-31", required=True, kind="date"),
    FILE_DIGESTS,
    CONTENT_DIGEST,
)
WORDS: Final = {
    "replaces.kind": {"更正": "correction", "作废": "withdrawal"},
    "business": {
        "委托检验": "commissioned",
        "监督抽检": "supervision",
        "执法检验": "enforcement",
        "许可检验": "licensing",
    },
}
"""What stands in the format for the words of a cell, by field."""

LINE_REMARKS: Final = "结果备注"
"""The heading of a line's remarks in a CSV, where the report's own stand in the same row."""

_NOISE: Final = re.compile(r"[\s*＊:：]+")


def plain(heading: str) -> str:
    """Return a heading without spaces, stars and colons, in half-width."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", heading))


def by_heading(columns: tuple[Column, ...]) -> dict[str, Column]:
    """Return columns by their Chinese heading, their English one and their path in the format."""
    found: dict[str, Column] = {}
    for column in columns:
        for name in (column.heading, column.heading_en, column.path):
            found.setdefault(plain(name), column)
    return found
