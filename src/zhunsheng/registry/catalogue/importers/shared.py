"""What the tables of the catalogue have in common."""

from collections.abc import Mapping

from zhunsheng.registry.catalogue.importing.writing import Written

CODE = ("编码", "代码", "Code")
ENGLISH = ("英文名称", "English name")
STANDARD = ("标准编号", "标准号", "Standard")
FROM, TO = ("实施日期", "生效日期", "Effective from"), ("废止日期", "失效日期", "Effective to")


def circular(code: str, above: Mapping[str, str]) -> bool:
    """Tell whether one comes back to where one started, going up."""
    seen, here = {code}, above.get(code)
    while here is not None:
        if here in seen:
            return True
        seen.add(here)
        here = above.get(here)
    return False


def joined(first: Written, second: Written, *, both: bool = False) -> Written:
    """Return the counts of two passes: over the same rows a row changed twice counts once; `both` adds other rows."""
    made = first.made + [one for one in second.made if one not in set(first.made)]
    changed = list(dict.fromkeys([*first.changed, *(one for one in second.changed if one not in set(first.made))]))
    unchanged = first.unchanged + second.unchanged if both else first.unchanged - (len(changed) - len(first.changed))
    return Written(made, changed, unchanged)
