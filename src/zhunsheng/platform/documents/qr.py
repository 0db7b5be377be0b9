"""QR codes for verification addresses."""

import io
from xml.sax.saxutils import quoteattr

import segno


def _code(text: str) -> segno.QRCode:
    if not text:
        raise ValueError("a QR code needs a text")
    return segno.make_qr(text, error="m", boost_error=True)


def svg(text: str, label: str = "") -> str:
    """Return a QR code as inline SVG: black on white in any colour scheme, scaled by its container, no inline style.

    Args:
        label: what a screen reader says; the text itself if not given.
    Raises: ValueError for an empty or too long text.
    """
    out = io.BytesIO()
    _code(text).save(
        out, kind="svg", xmldecl=False, svgns=True, nl=False, omitsize=True, border=4, dark="#000", light="#fff",
        svgclass="qr", lineclass=None, encoding="utf-8",
    )  # fmt: skip
    drawn = out.getvalue().decode("utf-8")
    return drawn.replace("<svg ", f'<svg role="img" aria-label={quoteattr(label or text)} ', 1)


def png(text: str, scale: int = 8) -> bytes:
    """Return a QR code as PNG, `scale` pixels a module, with the quiet zone of four modules.

    Raises: ValueError for an empty or too long text.
    """
    out = io.BytesIO()
    _code(text).save(out, kind="png", scale=scale, border=4, dark="#000", light="#fff")
    return out.getvalue()
