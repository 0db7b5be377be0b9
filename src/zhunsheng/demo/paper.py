"""Papers that people of the demo province hand in."""

import io

from pypdf import PdfWriter


def paper(title: str) -> bytes:
    """Return a PDF of one empty page that bears a title of its own."""
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.add_metadata({"/Title": title})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
