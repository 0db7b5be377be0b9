"""Column headings of the national and provincial food-sampling tables, in the spellings that are published."""

import re
import unicodedata
from typing import Final

NUMBER, ORDINAL, PRODUCER, PRODUCER_ADDRESS = "number", "ordinal", "producer", "producer_address"
SAMPLED, SAMPLED_ADDRESS, SAMPLED_PROVINCE = "sampled", "sampled_address", "sampled_province"
NAME, MODEL, BRAND, BATCH, PACKED, ITEM, VALUE, LIMIT = (
    *("name", "model", "brand", "batch", "packed", "item", "value", "limit"),
)
VERDICT, CATEGORY, NOTICE, NOTICE_DATE, TASK, LABORATORY, REMARK, LINK = (
    *("verdict", "category", "notice", "notice_date", "task", "laboratory", "remark", "link"),
)

_SPELLINGS: Final[dict[str, tuple[str, ...]]] = {
    NUMBER: ("抽样编号", "抽样单编号", "抽检编号", "抽样单号"),
    ORDINAL: ("序号",),
    PRODUCER: (
        *("标称生产企业名称", "标称生产者", "标示生产单位", "企业名称", "标称生产企业", "标称生产单位"),
        *("标称生产者名称", "生产企业名称", "标示生产企业名称", "生产单位", "标称生产企业名称/进口代理商"),
    ),
    PRODUCER_ADDRESS: (
        *("标称生产企业地址", "标称生产者地址", "标示生产单位地址", "企业地址", "标称生产单位地址", "生产企业地址"),
    ),
    SAMPLED: ("被抽样单位名称", "被抽样单位", "被抽检单位名称", "被抽样者", "被抽样单位(标称)名称", "受检单位"),
    SAMPLED_ADDRESS: ("被抽样单位地址", "被抽检单位地址", "受检单位地址"),
    SAMPLED_PROVINCE: ("被抽样单位所在省份", "被抽样单位所在省", "被抽样单位省份", "所在省份"),
    NAME: ("食品名称", "样品名称", "产品名称", "商品名称"),
    MODEL: ("规格型号", "规格", "型号规格"),
    BRAND: ("商标", "标称商标"),
    BATCH: ("生产日期/批号", "生产日期或批号", "生产日期", "批号", "生产(购进)日期/批号", "生产日期(批号)"),
    PACKED: (
        *("不合格项目║检验结果║标准值", "不合格项目检验结果标准值", "主要不合格项目║检验结果║标准值"),
        *("不符合标准规定项║检验结果║标准值",),
    ),
    ITEM: ("不合格项目", "主要不合格项目", "不符合标准规定项", "不合格项", "不符合项目", "不合格检测项目"),
    VALUE: ("检验结果", "检测结果", "实测值", "检验值", "检测值"),
    LIMIT: ("标准值", "标准要求", "标准限值", "限量值", "标准规定"),
    VERDICT: ("检验结论", "抽检结果", "抽检结论", "结论", "判定结果", "综合判定", "检验判定", "是否合格"),
    CATEGORY: ("分类", "食品分类", "食品大类", "类别", "食品类别"),
    NOTICE: ("公告号", "通告号", "公告编号", "通告编号"),
    NOTICE_DATE: ("公告日期", "通告日期", "发布日期", "公布日期"),
    TASK: ("任务来源/项目名称", "任务来源", "项目名称", "任务名称"),
    LABORATORY: ("检验机构", "承检机构", "检测机构", "检验单位", "承检单位"),
    REMARK: ("备注", "说明"),
    LINK: ("公告网址链接", "公告网址", "公告链接", "网址链接", "通告网址链接"),
}
SEPARATORS: Final = re.compile(r"\s*(?:║|\|\||‖|\||丨|｜|∥)\s*")
_NOISE: Final = re.compile(r"[\s*＊:：]+")
_LOOK_UP: Final = {spelling: role for role, spellings in _SPELLINGS.items() for spelling in spellings}
_FEWEST: Final = 3


def plain_heading(text: str) -> str:
    """Return a heading without spaces, stars and colons, full-width signs as half-width, separators as ║."""
    unified = SEPARATORS.sub("║", text)
    return _NOISE.sub("", unicodedata.normalize("NFKC", unified))


def role_of(text: str) -> str | None:
    """Return what a column holds, or None if its heading isn't known."""
    plain = plain_heading(text)
    if plain in _LOOK_UP:
        return _LOOK_UP[plain]
    bare = re.sub(r"\([^)]*\)$", "", plain)
    if "║" in plain and any(word in plain for word in ("不合格", "不符合")):
        return PACKED
    return _LOOK_UP.get(bare)


def headings_in(row: list[str]) -> dict[int, str] | None:
    """Return the role of each column if this row is the heading of such a table, else None."""
    roles = {index: role for index, cell in enumerate(row) if cell.strip() and (role := role_of(cell))}
    if NUMBER in roles.values() and len(roles) >= _FEWEST:
        return roles
    return None
