"""Digital calibration certificates as a source: one file, one report, the file itself attached.

Here somebody else than the laboratory hands the certificate in, so the report says where it was taken from; a
laboratory that uploads its own certificate does so by its account (`uploads`, `dcc`).
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from .. import safe_xml
from ..dcc import read_dcc
from ..dcc.reading import MEDIA_TYPE, REGISTER
from .base import Source, SourceItem


def read(path: Path) -> Iterator[SourceItem]:
    """Yield the one report of a certificate. Raises: XmlProblem, SignatureProblem, DccProblem."""
    if path.stat().st_size > safe_xml.MOST_BYTES:
        raise safe_xml.too_large(safe_xml.MOST_BYTES, path.stat().st_size)
    found = read_dcc(path.read_bytes(), at=datetime.now(UTC))
    report = {**found.report_dict, "published": {"source": REGISTER}}
    yield SourceItem(report, (1, len(report["results"])), attachments=((found.original, MEDIA_TYPE),))


def sniff(path: Path) -> bool:
    """Return whether a file is a DCC."""
    return safe_xml.root_name(path) == "digitalCalibrationCertificate"


DCC: Final = Source(
    name="dcc",
    title="Digital calibration certificate (PTB DCC XML)",
    title_zh="数字校准证书（PTB DCC XML）",
    sniff=sniff,
    read=read,
    register=REGISTER,
)
