"""Read XML from strangers: no document type, no entities, no network, bounded size and depth. No Django here."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, cast

from lxml import etree

from .format.problems import BilingualProblem

MOST_BYTES: Final = 32 * 1024 * 1024
DEEPEST: Final = 64
_HEAD: Final = 65536


class XmlProblem(BilingualProblem):
    """XML that is refused whole."""

    def __init__(self, rule: str, rule_zh: str, remedy: str, remedy_zh: str) -> None:
        super().__init__(rule, rule_zh, remedy, remedy_zh, code="xml")


def _has_doctype() -> XmlProblem:
    return XmlProblem(
        "The XML declares a document type; entities could make it grow without end.",
        "XML 声明了文档类型（DOCTYPE），其中的实体可能无限膨胀。",
        "Remove the <!DOCTYPE …> part; certificates and published results need none.",
        "请删除 <!DOCTYPE …> 部分，证书和公布数据不需要它。",
    )


def _malformed(error: Exception) -> XmlProblem:
    where = str(error)
    return XmlProblem(
        f"This is not well-formed XML: {where}.",
        f"不是合法的 XML：{where}。",
        "Send the file as it was issued.",
        "请按原样发送文件。",
    )


def too_large(limit: int, found: int) -> XmlProblem:
    """Return the problem of a file that has more bytes than are read."""
    return XmlProblem(
        f"The XML has {found} bytes; at most {limit} are read.",
        f"XML 有 {found} 字节，上限 {limit} 字节。",
        "Split the file, or ask the administrator to raise the limit.",
        "请拆分文件，或请管理员调高上限。",
    )


def _too_deep(limit: int) -> XmlProblem:
    return XmlProblem(
        f"The XML is nested more than {limit} deep.",
        f"XML 嵌套超过 {limit} 层。",
        "Send the file as it was issued.",
        "请按原样发送文件。",
    )


def parse(raw: bytes, *, most_bytes: int = MOST_BYTES, deepest: int = DEEPEST) -> etree._Element:
    """Return the root of a small XML document. Raises: XmlProblem."""
    if len(raw) > most_bytes:
        raise too_large(most_bytes, len(raw))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _has_doctype() if b"<!DOCTYPE" in raw else _malformed(error) from error
    if _declares_type(root):
        raise _has_doctype()
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > deepest:
            raise _too_deep(deepest)
    return root


def stream(path: Path, tag: str) -> Iterator[etree._Element]:
    """Yield each element of this name as it ends, then forget it: memory stays constant. Raises: XmlProblem."""
    with path.open("rb") as file:
        if b"<!DOCTYPE" in file.read(_HEAD):
            raise _has_doctype()
        file.seek(0)
        events = etree.iterparse(
            file, events=("end",), tag=tag, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        try:
            for _, element in events:
                if _declares_type(element):
                    raise _has_doctype()
                yield element
                _forget(element)
        except etree.XMLSyntaxError as error:
            raise _malformed(error) from error


def _declares_type(element: etree._Element) -> bool:
    info: Any = element.getroottree().docinfo
    return bool(info.doctype)


def _forget(element: etree._Element) -> None:
    element.clear()
    parent: Any = element.getparent()
    while element.getprevious() is not None:
        del parent[0]


def root_name(path: Path) -> str | None:
    """Return the local name of a file's outermost element, or None if it isn't XML or declares a document type."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if b"<" not in head[:200] or b"<!DOCTYPE" in head:
        return None
    puller = etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True, load_dtd=False)
    try:
        puller.feed(head)
        for _, element in puller.read_events():
            return str(etree.QName(cast("etree._Element", element)).localname)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None
