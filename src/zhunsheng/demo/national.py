"""Loads a made-up extract of the national library: the demo's standards, replaced editions as abolished."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

from zhunsheng.demo.catalogue import WHY, checked
from zhunsheng.demo.tables import methods, rows
from zhunsheng.registry.national.importing import Announced
from zhunsheng.registry.national.services import load_publication

NOTICE: Final = Announced(
    number="能力项目库演示节选",
    effective_from=date(2026, 6, 1),
    source="演示省数据",
    generated=True,
)
_DOMAINS: Final = {"00": "食品", "05": "机动车", "12": "生态环境", "13": "生态环境"}
_OTHER: Final = "产品质量"


def load_national(at: datetime) -> None:
    """Load the extract; running it again changes nothing. Raises: DemoRefused."""
    checked(load_publication(source=list(_rows()), announced=NOTICE, by=None, at=at, why=WHY))


def _rows() -> Iterator[Mapping[str, str]]:
    fields = {method.method: method.field for method in methods()}
    bases = {row["code"]: row["base_code"] for row in rows("editions.csv")}
    of_base = {bases[code]: field for code, field in fields.items() if code in bases}
    titles = {row["base_code"]: row["title"] for row in rows("standards.csv")}
    for row in rows("editions.csv"):
        domain = _DOMAINS.get(of_base.get(row["base_code"], ""), _OTHER)
        text = f"{row['code']} {titles.get(row['base_code'], '')}".strip()
        yield {"domain": domain, "text": text, "remark": "已废止" if row["status"] == "replaced" else ""}
